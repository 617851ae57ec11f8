// Chromium at the dashboard of deploy/open-fleet.sh, over its DevTools: logs in by the page, watches, looks for masks.
//
//   node --experimental-websocket deploy/open-fleet.mjs PAGE KEY TOKEN ROLE PROFILE
//
// KEY: SHA-256 of the public key that it is told to trust. PROFILE: a folder of its own. Ends with 1 and a sentence.
import { spawn } from 'node:child_process';

const [page, key, token, role, profile] = process.argv.slice(2);
const DEADLINE_MILLIS = 180_000;

const chromium = spawn('chromium', [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--remote-debugging-port=0', `--user-data-dir=${profile}`, `--ignore-certificate-errors-spki-list=${key}`, 'about:blank',
]);

/** The DevTools' address, which Chromium prints. */
function address() {
  return new Promise((resolve, reject) => {
    let printed = '';
    chromium.stderr.on('data', (bytes) => {
      printed += bytes;
      const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (found) resolve(found[0].replace('ws:', 'http:'));
    });
    chromium.on('exit', () => reject(new Error(`Chromium ended: ${printed.slice(-300)}`)));
    chromium.on('error', reject);
  });
}

async function connect() {
  const pages = await (await fetch(`${await address()}/json/list`)).json();
  const socket = new WebSocket(pages.find(({ type }) => type === 'page').webSocketDebuggerUrl);
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(data);
    waiting.get(id)?.(result);
  };
  await new Promise((resolve) => (socket.onopen = resolve));
  let last = 0;
  return (method, params) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

const send = await connect();

async function evaluate(expression) {
  const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  return answer?.exceptionDetails ? null : answer?.result?.value;
}

async function until(what, expression) {
  const end = Date.now() + DEADLINE_MILLIS;
  for (;;) {
    const value = await evaluate(expression);
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within three minutes: ${what}, at ${await evaluate('location.href')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const FRAME = `Number(/^#(\\d+)/.exec(document.querySelector('#facts dd')?.textContent ?? '')?.[1] ?? 0)`;
const MASKED = `new Promise((resolve) => {
  const socket = new WebSocket('/ws/results/' + location.hash.slice(1));
  socket.onmessage = ({ data }) => {
    const objects = JSON.parse(data).results?.frame_result?.objects ?? [];
    const masked = objects.filter((object) => object.mask).length;
    if (masked > 0) { socket.close(); resolve(masked); }
  };
  setTimeout(() => resolve(0), 10000);
})`;

try {
  await send('Page.navigate', { url: page });
  await until('the page to log in', `location.pathname === '/login.html' && document.readyState === 'complete'`);
  await evaluate(`document.querySelector('#password').value = ${JSON.stringify(token)}; document.querySelector('#form').requestSubmit()`);
  const user = await until('logged in', `document.querySelector('#user span')?.textContent`);
  const frame = await until('a frame', FRAME);
  const later = await until('thirty more', `${FRAME} > ${frame} + 30 && ${FRAME}`);
  const masked = await until('masks', MASKED);
  const drawn = await until('objects beside the video', `document.querySelectorAll('#objects li').length`);
  const mayMark = !(await evaluate(`document.querySelector('#prompt').disabled`));
  if (mayMark !== (role !== 'viewer')) throw new Error(`${role} may mark objects: ${mayMark}`);
  console.log(`result: ${user}, frames ${frame} to ${later}, ${masked} objects with masks, ${drawn} listed`);
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
} finally {
  chromium.kill();
}
