// Requests to this server.

const LONGEST_ANSWER_MILLIS = 15_000;

/** Sends JSON; `{ok, status, body}`, with status 0 without an answer. Never rejects. */
export async function ask(method, path, body) {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(LONGEST_ANSWER_MILLIS);
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal, cache: 'no-store' });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { ok: false, status: 0, body: {} };
  }
}

/** Why a request was refused, in one sentence. */
export function told({ status, body }) {
  if (status === 0) return 'The server does not answer.';
  return body.detail ?? `The server answers ${status}.`;
}
