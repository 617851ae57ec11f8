// The archive's API, which the server hands on under /archive, so that everything is of one origin.

import { leaveIfUnknown } from './requests.js';

const ROOT = 'archive/api';

export const NANOS_PER_SECOND = 1_000_000_000n;

/** Unix nanoseconds as the API reads times: seconds with nine decimals. */
export function seconds(nanos) {
  return `${nanos / NANOS_PER_SECOND}.${String(nanos % NANOS_PER_SECOND).padStart(9, '0')}`;
}

async function ask(path, options) {
  const answer = await fetch(`${ROOT}/${path}`, options);
  if (!answer.ok) {
    leaveIfUnknown(answer.status);
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? `the archive answered ${answer.status}`);
  }
  return answer;
}

const json = async (path, options) => (await ask(path, options)).json();

const query = (parameters) => new URLSearchParams(parameters).toString();

export const archive = {
  streams: async () => (await json('streams')).streams,

  recordings: async (stream, from, to) => (await json(`recordings?${query({ stream, from, to, limit: 200 })}`)).recordings,

  timeline: async (stream, from, to) =>
    (await json(`streams/${encodeURIComponent(stream)}/timeline?${query({ from, to })}`)).minutes,

  /** Frames in the order in which the video of the same stretch shows them. */
  frames: async (id, stretch) =>
    (await json(`recordings/${encodeURIComponent(id)}/frames?${query({ ...stretch, cut: 'idr' })}`)).frames,

  videoUrl: (id, stretch) => `${ROOT}/recordings/${encodeURIComponent(id)}/video?${query({ ...stretch, cut: 'idr' })}`,

  /** Frame results about the frames from `first` to `last`. */
  results: async (id, first, last) => {
    const answer = await ask(`recordings/${encodeURIComponent(id)}/messages?${query({ first, last, schema: 'aerie.frame_result/1' })}`);
    const lines = (await answer.text()).split('\n').filter((line) => line);
    return lines.map((line) => JSON.parse(line));
  },

  clipUrl: (stream, from, to) =>
    `${ROOT}/streams/${encodeURIComponent(stream)}/clip?${query({ from, to, cut: 'encode', download: true })}`,

  protect: (id, from, to, isProtected) =>
    json(`recordings/${encodeURIComponent(id)}/protect?${query({ from, to })}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ protected: isProtected }),
    }),
};
