import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import { Mediator } from '#mediators';
import { agreementsOf, settlement, signersOf } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Dispute, disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let services: Awaited<ReturnType<typeof caseServices>>;
let worker: typeof services;
let agreements: ReturnType<typeof agreementsOf>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  arranged = disputesIn(fresh);
  services = await caseServices(fresh);
  worker = await caseServices(fresh, { as: 'worker' });
  agreements = agreementsOf(fresh, services);
});
afterAll(() => fresh.drop());

const refused = (code: string) => expect.objectContaining({ code });
const mediating = async (on = '2026-11-23T06:00:00Z') => {
  fresh.clock.set(on);
  return agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
};
const offer = (dispute: Dispute) => agreements.sent(dispute, { kind: 'extension' });
const termOf = async ({ id }: Dispute) =>
  (await fresh.admin<{ state: string; until: Date }>('SELECT state, term_ends_at AS until FROM cases WHERE id = $1', [id]))[0]!;
async function extended(dispute: Dispute) {
  const paper = await offer(dispute);
  for (const actor of signersOf(dispute)) await agreements.confirm(actor, paper);
  return dispute;
}

describe('an extension of the term', () => {
  it('moves the last day when everybody has confirmed one text, and not before', async () => {
    const dispute = await mediating();
    fresh.clock.set('2026-12-20T06:00:00Z');
    const paper = await offer(dispute);
    expect(paper.text.kk.replaceAll('\u00a0', ' ')).toContain('2027 жылғы 22 қаңтар');
    expect(paper.text.ru.replaceAll('\u00a0', ' ')).toContain('22 января 2027');
    expect(paper.text.ru).not.toMatch(/[{}]|undefined/);
    await agreements.confirm(dispute.a, paper);
    await agreements.confirm(dispute.mediator!, paper);
    expect(await termOf(dispute)).toEqual({ state: 'IN_MEDIATION', until: new Date('2026-12-23T18:59:59Z') });
    await agreements.confirm(dispute.b, paper);
    expect(await termOf(dispute)).toEqual({ state: 'EXTENDED', until: new Date('2027-01-22T18:59:59Z') });
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['MEDIATION_EXTENSION']);
    const [fact] = await fresh.admin<{ data: object }>(`SELECT data FROM events WHERE case_id = $1 AND type = 'case.extended'`, [
      dispute.id,
    ]);
    expect(fact!.data).toMatchObject({ deadline: 'MEDIATION_EXTENSION', dueAt: '2027-01-22T18:59:59.000Z', from: 'IN_MEDIATION' });
  });

  it.each([
    // contract, the term so far (rolled to a working day), the last day by hand: thirty more, never beyond sixty in all
    ['2026-11-13T06:00:00Z', '2026-12-14T18:59:59Z', '2027-01-12T18:59:59Z'],
    ['2026-09-07T06:00:00Z', '2026-10-07T18:59:59Z', '2026-11-06T18:59:59Z'],
  ])('of a contract of %s ends within the longest term', async (contract, before, until) => {
    const dispute = await mediating(contract);
    expect((await termOf(dispute)).until).toEqual(new Date(before));
    expect((await termOf(await extended(dispute))).until).toEqual(new Date(until));
  });

  it('ends by ground 5 when the extended term has run out, once', async () => {
    const dispute = await extended(await mediating());
    fresh.clock.set('2027-01-22T18:59:59Z');
    await worker.deadlines.fireDue();
    expect((await termOf(dispute)).state).toBe('EXTENDED');
    fresh.clock.set('2027-01-22T19:00:01Z');
    await Promise.all([worker.deadlines.fireDue(), worker.deadlines.fireDue()]);
    expect(await fresh.admin('SELECT state, ground FROM cases WHERE id = $1', [dispute.id])).toEqual([
      { state: 'TERMINATED', ground: '5' },
    ]);
    expect((await arranged.eventsOf(dispute.id)).filter((type) => type === 'case.terminated')).toHaveLength(1);
  });

  it('is not made twice, nor after the term, nor before mediation, nor by anybody but the mediator', async () => {
    const dispute = await extended(await mediating());
    await expect(offer(dispute)).rejects.toEqual(refused('case.transition_forbidden'));
    const late = await mediating();
    const open = await offer(late);
    for (const stranger of [late.a, late.b, dispute.mediator!])
      await expect(services.papers.draft(stranger, late.id, { kind: 'extension' })).rejects.toEqual(refused('not_found'));
    fresh.clock.set('2026-12-23T19:00:00Z');
    await expect(agreements.shown(late.a, open)).rejects.toEqual(refused('case.transition_forbidden'));
    await expect(
      services.papers.draft(late.mediator!, (await arranged.dispute('MEDIATOR_ACCEPTED', late)).id, { kind: 'extension' }),
    ).rejects.toEqual(refused('case.transition_forbidden'));
  });

  it('can be let go, and then offered anew; who refuses simply does not confirm', async () => {
    const dispute = await mediating();
    const { id } = await offer(dispute);
    await services.papers.abandon(dispute.mediator!, id);
    await expect(services.papers.read(dispute.a, id)).rejects.toEqual(refused('not_found'));
    expect((await termOf(await extended(dispute))).state).toBe('EXTENDED');
    const [{ id: concluded }] = (await fresh.admin(
      `SELECT id FROM papers WHERE case_id = $1 AND kind = 'extension' AND abandoned_at IS NULL`,
      [dispute.id],
    )) as [{ id: string }];
    await expect(services.papers.abandon(dispute.mediator!, concluded)).rejects.toEqual(refused('case.transition_forbidden'));
  });

  it('stands in the database too: no case is extended without the text that all confirmed', async () => {
    const dispute = await mediating();
    await expect(fresh.admin(`UPDATE cases SET state = 'EXTENDED' WHERE id = $1`, [dispute.id])).rejects.toMatchObject({ code: '23001' });
  });

  it('needs the power to sign a contract; a settlement needs one that is stated by itself', async () => {
    const dispute = await mediating();
    const powers = (given: string) =>
      fresh.admin(`UPDATE parties SET representative_kind = 'poa', attorney_powers = $2, attorney_until = '2026-12-31' WHERE id = $1`, [
        dispute.parties.b,
        given,
      ]);
    await powers('{take_part}');
    const paper = await offer(dispute);
    await expect(agreements.shown(dispute.b, paper)).rejects.toEqual(refused('paper.power_missing'));
    await powers('{take_part,sign_contract}');
    for (const actor of signersOf(dispute)) await agreements.confirm(actor, paper);
    const agreed = await agreements.sent(dispute, settlement);
    await expect(agreements.shown(dispute.b, agreed)).rejects.toEqual(refused('paper.power_missing'));
    await powers('{take_part,sign_contract,sign_settlement}');
    const shown = await agreements.shown(dispute.b, agreed);
    fresh.clock.set('2026-12-31T19:00:00Z'); // its last day is over
    await expect(services.confirmations.confirm(dispute.b, agreed.id, shown)).rejects.toEqual(refused('paper.power_missing'));
  });
});
