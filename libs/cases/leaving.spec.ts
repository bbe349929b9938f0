import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseState, SignedIn } from '#contract';
import { Case } from '#cases';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { agreementsOf, settlement } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let services: Awaited<ReturnType<typeof caseServices>>;
let endings: (typeof services)['endings'];
let agreements: ReturnType<typeof agreementsOf>;
let desk: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  arranged = disputesIn(fresh);
  services = await caseServices(fresh);
  ({ endings } = services);
  agreements = agreementsOf(fresh, services);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const mediating = async () => agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
const endOf = (id: string) => fresh.admin('SELECT state, ground FROM cases WHERE id = $1', [id]);

describe('withdrawing', () => {
  it.each<CaseState>([
    'DRAFT',
    'SUBMITTED',
    'RETURNED',
    'INVITED',
    'CONSENTED',
    'MEDIATOR_OFFERED',
    'MEDIATOR_ACCEPTED',
    'CONTRACT_DRAFT',
    'CONTRACT_SIGNING',
  ])('from %s is the applicant’s alone', async (state) => {
    const dispute = await arranged.dispute(state);
    for (const actor of [dispute.b, desk, dispute.mediator ?? (await arranged.mediator())])
      await expect(endings.withdraw(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
    await endings.withdraw(dispute.a, dispute.id, { reason: 'Ойланамын' });
    await endings.withdraw(dispute.a, dispute.id);
    expect(await arranged.stateOf(dispute.id)).toBe('WITHDRAWN');
    expect(await arranged.eventsOf(dispute.id)).toEqual(['case.withdrawn']);
    expect(await fresh.admin('SELECT side FROM ending_reasons WHERE case_id = $1', [dispute.id])).toEqual([{ side: 'A' }]);
  });

  it('is too late under a contract', async () => {
    const dispute = await mediating();
    await expect(endings.withdraw(dispute.a, dispute.id)).rejects.toMatchObject({ code: 'case.already_decided' });
  });

  it('takes back the invitation, the offer and the text to confirm', async () => {
    const invited = await arranged.dispute('INVITED');
    await fresh.admin(
      `INSERT INTO invitations (id, case_id, party_id, round, code_hash, code_sealed, issued_at, expires_at) VALUES ($1, $2, $3, 1, $4, '\\x00', '2026-11-20', '2026-12-01')`,
      [newId(), invited.id, invited.parties.b, fresh.hashes.of('invitation', invited.id)],
    );
    await endings.withdraw(invited.a, invited.id);
    expect(await fresh.admin('SELECT revoked_at, code_sealed FROM invitations WHERE case_id = $1', [invited.id])).toEqual([
      { revoked_at: fresh.clock.now(), code_sealed: null },
    ]);

    const { offers } = services;
    const [offered, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
    await offers.offer(desk, offered.id, mediator.id);
    expect(await offers.list(mediator)).toHaveLength(1);
    await endings.withdraw(offered.a, offered.id);
    expect(await offers.list(mediator)).toEqual([]);
    expect(await fresh.db.transaction(mediator, (tx) => tx.query('SELECT 1 FROM cases WHERE id = $1', [offered.id]))).toEqual([]);

    const signing = await arranged.dispute('MEDIATOR_ACCEPTED');
    const paper = await agreements.sent(signing, { kind: 'contract' });
    await endings.withdraw(signing.a, signing.id);
    const { confirmations, papers } = services;
    await expect(papers.read(signing.b, paper.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirmations.askCode(signing.b, paper.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
  });
});

describe('declining after consent', () => {
  it.each<CaseState>(['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'])(
    'from %s is the invited side’s alone',
    async (state) => {
      const dispute = await arranged.dispute(state);
      for (const actor of [dispute.a, desk]) await expect(endings.decline(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
      await endings.decline(dispute.b, dispute.id, { reason: 'Басқаша шешемін' });
      expect(await arranged.stateOf(dispute.id)).toBe('DECLINED');
      expect(await fresh.admin('SELECT side FROM ending_reasons WHERE case_id = $1', [dispute.id])).toEqual([{ side: 'B' }]);
    },
  );

  it('does not answer an invitation, which asks for a code', async () => {
    const dispute = await arranged.dispute('INVITED');
    await expect(endings.decline(dispute.b, dispute.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
  });
});

describe('closing', () => {
  it.each<CaseState>(['REFUSED_SCOPE', 'DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'PERFORMED', 'BREACHED'])(
    'from %s is the desk’s',
    async (state) => {
      const dispute = await arranged.dispute(state);
      await expect(endings.close(dispute.a, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
      await endings.close(desk, dispute.id);
      await endings.close(desk, dispute.id);
      expect(await fresh.admin('SELECT state, closed_at FROM cases WHERE id = $1', [dispute.id])).toEqual([
        { state: 'CLOSED', closed_at: fresh.clock.now() },
      ]);
      expect(await arranged.eventsOf(dispute.id)).toEqual(['case.closed']);
    },
  );

  it('follows an end of mediation, with or without a settlement', async () => {
    const [left, settled] = [await mediating(), await mediating()];
    await endings.terminate(left.a, left.id, {});
    const paper = await agreements.sent(settled, settlement);
    for (const actor of [settled.a, settled.b, settled.mediator!]) await agreements.confirm(actor, paper);
    for (const { id } of [left, settled]) await endings.close(desk, id);
    expect([await endOf(left.id), await endOf(settled.id)]).toEqual([
      [{ state: 'CLOSED', ground: '4' }],
      [{ state: 'CLOSED', ground: '1' }],
    ]);
  });

  it('is refused while anything goes on', async () => {
    for (const state of ['SUBMITTED', 'INVITED', 'MEDIATOR_OFFERED', 'IN_MEDIATION', 'SETTLEMENT_SIGNING'] as CaseState[]) {
      const dispute = await arranged.dispute(state);
      await expect(endings.close(desk, dispute.id), state).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    }
  });

  it('of a wait is possible only after its time was over', async () => {
    const dispute = await arranged.dispute('CONSENTED');
    await fresh.admin(
      `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'CHOOSE_MEDIATOR', '2026-11-23T06:00:00Z', '2026-11-28T18:59:59Z')`,
      [newId(), dispute.id],
    );
    await expect(endings.close(desk, dispute.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    const before = fresh.clock.now();
    fresh.clock.set('2026-11-28T19:00:00Z');
    await endings.close(desk, dispute.id);
    fresh.clock.set(before);
    expect(await arranged.stateOf(dispute.id)).toBe('CLOSED');
  });
});
