import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A web server of the test's own: path -> [content type, body]. */
export function serve(files, port = 0) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    asked.push(request.url);
    const [type, body] = files[path] ?? (path === '/favicon.ico' ? ['image/gif', ''] : ['text/plain', null]);
    response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body ?? '');
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() }),
    );
  });
}

/** Runs `work(page, problems)` in a fresh Chromium. `problems` collects what the page complained about. */
export async function withPage(executablePath, work) {
  const profile = mkdtempSync(join(tmpdir(), 'adtracking-chromium-'));
  let context;
  try {
    context = await chromium.launchPersistentContext(profile, { executablePath, args: quiet, headless: true });
    const page = context.pages()[0] ?? (await context.newPage());
    const problems = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    return await work(page, problems);
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
