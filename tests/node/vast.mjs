// A real VAST client plays a document in a real browser, its trackers pointed at the gateway.
//   node vast.mjs CHROMIUM GATEWAY_URL SAMPLE_XML LANDING_PORT
// Prints, as JSON, what the player said it tracked and the addresses that the browser asked the gateway for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serve, withPage } from './browser.mjs';

const [executable, gateway, sample, landingPort] = process.argv.slice(2);
if (!landingPort) {
  console.error('usage: node vast.mjs CHROMIUM GATEWAY_URL SAMPLE_XML LANDING_PORT');
  process.exit(64);
}

// The addresses of the document, example.com in the original, become the gateway's; the macros stay for the player to fill.
function pointAt(xml, landing) {
  const common = 'asid=[ADSERVINGID]&pub=pub-vast&ts=[TIMESTAMP]';
  let impressions = 0;
  let clicks = 0;
  let progress = 0;
  const cdata = (text) => `<![CDATA[${text}]]>`;
  return xml
    .replace(/(<Impression[^>]*>)<!\[CDATA\[.*?\]\]>(?=<\/Impression>)/g, (_, tag) =>
      tag + cdata(`${gateway}/v1/i?${common}&eid=impression-${++impressions}`))
    .replace(/(<Tracking event="(\w+)"[^>]*>)<!\[CDATA\[.*?\]\]>(?=<\/Tracking>)/g, (_, tag, name) =>
      tag + cdata(`${gateway}/v1/e?n=${name}&${common}${name === 'progress' ? `&seq=${++progress}` : ''}`))
    .replace(/(<ClickTracking[^>]*>)<!\[CDATA\[.*?\]\]>(?=<\/ClickTracking>)/g, (_, tag) =>
      tag + cdata(`${gateway}/v1/e?n=click&${common}&eid=click-tracking-${++clicks}`))
    .replace(/(<ClickThrough[^>]*>)<!\[CDATA\[.*?\]\]>(?=<\/ClickThrough>)/g, (_, tag) =>
      tag + cdata(`${gateway}/v1/c?${common}&eid=click-through&url=${encodeURIComponent(landing)}`));
}

const landing = await serve({ '/landing': ['text/html', '<title>landed</title>'] }, Number(landingPort));
const player = join(dirname(createRequire(import.meta.url).resolve('@dailymotion/vast-client')), 'vast-client.min.js');
const site = await serve({
  '/': ['text/html', '<!doctype html><title>player</title>'],
  '/vast.xml': ['application/xml', pointAt(readFileSync(sample, 'utf8'), `${landing.origin}/landing`)],
  '/vast-client.js': ['text/javascript', readFileSync(player, 'utf8')],
});

const seen = await withPage(executable, async (page, problems) => {
  const asked = [];
  page.on('requestfinished', (request) => request.url().startsWith(gateway) && asked.push(request.url()));
  await page.goto(site.origin);
  const played = await page.evaluate(async () => {
    const { VASTClient, VASTTracker } = await import('/vast-client.js');
    const client = new VASTClient();
    const { ads } = await client.get(`${location.origin}/vast.xml`);
    const linear = ads[0].creatives.find((creative) => creative.type === 'linear');
    const tracker = new VASTTracker(client, ads[0], linear);
    const names = [];
    const all = ['creativeView', 'start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'close', 'progress-30', 'progress-60%', 'clickthrough'];
    for (const name of all) tracker.on(name, () => names.push(name));
    const clickThrough = new Promise((resolve) => tracker.on('clickthrough', resolve));
    tracker.trackImpression();
    for (let second = 0; second <= Math.ceil(linear.duration); second++) tracker.setProgress(second);
    tracker.complete();
    tracker.click();
    tracker.close();
    return { duration: linear.duration, adServingId: ads[0].adServingId, names, clickThrough: await clickThrough };
  });
  // The player opens the click-through where the viewer looks.
  await page.waitForLoadState('networkidle');
  await page.goto(played.clickThrough);
  return { ...played, landed: page.url(), asked, problems };
});
site.close();
landing.close();
console.log(JSON.stringify(seen));
process.exit(0); // keep-alive connections of the two servers would hold the process
