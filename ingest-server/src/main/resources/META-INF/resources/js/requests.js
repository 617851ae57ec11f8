// Requests to this server.

const LONGEST_ANSWER_MILLIS = 15_000;
const LOGIN_PAGE = '/login.html';

/** Sends JSON; `{ok, status, body}`, with status 0 without an answer. Never rejects. */
export async function ask(method, path, body) {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(LONGEST_ANSWER_MILLIS);
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal, cache: 'no-store' });
    leaveIfUnknown(answer.status);
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { ok: false, status: 0, body: {} };
  }
}

/** To the page to log in, where the server does not know who asks: the login is over, or was never made. */
export async function leaveIfUnknown(status) {
  if (status !== 401 || location.pathname === LOGIN_PAGE) return;
  const known = await fetch('/api/login', { cache: 'no-store' }).catch(() => null);
  if (known?.status !== 401) return; // it was another service that this server asked
  location.assign(`${LOGIN_PAGE}?to=${encodeURIComponent(location.pathname + location.search)}${location.hash}`);
}

/** Why a request was refused, in one sentence. */
export function told({ status, body }) {
  if (status === 0) return 'The server does not answer.';
  return body.detail ?? `The server answers ${status}.`;
}
