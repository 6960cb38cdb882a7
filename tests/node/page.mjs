// A page on an origin of its own fires what pages fire: a pixel, a sendBeacon, a cross-origin fetch with JSON (with its
// preflight), and a click that is redirected.
//   node page.mjs CHROMIUM GATEWAY_URL AD_SERVING_ID LANDING_PORT
// Prints what the page saw as JSON.
import { serve, withPage } from './browser.mjs';

const [executable, gateway, asid, landingPort] = process.argv.slice(2);
if (!landingPort) {
  console.error('usage: node page.mjs CHROMIUM GATEWAY_URL AD_SERVING_ID LANDING_PORT');
  process.exit(64);
}

const landing = await serve({ '/landing': ['text/html', '<title>landed</title>'] }, Number(landingPort));
const target = encodeURIComponent(`${landing.origin}/landing?from=ad&price=1%2C5`);
const site = await serve({
  '/': [
    'text/html',
    `<!doctype html><title>page</title><a id="ad" href="${gateway}/v1/c?asid=${asid}&pub=pub-1&eid=${asid}-click&url=${target}">ad</a>`,
  ],
});

const seen = await withPage(executable, async (page, problems) => {
  const answers = [];
  page.on('response', (response) => {
    if (response.url().startsWith(gateway)) {
      answers.push({ method: response.request().method(), path: new URL(response.url()).pathname, status: response.status() });
    }
  });
  await page.goto(site.origin);
  const results = await page.evaluate(
    async ({ gateway, asid }) => {
      const event = (id, name, more = {}) => ({ event_name: name, event_id: `${asid}-${id}`, ad_serving_id: asid, publisher_id: 'pub-1', ...more });
      const pixel = await new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve(`${image.width}x${image.height}`);
        image.onerror = () => resolve('error');
        image.src = `${gateway}/v1/i?asid=${asid}&pub=pub-1&eid=${asid}-pixel&p=1.25&cur=USD`;
      });
      const beacon = navigator.sendBeacon(`${gateway}/v1/b`, JSON.stringify(event('beacon', 'start')));
      const answer = await fetch(`${gateway}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([event('fetch', 'midpoint'), event('fetch-2', 'complete')]),
      });
      return { pixel, beacon, fetch: { status: answer.status, ...(await answer.json()) } };
    },
    { gateway, asid },
  );
  await Promise.all([page.waitForURL('**/landing**'), page.click('#ad')]);
  return { ...results, landed: page.url(), title: await page.title(), answers, problems };
});
site.close();
landing.close();
console.log(JSON.stringify(seen));
process.exit(0); // keep-alive connections of the two servers would hold the process
