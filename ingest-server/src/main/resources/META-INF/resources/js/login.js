// The page to log in: then back to the page that was asked for, `?to=`.

import { byId, say } from './dom.js';
import { ask, told } from './requests.js';

const PROBLEMS = {
  refused: 'The single sign-on did not work. Try again.',
  role: 'You are known there, but none of your roles is one of this fleet.',
};

/** A page of this server; whatever else the address says is not gone to. */
function wanted() {
  const to = new URL(new URLSearchParams(location.search).get('to') ?? '/', location.origin);
  return to.origin === location.origin ? to.pathname + to.search + location.hash : '/';
}

async function logIn(event) {
  event.preventDefault();
  const answer = await ask('POST', '/api/login', { user: byId('user').value, password: byId('password').value });
  say(byId('problem'), answer.ok ? null : `${told(answer).replace(/\.$/, '')}.`);
  if (answer.ok) {
    location.replace(wanted());
  } else {
    byId('password').select();
  }
}

/** A link from elsewhere comes without the cookie, which is sent from here. */
async function leaveIfKnown() {
  if ((await ask('GET', '/api/login')).ok) location.replace(wanted());
}

async function offerWays() {
  const answer = await ask('GET', '/api/login/ways');
  byId('oidc').hidden = !answer.body.oidc;
  byId('oidc-link').href = `/api/login/oidc?to=${encodeURIComponent(wanted())}`;
}

document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
byId('form').addEventListener('submit', logIn);
say(byId('problem'), PROBLEMS[new URLSearchParams(location.search).get('problem')] ?? null);
offerWays();
leaveIfKnown();
