import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTypes, type Language, languages } from '#contract';
import { newId, smsParts } from '#platform';
import { type Scenario, scenariosIn } from '../../../apps/launcher/src/demo/scenario.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { Planner } from '../planning/planner.js';
import type { TemplateName, Values } from '../rules/templates.js';
import { Addresses } from './addresses.js';
import { type Letter, sentenceOf, writeMail, writePush, writeSms } from './write.js';

const addresses = new Addresses('https://kelisim.test');
const scenarios = scenariosIn('test/scenarios');
let [fresh, world]: [FreshDatabase, NoticeWorld] = [] as never;
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
});
afterAll(() => fresh.drop());

type Row = { template: TemplateName; values: Values; caseId: string | null; checkCode: string };
/** Who reads another language is told in Russian, and has an interpreter. */
const ours = (language: string): Language => languages.find((one) => one === language) ?? 'ru';
const dueAt = '2026-09-30T13:00:00Z';

/** Every fact of a dispute with the scenario's people, before and after the other side has joined; each fact offered words it must not pass on. */
async function noticesOf({ parties, claimText, secrets, language }: Scenario): Promise<Row[]> {
  const name = (of: Scenario['parties'][number]) => of.surname ?? of.orgName ?? 'x';
  const first = parties.find(({ side }) => side === 'A')!;
  const other = parties.find(({ side }) => side === 'B')!;
  const contacts = ({ email, phone }: Scenario['parties'][number]) => ({ ...(email ? { email } : {}), phone });
  const [a, b] = [
    await world.person(name(first), ours(first.language), contacts(first)),
    await world.person(name(other), ours(other.language), contacts(other)),
  ];
  const caseId = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on, mediator_id)
     VALUES ($1, $2, 'INVITED', $3, 'x', 'x', $4, $5, $3, $3, '2026-09-07', $6)`,
    [caseId, `M-2026-${caseId.slice(-6)}`, fresh.clock.now(), language, a.id, world.people.judge.id],
  );
  await world.party(caseId, 'A', ours(first.language), contacts(first), a.id);
  const partyB = await world.party(caseId, 'B', ours(other.language), contacts(other));
  await world.invitation(caseId, partyB, '7K4M29QX');
  const said = {
    dueAt,
    startsAt: dueAt,
    personId: b.id,
    title: claimText,
    note: secrets.B[0] ?? '',
    reason: secrets.A[0] ?? '',
    number: claimText,
  };
  const ids: string[] = [];
  const all = async () => {
    const facts = eventTypes.map((type) => ({ id: newId(), type, caseId: type.startsWith('person.') ? null : caseId }));
    ids.push(...facts.map(({ id }) => id));
    await fresh.admin(
      `SELECT record_event(f.id, f."caseId", f.type, NULL, 'citizen', $2, $3) FROM jsonb_to_recordset($1) AS f(id uuid, type text, "caseId" uuid)`,
      [JSON.stringify(facts), fresh.clock.now(), JSON.stringify(said)],
    );
    await new Planner(fresh.workerDb, fresh.clock).plan(ids);
  };
  await all();
  await fresh.admin(`UPDATE parties SET person_id = $2 WHERE id = $1`, [partyB, b.id]);
  await all();
  return fresh.admin<Row>(
    `SELECT DISTINCT ON (template, variables) template, variables AS values, case_id AS "caseId", check_code AS "checkCode"
     FROM notifications WHERE source_id = ANY($1)`,
    [ids],
  );
}

/** Words of the dispute: what was claimed, wanted, said and kept secret, and who is in it. */
function forbidden({ claimText, desiredOutcome, title, messages, secrets, outcome, parties }: Scenario): string[] {
  const clauses = [
    claimText,
    desiredOutcome,
    title,
    ...messages.map(({ text }) => text),
    ...outcome.obligations.flatMap(({ text }) => Object.values(text)),
  ]
    .flatMap((text) => text.split(/[.!?;\n]+/))
    .map((clause) => clause.trim())
    .filter((clause) => clause.length > 24);
  const who = parties.flatMap((of) =>
    [of.surname, of.orgName, of.phone, of.email, of.iin, of.bin].filter((word): word is string => Boolean(word)),
  );
  return [...clauses, ...secrets.A, ...secrets.B, ...who].map(folded);
}
const folded = (text: string) => text.normalize('NFC').toLowerCase();

function written({ template, values, caseId, checkCode }: Row) {
  return languages.flatMap((language) => {
    const letter: Letter = { template, language, values, caseId, checkCode, code: '482913', isLegal: false };
    const { subject, sender, text, html } = writeMail({ ...letter, more: [letter] }, addresses);
    const [alone, sms] = [writeMail(letter, addresses), writeSms(letter, addresses)];
    return [
      {
        language,
        sms,
        html: [html, alone.html],
        all: [subject, sender, text, html, alone.text, alone.html, sms, writePush(letter, addresses), sentenceOf(letter, language)],
      },
    ];
  });
}

describe.each(scenarios.map((scenario) => [scenario.slug, scenario] as const))('%s', (_, scenario) => {
  it('tells of every turn it may take, in three languages, without a word of it', async () => {
    const rows = await noticesOf(scenario);
    expect(rows.length).toBeGreaterThan(50);
    const texts = rows.flatMap(written);
    const everything = folded(texts.flatMap(({ all }) => all).join('\n'));
    expect(forbidden(scenario).filter((phrase) => everything.includes(phrase))).toEqual([]);
    expect(texts.filter(({ sms }) => smsParts(sms) > 2)).toEqual([]);
    for (const html of texts.flatMap((one) => one.html)) expect(flawsOf(html)).toEqual([]);
  });
});

/** What a reader aloud and a reader without pictures need. */
function flawsOf(html: string): string[] {
  const blocks = html.match(/<h1 /g)?.length ?? 0;
  const rules: [string, boolean][] = [
    ['says its language', /^<!doctype html><html lang="(kk|ru|en)">/.test(html)],
    ['has a title', /<title>[^<]{5,}<\/title>/.test(html)],
    ['one heading a language', blocks === html.match(/<td lang="/g)?.length],
    ['tables are for looks', (html.match(/<table/g)?.length ?? 0) === html.match(/<table role="presentation"/g)?.length],
    ['links say where they lead', ![...html.matchAll(/<a [^>]*>(.*?)<\/a>/g)].some(([, words]) => (words ?? '').length < 5)],
    ['loads nothing', !/<(img|link|script|iframe|object|form|video|audio)\b|url\(|@import/i.test(html)],
    ['leads nowhere else', [...html.matchAll(/href="([^"]+)"/g)].every(([, to]) => to!.startsWith('https://kelisim.test/'))],
  ];
  return rules.filter(([, holds]) => !holds).map(([what]) => what);
}
