import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Candidate, CaseLooks, CaseView, CodeSent, CourtRow, CourtRows, OfferView, PaperView, SignedIn } from '#contract';
import { Database, KeyedHash, Keys } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { codeSent } from '../support/codes.js';
import { disputesIn } from '../support/disputes.js';
import { openSession } from '../support/mediation.js';

let cabinet: Cabinet;
let arranged: ReturnType<typeof disputesIn>;
let sealed: { admin: Cabinet['admin']; db: Database; keys: Keys };

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-11-23T06:00:00Z', worker: false });
  const { admin, api, now } = cabinet;
  sealed = { admin: admin as never, db: api.get(Database), keys: api.get(Keys) };
  arranged = disputesIn({ ...(sealed as never as Parameters<typeof disputesIn>[0]), hashes: api.get(KeyedHash), clock: { now } });
  await admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('OSKEMEN_CITY', 'first', 'сот', 'суд', 'court') ON CONFLICT DO NOTHING`);
});
afterAll(() => cabinet.stop());

async function signIn(actor: SignedIn) {
  const { cookie } = await openSession(cabinet.admin, actor, cabinet.now().toISOString());
  const visitor = cabinet.visitor();
  return async <T = { code: string }>(method: string, path: string, body?: unknown) => {
    const reply = await visitor.call<T>(method, path, body, { cookie });
    return { status: reply.status, body: reply.body };
  };
}

it('goes from consent to a closed case over HTTP, while the court watches', async () => {
  const dispute = await arranged.dispute('CONSENTED', { courtId: 'OSKEMEN_CITY' });
  const [mediator, clerk] = [await arranged.mediator(), { ...(await arranged.person('court')), courtId: 'OSKEMEN_CITY' }];
  const [ana, boris, judge, desk, court] = await Promise.all(
    [dispute.a, dispute.b, mediator, await arranged.person('coordinator'), clerk].map(signIn),
  );
  const seenByCourt = async () => (await court!<CourtRow>('GET', `/court/cases/${dispute.id}`)).body;

  const { body: candidates } = await desk!<Candidate[]>('GET', `/cases/${dispute.id}/candidates`);
  expect(candidates.find(({ mediatorId }) => mediatorId === mediator.id)).toMatchObject({ eligible: true, reasons: [] });
  const offered = await desk!<CaseView>('PUT', `/cases/${dispute.id}/offer`, { mediatorId: mediator.id });
  expect([offered.status, offered.body.state]).toEqual([200, 'MEDIATOR_OFFERED']);
  expect(await seenByCourt()).toMatchObject({ state: 'MEDIATOR_OFFERED', nextActor: 'mediator', courtCaseNumber: null });

  const { body: offers } = await judge!<OfferView[]>('GET', '/offers');
  expect(offers).toMatchObject([{ caseId: dispute.id, parties: [{ side: 'A' }, { side: 'B' }] }]);
  const yes = { answer: 'accepted', declaration: { related: true, employed: false, interested: false, advised: false } };
  expect(await judge!('PUT', `/offers/${offers[0]!.id}/answer`, yes)).toMatchObject({ status: 409, body: { code: 'mediator.conflict' } });
  const incomplete = { answer: 'accepted', declaration: { related: false } };
  expect(await judge!('PUT', `/offers/${offers[0]!.id}/answer`, incomplete)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  const clear = { answer: 'accepted', declaration: { ...yes.declaration, related: false } };
  expect((await judge!('PUT', `/offers/${offers[0]!.id}/answer`, clear)).status).toBe(204);

  const drafted = await judge!<PaperView>('POST', `/cases/${dispute.id}/papers`, { kind: 'contract' });
  expect([drafted.status, drafted.body.frozen]).toEqual([201, false]);
  expect((await ana!('GET', `/papers/${drafted.body.id}`)).status).toBe(404);
  const { body: paper } = await judge!<PaperView>('PUT', `/papers/${drafted.body.id}/freezing`);
  for (const ask of [ana!, boris!, judge!]) {
    const { body: sent } = await ask<CodeSent>('POST', `/papers/${paper.id}/codes`);
    const code = await codeSent(sealed as never, sent.codeId);
    const confirmed = await ask<PaperView>('PUT', `/papers/${paper.id}/confirmation`, { codeId: sent.codeId, code, hash: paper.hash });
    expect([confirmed.status, confirmed.body.mayConfirm]).toEqual([200, false]);
  }
  const { body: read } = await boris!<CaseView>('GET', `/cases/${dispute.id}`);
  expect(read).toMatchObject({ state: 'IN_MEDIATION', termEndsAt: '2026-12-23T18:59:59.000Z' });
  expect(read.actions).toEqual(['terminate']);
  expect(await seenByCourt()).toMatchObject({ state: 'IN_MEDIATION', nextActor: 'participants', dueAt: '2026-12-23T18:59:59.000Z' });

  const looks = async (ask: typeof ana) =>
    (await ask!<CaseLooks>('GET', `/cases/${dispute.id}/looks`)).body.looks.map(({ capacity, what }) => `${capacity} ${what}`).toSorted();
  await desk!('GET', `/cases/${dispute.id}`);
  await judge!('GET', `/cases/${dispute.id}`);
  const seen = ['coordinator case', 'court case', 'mediator case'];
  expect([await looks(ana), await looks(boris)]).toEqual([seen, seen]);
  // What the mediator reads and says in one side's room leaves nothing there, for either.
  const { body: judges } = await judge!<{ id: string; kind: string }[]>('GET', `/cases/${dispute.id}/rooms`);
  for (const { id } of judges) {
    await judge!('GET', `/rooms/${id}/messages`);
    await judge!('POST', `/rooms/${id}/messages`, { clientId: crypto.randomUUID(), body: 'Қалай ойлайсыз?' });
  }
  expect([await looks(ana), await looks(boris)]).toEqual([seen, seen]);
  expect((await court!('GET', `/cases/${dispute.id}/looks`)).status).toBe(404);

  const reason = 'Келісім болмайды деп ойлаймын';
  const left = await boris!<CaseView>('POST', `/cases/${dispute.id}/moves`, { action: 'terminate', ground: '4', reason });
  expect([left.status, left.body.state, left.body.ground]).toEqual([200, 'TERMINATED', '4']);
  expect(JSON.stringify([left.body, (await ana!('GET', `/cases/${dispute.id}/timeline`)).body])).not.toContain(reason);
  const { body: rooms } = await ana!<{ state: string }[]>('GET', `/cases/${dispute.id}/rooms`);
  expect(rooms.map(({ state }) => state)).toEqual(['read_only', 'read_only']);
  expect((await desk!<CaseView>('POST', `/cases/${dispute.id}/moves`, { action: 'close' })).body.state).toBe('CLOSED');

  const { body: caseload } = await court!<CourtRows>('GET', '/court/cases?board=ended');
  expect(caseload.rows).toMatchObject([{ id: dispute.id, state: 'CLOSED', ground: '4', nextActor: 'nobody' }]);
  expect((await court!<CourtRows>('GET', '/court/cases?board=mediating')).body.rows).toEqual([]);
  expect(await court!('GET', '/court/cases?board=everything')).toMatchObject({ status: 400 });
  for (const ask of [ana!, judge!, desk!]) expect((await ask('GET', '/court/cases')).status).toBe(404);
});
