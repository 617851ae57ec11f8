// Alerts as a list: what met which rule, newest first.

import { create, say } from './dom.js';
import { KeyedList } from './keyed-list.js';

const SHOWN = 100;

/**
 * One alert from its two messages, newest first: its beginning with `isOver`, and the longest `dwell_s`. `messages` are newest first; those
 * that come twice count once.
 */
export function joined(messages) {
  const byAlert = new Map();
  for (const message of messages.toReversed()) {
    const before = byAlert.get(message.alert);
    const isOver = message.event === 'ended' || before?.isOver === true;
    const dwell = Math.max(message.dwell_s, before?.dwell_s ?? 0);
    byAlert.set(message.alert, { ...(before ?? message), isOver, dwell_s: dwell });
  }
  return [...byAlert.values()].sort((a, b) => b.capture_time_ns - a.capture_time_ns);
}

/** `gate: person 7, 3.0 s`; the stream in front where `isOfAll`. */
export function sentence(alert, isOfAll) {
  const what = `${alert.rule}: ${alert.label} ${alert.object_id}, ${alert.dwell_s.toFixed(1)} s`;
  return isOfAll ? `${alert.stream} · ${what}` : what;
}

class Row {
  #when = create('time', { class: 'numbers' });
  #link;
  #state = create('span', { class: 'dot' });

  constructor() {
    this.#link = create('a', {});
    this.item = create('li', { class: 'alert' }, this.#when, this.#link, this.#state);
  }

  show(alert, isOfAll) {
    const at = new Date(alert.capture_time_ns / 1e6);
    this.#when.dateTime = at.toISOString();
    say(this.#when, at.toLocaleTimeString());
    this.#link.href = `./#${encodeURIComponent(alert.stream)}`;
    say(this.#link, sentence(alert, isOfAll));
    this.#state.dataset.state = alert.isOver ? 'ended' : 'warn';
    say(this.#state, alert.isOver ? 'over' : 'now');
  }
}

/** `nothing` is shown while there are none. */
export class AlertList {
  #rows;
  #nothing;
  #isOfAll;

  constructor({ list, nothing, isOfAll }) {
    this.#rows = new KeyedList(list, () => new Row());
    this.#nothing = nothing;
    this.#isOfAll = isOfAll;
  }

  /** Messages of `GET /api/alerts`, newest first; returns how many alerts hold now. */
  show(messages) {
    const alerts = joined(messages);
    this.#nothing.hidden = alerts.length > 0;
    this.#rows.show(
      alerts.slice(0, SHOWN),
      (alert) => alert.alert,
      (row, alert) => row.show(alert, this.#isOfAll),
    );
    return alerts.filter((alert) => !alert.isOver).length;
  }
}
