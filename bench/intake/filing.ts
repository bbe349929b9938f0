import { randomUUID } from 'node:crypto';
import type { ApplicationView, CaseView } from '#contract';
import { median, type Row } from '../results.js';
import { caseOfDirectus, startDirectus } from './directus.js';
import type { House } from './house.js';
import { call, connections, each, press } from './load.js';

const claim = 'Көрші қоршауды екі метрге жылжытып, суға баратын жолды жауып тастады. '.repeat(6);
const answers = (at: number) => ({
  category: 'neighbours',
  district: 'ulan',
  title: 'Қоршау',
  claimText: claim,
  desiredOutcome: 'Қоршауды бұрынғы орнына қайтарсын',
  own: { kind: 'person', iin: '660319499006' },
  other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: `8700${String(at).padStart(7, '0')}`, language: 'ru' },
});
const filed = (at: number) => ({
  category: 'neighbours',
  district: 'ulan',
  answers: answers(at),
  parties: [
    { side: 'A', surname: 'Үмітова', given: 'Кәмила', phone: '87000000000' },
    { side: 'B', surname: 'Дорофеев', given: 'Геннадий', phone: `8700${String(at).padStart(7, '0')}` },
  ],
});
type Side = { name: string; prepare?(count: number): Promise<unknown>; file(at: number): Promise<unknown>; kept(): Promise<number> };

/**
 * Sending an application: the case, its parties, its date, the fact and the outbox. Ours with the session, the rights, the screening of what was
 * answered, the sealing of contacts, the hash chain and the key against sending twice; the draft was written before, page by page.
 */
export async function filing(house: House, rounds: number, seconds: number) {
  const directus = await startDirectus(house.adminUrl, 1_000);
  const samples: Record<string, number[]> = {};
  const sides = [await ours(house), bare(house), bareOnce(house), bareKept(house), ofDirectus(directus)];
  for (let round = -1; round < rounds; round += 1) {
    // As autovacuum does within a minute: no plan of a round rests on tables that were empty.
    if (round === 0) for (const client of [house.admin, directus.sql]) await client.query('VACUUM (ANALYZE)');
    for (const side of sides) {
      const length = round < 0 ? 1 : seconds;
      await side.prepare?.(length * mostPerSecond);
      const before = await side.kept();
      const { perSecond, ms } = await press(length, (at) => side.file(at));
      const kept = (await side.kept()) - before;
      if (kept !== ms.length) throw new Error(`${side.name}: ${ms.length} answered, ${kept} kept`);
      if (round >= 0) (samples[`filing ${side.name} per second`] ??= []).push(perSecond);
    }
  }
  await directus.close();
  const [own, plain, once, whole, theirs] = sides.map(({ name }) => median(samples[`filing ${name} per second`]!));
  const row = (peer: string, value: number, bar: number): Row => {
    const ratio = own! / value;
    return {
      what: `an application sent, vs ${peer}`,
      value: own!,
      unit: 'cases/s',
      peer: value,
      ratio,
      bar: `>= ${bar} x`,
      pass: ratio >= bar,
    };
  };
  const peers = [
    row('bare Nest, six statements in one transaction', plain!, 0.7),
    row('the same signed in and idempotent', once!, 0.7),
    row('the same with every promise ours keeps, statement by statement', whole!, 0.7),
    row('Directus', theirs!, 10),
  ];
  return { samples, rows: peers };
}
const mostPerSecond = 1_200;

async function ours(house: House): Promise<Side> {
  const citizens = await house.citizens(connections);
  const drafts: { id: string; at: number }[] = [];
  const byAt = (at: number) => citizens[at % connections]!;
  let made = 0;
  return {
    name: 'ours',
    prepare: async (count) => {
      await each(Math.max(0, count - drafts.length), async () => {
        const at = (made += 1);
        const { caseId } = await call<ApplicationView>(byAt(at), 'POST', '/api/cases', { language: 'kk', answers: answers(at) });
        drafts.push({ id: caseId, at });
      });
    },
    file: async () => {
      const draft = drafts.pop();
      if (!draft) throw new Error('too few drafts were prepared');
      const key = { 'idempotency-key': randomUUID() };
      const { state } = await call<CaseView>(byAt(draft.at), 'POST', `/api/cases/${draft.id}/moves`, { action: 'submit' }, key);
      if (state !== 'SUBMITTED') throw new Error(`a case in ${state}`);
    },
    kept: () =>
      count(
        house.admin,
        `SELECT count(*)::int AS n FROM cases c WHERE state = 'SUBMITTED' AND (SELECT count(*) FROM parties p WHERE p.case_id = c.id) = 2
           AND EXISTS (SELECT 1 FROM events e JOIN outbox o ON o.event_id = e.id WHERE e.case_id = c.id AND e.type = 'case.submitted')
           AND EXISTS (SELECT 1 FROM deadlines d WHERE d.case_id = c.id AND d.code = 'SCREENING')`,
      ),
  };
}

const bare = ({ bare: server, admin }: House): Side => ({
  name: 'bare',
  file: (at) => call(server, 'POST', '/api/cases', filed(at)),
  kept: () => count(admin, bareCases),
});
const bareCases = `SELECT count(*)::int AS n FROM bare.cases c WHERE (SELECT count(*) FROM bare.parties p WHERE p.case_id = c.id) = 2
  AND EXISTS (SELECT 1 FROM bare.events e JOIN bare.outbox o ON o.event_id = e.id WHERE e.case_id = c.id)
  AND EXISTS (SELECT 1 FROM bare.deadlines d WHERE d.case_id = c.id)`;

/** What ours does besides, done by the peer as one would: a session is looked up, and a key keeps the answer. */
const bareOnce = ({ bare: server, admin }: House): Side => ({
  name: 'bare, signed in and idempotent',
  file: (at) => {
    const who = { authorization: `token ${at % connections}`, 'idempotency-key': randomUUID() };
    return call(server, 'POST', '/api/cases/once', filed(at), who);
  },
  kept: () => count(admin, `${bareCases} AND (SELECT count(*) FROM bare.acts WHERE answer IS NULL) = 0`),
});

/** The same rows, seals, hashes, chain and indexes as ours (kept.ts), from drafts that were written before as well. */
function bareKept({ bare: server, admin }: House): Side {
  const drafts: string[] = [];
  return {
    name: 'bare, with every promise',
    prepare: async (wanted) => {
      const asked = { count: Math.max(0, wanted - drafts.length), answers: answers(7) };
      drafts.push(...(await call<string[]>(server, 'POST', '/api/cases/kept/drafts', asked)));
    },
    file: (at) => {
      const caseId = drafts.pop();
      if (!caseId) throw new Error('too few drafts were prepared');
      const who = { authorization: `token ${at % connections}`, 'idempotency-key': randomUUID() };
      return call(server, 'POST', '/api/cases/kept', { caseId }, who);
    },
    kept: () =>
      count(
        admin,
        `SELECT count(*)::int AS n FROM kept.cases c WHERE state = 'SUBMITTED' AND (SELECT count(*) FROM kept.parties p WHERE p.case_id = c.id) = 2
           AND EXISTS (SELECT 1 FROM kept.events e JOIN kept.outbox o ON o.event_id = e.id WHERE e.case_id = c.id)
           AND EXISTS (SELECT 1 FROM kept.deadlines d WHERE d.case_id = c.id AND d.code = 'SCREENING')`,
      ),
  };
}

const ofDirectus = ({ port, token, sql }: Awaited<ReturnType<typeof startDirectus>>): Side => ({
  name: 'directus',
  file: (at) => call({ port, headers: { authorization: `Bearer ${token}` } }, 'POST', '/items/cases', caseOfDirectus(filed(at))),
  kept: () =>
    count(
      sql,
      `SELECT count(*)::int AS n FROM cases c WHERE number LIKE 'D-%' AND (SELECT count(*) FROM parties p WHERE p.case_id = c.id) = 2
         AND EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id) AND EXISTS (SELECT 1 FROM deadlines d WHERE d.case_id = c.id)
         AND EXISTS (SELECT 1 FROM directus_activity a WHERE a.item = c.id::text)`,
    ),
});

async function count(client: { query(sql: string): Promise<{ rows: unknown[] }> }, sql: string): Promise<number> {
  return ((await client.query(sql)).rows as [{ n: number }])[0].n;
}
