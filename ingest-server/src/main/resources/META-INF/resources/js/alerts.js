// The page of alerts: the last ones, the rules that lead to them; adds and removes rules.

import './bar.js';
import { AlertList } from './alert-list.js';
import { byId, create, say, setPill } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { removeButton } from './remove-button.js';
import { ask, told } from './requests.js';
import { reserve } from './role.js';
import { readStreams } from './streams.js';
import { ZoneEditor } from './zone-editor.js';

const EVERY_MILLIS = 1000;

const alerts = new AlertList({ list: byId('alerts'), nothing: byId('no-alerts'), isOfAll: true });
const editor = new ZoneEditor({
  canvas: byId('canvas'),
  video: byId('video'),
  drawing: byId('drawing'),
  field: byId('corners'),
  back: byId('zone-back'),
  clear: byId('zone-clear'),
  note: byId('zone-note'),
});

/** What a rule asks for, in words. */
function described(rule) {
  return [
    rule.stream ?? 'all streams',
    rule.labels.join(', ') || 'anything',
    rule.min_score ? `score from ${rule.min_score}` : '',
    rule.zone ? `in a zone of ${rule.zone.length} corners` : '',
    rule.dwell_s ? `for ${rule.dwell_s} s` : '',
    rule.min_speed_widths_s ? `from ${rule.min_speed_widths_s} widths a second` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

class Row {
  #rule = null;
  #words = create('td', {});

  constructor(name) {
    const edit = create('button', { type: 'button' }, 'Edit');
    edit.addEventListener('click', () => fill(name, this.#rule));
    const remove = removeButton(name, `/api/alerts/rules/${encodeURIComponent(name)}`, byId('list-problem'), lookAtRules);
    reserve(remove, 'operator');
    this.item = create('tr', {}, create('th', { scope: 'row' }, name), this.#words, create('td', {}, edit, ' ', remove));
  }

  show(rule) {
    this.#rule = rule;
    say(this.#words, described(rule));
  }
}

const rows = new KeyedList(byId('rules'), (name) => new Row(name));

function fill(name, rule) {
  byId('name').value = name;
  byId('stream').value = rule.stream ?? '';
  byId('labels').value = rule.labels.join(', ');
  byId('score').value = rule.min_score || '';
  byId('dwell').value = rule.dwell_s || '';
  byId('speed').value = rule.min_speed_widths_s ?? '';
  editor.zone = rule.zone;
  byId('name').focus();
}

function number(id) {
  return byId(id).value === '' ? undefined : Number(byId(id).value);
}

function filled() {
  const labels = byId('labels').value.split(',').map((label) => label.trim());
  return {
    stream: byId('stream').value || undefined,
    labels: labels.filter(Boolean),
    min_score: number('score'),
    dwell_s: number('dwell'),
    min_speed_widths_s: number('speed'),
    zone: editor.zone ?? undefined,
  };
}

async function save(event) {
  event.preventDefault();
  const name = byId('name').value;
  const answer = await ask('PUT', `/api/alerts/rules/${encodeURIComponent(name)}`, filled());
  say(byId('problem'), answer.ok ? null : told(answer));
  say(byId('note'), answer.ok ? `${name} is kept.` : null);
  await lookAtRules();
}

async function lookAtRules() {
  const answer = await ask('GET', '/api/alerts/rules');
  if (!answer.ok) return;
  rows.show(
    answer.body.rules,
    (rule) => rule.name,
    (row, rule) => row.show(rule),
  );
  byId('rule-table').hidden = answer.body.rules.length === 0;
  byId('no-rules').hidden = answer.body.rules.length > 0;
}

/** The list of streams to choose from keeps what is chosen. */
async function lookAtStreams() {
  const streams = (await readStreams().catch(() => [])).filter((stream) => !stream.name.includes('/'));
  const known = [...byId('stream').options].map((option) => option.value);
  for (const { name } of streams) {
    if (!known.includes(name)) byId('stream').append(create('option', { value: name }, name));
  }
  const live = streams.filter((stream) => stream.state === 'live').map((stream) => stream.name);
  editor.open(byId('stream').value || (live[0] ?? null));
}

async function look() {
  const answer = await ask('GET', '/api/alerts');
  if (answer.ok) {
    const now = alerts.show(answer.body.alerts);
    setPill(byId('state'), now ? 'warn' : 'good', now ? `${now} ${now === 1 ? 'alert' : 'alerts'} now` : 'No alert now');
  } else {
    setPill(byId('state'), 'bad', 'No answer from the server');
  }
  await Promise.all([lookAtRules(), lookAtStreams()]);
}

async function lookAgain() {
  await look();
  setTimeout(lookAgain, EVERY_MILLIS);
}

byId('stream').addEventListener('change', lookAtStreams);
byId('form').addEventListener('submit', save);
lookAgain();
