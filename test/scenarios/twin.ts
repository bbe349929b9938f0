import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { begin, Company, finish, talk } from './act.js';
import { actInPrivate } from './caucus.js';
import { type House, openHouse } from './house.js';
import { type Heard, Listener } from './listener.js';

/** Side B, whoever interprets for it, and the mediator are inside; everybody else is not. */
const isOutside = (who: string) => !/^(B|M)/.test(who);

/**
 * The same script twice: with side B's private talk and everything else that can be done in a private room, and without; where the sides
 * choose the mediator, B strikes and ranks another way. What side A, its
 * interpreter, the desk, the court and the administrator received must be equal after masking ids and times: frames, counts, sequence
 * numbers, headers, and every notice that was planned for them. A mail is written from its notices and nothing else; which of them share
 * one, and which lapse unsent, depends on when the worker looks, so mails themselves differ between any two runs.
 */
export async function twinRun(scenario: Scenario): Promise<{ differences: string[]; note: string }> {
  // Answered before the first reminder is due: its sweep goes by the wall clock, so only one of the two runs might see it.
  const spoken = { ...scenario, respondentAnswerAfterDays: 1 };
  const silent = { ...spoken, messages: scenario.messages.filter(({ room }) => room !== 'caucusB') };
  const acts: string[] = [];
  const [first, second] = [await listenTo(spoken, acts), await listenTo(silent, null)];
  const outsiders = [...new Set([...first.keys(), ...second.keys()])].filter(isOutside);
  const differences = outsiders.flatMap((who) => differenceOf(who, first.get(who) ?? [], second.get(who) ?? []));
  const count = outsiders.reduce((sum, who) => sum + (first.get(who)?.length ?? 0), 0);
  if (count === 0) differences.push('nobody received anything: nothing was compared');
  return {
    differences,
    note: `${count} receptions of ${outsiders.join(', ')} equal with and without ${scenario.messages.length - silent.messages.length} private lines and ${acts.length} other acts of side B (${[...new Set(acts)].join(', ')})`,
  };
}

async function listenTo(scenario: Scenario, acts: string[] | null): Promise<Map<string, string[]>> {
  const house = await openHouse();
  try {
    const listener = new Listener();
    const company = await Company.gather(house, listener.ear);
    const joined = await begin(company, scenario, { courtId: 'OSKEMEN_CITY', caseNumber: '6310-26-00-2/1' }, acts !== null);
    await talk(joined, scenario.messages);
    await actInPrivate(joined, acts);
    const { caseId, people } = joined.cast;
    await finish(joined, scenario);
    const side = [...people].filter(([name]) => isOutside(name)).map(([, person]) => person);
    await allPlanned(house);
    for (const path of [
      `/cases/${caseId}`,
      `/cases/${caseId}/timeline`,
      `/cases/${caseId}/rooms`,
      `/cases/${caseId}/schedule`,
      '/cases',
      '/notices',
    ])
      for (const person of side) await person.ask('GET', path);
    for (const path of [`/cases/${caseId}`, `/cases/${caseId}/timeline`, '/cases']) await company.coordinator.ask('GET', path);
    for (const path of ['/court/cases', `/court/cases/${caseId}`]) await company.clerk.ask('GET', path);
    for (const path of ['/people', '/staff-invitations']) await company.admin.ask('GET', path);
    await allPlanned(house);
    return byPerson([...listener.heard, ...(await noticesTo(house, [...side, company.coordinator, company.clerk, company.admin]))]);
  } finally {
    await house.close();
  }
}

/** Until the worker has planned the notices of everything that happened. */
async function allPlanned(house: House) {
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  try {
    while ((await admin.query('SELECT 1 FROM outbox WHERE handled_at IS NULL LIMIT 1')).rowCount) await pause(50);
  } finally {
    await admin.end();
  }
}

/** Every notice that was planned for them, on whatever channel; but of certificates, which are of no case and looked at by the wall clock. */
async function noticesTo(house: House, people: DemoPerson[]): Promise<Heard[]> {
  const heard: Heard[] = [];
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  try {
    for (const { name: who, id } of people) {
      const planned = await admin.query<{ text: string }>(
        `SELECT concat_ws(' ', template, channel, urgency, language, variables - 'number') AS text FROM notifications
         WHERE recipient_id = $1 AND template NOT LIKE '%.certificate_ending'`,
        [id],
      );
      for (const { text } of planned.rows) heard.push({ scene: '', who, what: 'notice', text });
    }
  } finally {
    await admin.end();
  }
  return heard;
}

/** In the order received; socket frames of one person may overtake replies, so each kind keeps its own order. */
function byPerson(heard: Heard[]): Map<string, string[]> {
  const received = new Map<string, string[]>();
  for (const { who, what, text } of heard) received.set(who, [...(received.get(who) ?? []), inAnyOrder(`${masked(what)} ${masked(text)}`)]);
  return new Map([...received].map(([who, all]) => [who, all.toSorted()]));
}

/** Ids, times, codes and tokens differ between any two runs; everything else must not. */
const masked = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/"(date|set-cookie|x-request-id)","[^"]*"/g, '"$1"')
    .replaceAll(/"place":\d+/g, '"place"') // among equals drawn by lot
    .replaceAll(/\["content-length","\d+"\]/g, '["content-length"]')
    .replaceAll(/[0-9a-f]{64}/g, 'HASH')
    .replaceAll(/(?<!\d)\d{6}(?!\d)/g, 'CODE')
    .replaceAll(/\b[0-9A-Z]{4}-?[0-9A-Z]{4}\b/g, 'CHECK')
    .replaceAll(/(localhost|127\.0\.0\.1):\d+/g, 'HOST');

/** Among equal mediators a lot decides that is drawn by the case's own id, which differs between any two runs: who is on the list counts, and with what. */
const inAnyOrder = (text: string) =>
  /^GET \S+\/(candidates|replay)\b/.test(text)
    ? text
        .split('{"mediatorId"')
        .map((one) => one.replace(/[\]},]+(?:"batch":null\}+)?$/, ''))
        .toSorted()
        .join(' ')
    : text;

function differenceOf(who: string, first: string[], second: string[]): string[] {
  const [more, fewer] = [without(first, second), without(second, first)];
  return [
    ...more.map((text) => `${who} got only with B's talk: ${part(text, fewer)}`),
    ...fewer.map((text) => `${who} got only without it: ${part(text, more)}`),
  ].slice(0, 5);
}

/** What was received, and where it parts from its nearest like. */
function part(text: string, others: string[]): string {
  const like = others.find((other) => other.slice(0, 20) === text.slice(0, 20)) ?? '';
  const at = [...text].findIndex((letter, index) => letter !== like[index]);
  return `${text.slice(0, 40)} ... ${text.slice(Math.max(0, at - 40), at + 80)}`;
}

function without(some: string[], others: string[]): string[] {
  const left = [...others];
  return some.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
