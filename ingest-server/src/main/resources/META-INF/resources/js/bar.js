// The bar on top of every page: name, pages, theme. Between them stands what the page itself says there.

import { byId, create } from './dom.js';
import { ask } from './requests.js';
import { caller } from './role.js';

const PAGES = [
  ['./', 'Live'],
  ['wall.html', 'Wall'],
  ['recordings.html', 'Recordings'],
  ['alerts.html', 'Alerts'],
  ['sources.html', 'Sources'],
  ['send', 'Send'],
];
const THEMES = { auto: 'System', dark: 'Dark', light: 'Light' };
const SVG = 'http://www.w3.org/2000/svg';
const MARK = ['M3 11 16 5l13 6-13 6z', 'm7 16 9 4 9-4M7 21l9 4 9-4'];

function brand() {
  const mark = document.createElementNS(SVG, 'svg');
  mark.setAttribute('viewBox', '0 0 32 32');
  mark.setAttribute('aria-hidden', 'true');
  for (const line of MARK) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', line);
    mark.append(path);
  }
  return create('h1', { class: 'brand' }, mark, 'Aerie');
}

function pages() {
  const here = location.pathname.split('/').pop().replace(/^index\.html$/, '').replace(/^send\.html$/, 'send');
  const links = PAGES.map(([path, name]) => {
    const current = path.replace('./', '') === here ? { 'aria-current': 'page' } : {};
    return create('a', { href: path, ...current }, name);
  });
  return create('nav', { 'aria-label': 'Pages' }, ...links);
}

function theme() {
  const options = Object.entries(THEMES).map(([value, name]) => create('option', { value }, name));
  const select = create('select', { id: 'theme' }, ...options);
  const apply = () => (document.documentElement.dataset.theme = select.value);
  select.value = localStorage.getItem('theme') ?? 'auto';
  select.addEventListener('change', () => {
    localStorage.setItem('theme', select.value);
    apply();
  });
  apply();
  return create('label', { class: 'theme' }, create('span', {}, 'Theme'), select);
}

/** Who is logged in, and the way out; nothing where nobody is asked. */
async function user() {
  const { name, role, can_log_out: canLogOut } = await caller;
  if (!name) return;
  const item = create('p', { class: 'user', id: 'user' }, create('span', {}, `${name}, ${role}`));
  if (canLogOut) {
    const button = create('button', { type: 'button', id: 'log-out' }, 'Log out');
    button.addEventListener('click', logOut);
    item.append(button);
  }
  byId('bar').append(item);
}

async function logOut() {
  await ask('DELETE', '/api/login');
  location.assign('/login.html');
}

const bar = byId('bar');
bar.prepend(brand());
bar.append(pages(), theme());
user();
