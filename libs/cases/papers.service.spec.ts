import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { Case, CaseEffects } from '#cases';
import { dateInWords } from '#language';
import { Mediator } from '#mediators';
import { type Config, newId } from '#platform';
import { agreementsOf, settlement, signersOf } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Dispute, disputesIn } from '../../test/support/disputes.js';
import type { ConfirmationsService } from './confirmations.service.js';
import type { PapersService } from './papers.service.js';
import { ReplacementsService } from './replacements.service.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let papers: PapersService;
let confirmations: ConfirmationsService;
let agreements: ReturnType<typeof agreementsOf>;
const effects = new CaseEffects();
const begun: string[] = [];
effects.on('IN_MEDIATION', async (tx, _, caseId) => {
  begun.push(caseId);
  await tx.query('SELECT open_rooms($1, $2, $3, $4, $5)', [caseId, newId(), newId(), newId(), fresh.clock.now()]);
});

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  arranged = disputesIn(fresh);
  ({ papers, confirmations } = await servicesIn('test'));
  agreements = agreementsOf(fresh, { papers, confirmations });
});
afterAll(() => fresh.drop());

const servicesIn = (environment: string, demo = false) =>
  caseServices(fresh, { config: { NODE_ENV: environment, DEMO: demo } as Config, effects });

const contractFor = (dispute: Dispute) => agreements.sent(dispute, { kind: 'contract' });
const settlementFor = (dispute: Dispute, asked: Parameters<PapersService['draft']>[2] = settlement) => agreements.sent(dispute, asked);

describe('a contract', () => {
  it('holds every clause in three languages, the names and the register number, and not a word of the claim', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    await fresh.admin(
      `UPDATE parties SET kind = 'organisation', organisation = 'ТОО «Жылу {mediator}»', representative_kind = 'head', representative_name = 'Иванова Анна', representative_position = 'директор' WHERE id = $1`,
      [dispute.parties.b],
    );
    const { text, hash, frozen, concluded } = await papers.draft(dispute.mediator!, dispute.id, { kind: 'contract' });
    const [{ number, surname, register }] = (await fresh.admin(
      `SELECT c.number, p.surname, m.register_number AS register FROM cases c JOIN persons p ON p.id = c.mediator_id JOIN mediators m ON m.person_id = p.id WHERE c.id = $1`,
      [dispute.id],
    )) as [{ number: string; surname: string; register: string }];
    for (const [language, one = ''] of [
      ['kk', text.kk],
      ['ru', text.ru],
      ['en', text.en],
    ] as const) {
      expect(one).toContain(number);
      expect(one).toContain(`${surname} Айдар`);
      expect(one).toContain(register);
      expect(one).toContain(dateInWords(language, '2026-11-23'));
      expect(one).not.toContain('2026-11-23');
      expect(one.match(/^\d+\. /gm)).toHaveLength(16);
      expect(one.replace('{mediator}', '')).not.toMatch(/[{}]|undefined|null|\|\|/);
      expect(one).toContain('ТОО «Жылу {mediator}»');
    }
    expect(text.kk).toContain('көршілер дауы');
    expect(text.kk).toContain('30 күнтізбелік күн ішінде');
    expect(text.ru).toContain('в течение 30 календарных дней');
    expect(text.ru).toContain('(представитель: Иванова Анна, директор)');
    expect(text.kk).toContain('Медиация тілі: қазақ, орыс');
    expect(text.en).toContain('free of charge');
    expect({ frozen, concluded }).toEqual({ frozen: false, concluded: false });
    expect(hash).toBe(
      createHash('sha256')
        .update(JSON.stringify(['contract', null, number, text.kk, text.ru, text.en]))
        .digest('hex'),
    );
  });

  it('is sealed in the database', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const { id } = await contractFor(dispute);
    const [{ text_sealed: sealed }] = (await fresh.admin('SELECT text_sealed FROM papers WHERE id = $1', [id])) as [
      { text_sealed: Buffer },
    ];
    expect(sealed.includes(Buffer.from('Медиация'))).toBe(false);
  });

  it('begins mediation when everybody has confirmed one text, in one transaction with the rooms', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const paper = await contractFor(dispute);
    expect(await arranged.stateOf(dispute.id)).toBe('CONTRACT_SIGNING');
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['CONTRACT_SIGNING']);
    const first = await agreements.confirm(dispute.a, paper);
    expect(first).toMatchObject({ concluded: false, mayConfirm: false, confirmedBy: [{ side: 'A' }], method: 'otp' });
    expect(first.waitsFor).toHaveLength(2);
    await agreements.confirm(dispute.mediator!, paper);
    expect(await arranged.stateOf(dispute.id)).toBe('CONTRACT_SIGNING');
    const last = await agreements.confirm(dispute.b, paper);
    expect(last).toMatchObject({ concluded: true, waitsFor: [], mayConfirm: false });
    expect(await fresh.admin('SELECT state, contract_at, term_ends_at, rules_on::text FROM cases WHERE id = $1', [dispute.id])).toEqual([
      {
        state: 'IN_MEDIATION',
        contract_at: new Date('2026-11-23T06:00:00Z'),
        term_ends_at: new Date('2026-12-23T18:59:59Z'),
        rules_on: '2026-11-23',
      },
    ]);
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['MEDIATION_TERM']);
    expect(await fresh.admin('SELECT kind FROM rooms WHERE case_id = $1', [dispute.id])).toHaveLength(3);
    expect(await arranged.eventsOf(dispute.id)).toEqual([
      'contract.drafted',
      'contract.sent',
      'contract.confirmed',
      'contract.confirmed',
      'contract.confirmed',
      'case.mediation_started',
    ]);
  });

  it('is concluded once when all confirm at once, also twice each', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const paper = await contractFor(dispute);
    const words = await Promise.all(signersOf(dispute).map(async (actor) => ({ actor, shown: await agreements.shown(actor, paper) })));
    const views = await Promise.all([...words, ...words].map(({ actor, shown }) => confirmations.confirm(actor, paper.id, shown)));
    expect(views.filter(({ concluded }) => concluded).length).toBeGreaterThan(0);
    expect(begun.filter((id) => id === dispute.id)).toHaveLength(1);
    expect((await arranged.eventsOf(dispute.id)).filter((type) => type === 'case.mediation_started')).toHaveLength(1);
    expect(await fresh.admin('SELECT 1 FROM confirmations WHERE paper_id = $1', [paper.id])).toHaveLength(3);
    const again = await confirmations.confirm(dispute.a, paper.id, words[0]!.shown); // long after
    expect(again.concluded).toBe(true);
  });

  it('concluded again with another mediator in the same moment begins no second term', async () => {
    const dispute = await mediating();
    const first = await fresh.admin('SELECT contract_at, term_ends_at FROM cases WHERE id = $1', [dispute.id]);
    await new ReplacementsService(fresh.db, fresh.clock, effects).replace(await arranged.person('coordinator'), dispute.id);
    const other = await arranged.mediator();
    await fresh.admin(`UPDATE cases SET state = 'MEDIATOR_ACCEPTED', mediator_id = $2 WHERE id = $1`, [dispute.id, other.id]);
    await agreements.concluded({ ...dispute, mediator: other });
    expect(await arranged.stateOf(dispute.id)).toBe('IN_MEDIATION');
    expect((await arranged.openDeadlines(dispute.id)).filter((code) => code === 'MEDIATION_TERM')).toHaveLength(1);
    expect(await fresh.admin('SELECT contract_at, term_ends_at FROM cases WHERE id = $1', [dispute.id])).toEqual(first);
  });

  it('waits for a party that has no account, whoever else confirms', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    await arranged.party(dispute.id, 'B', null, 'kk', 2);
    const paper = await contractFor(dispute);
    let view = paper;
    for (const actor of signersOf(dispute)) view = await agreements.confirm(actor, paper);
    expect(view).toMatchObject({ concluded: false, waitsFor: ['Қосылмаған Айдар'] });
    expect(await arranged.stateOf(dispute.id)).toBe('CONTRACT_SIGNING');
  });

  it('is drafted anew with another text, and the old one can no longer be confirmed', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const old = await contractFor(dispute);
    const word = await agreements.shown(dispute.a, old);
    expect(await papers.draft(dispute.mediator!, dispute.id, { kind: 'contract' })).toMatchObject({ id: old.id, frozen: true }); // the same text
    await fresh.admin(`UPDATE parties SET patronymic = 'Берікұлы' WHERE id = $1`, [dispute.parties.a]);
    const renewed = await papers.draft(dispute.mediator!, dispute.id, { kind: 'contract' });
    expect(renewed.id).not.toBe(old.id);
    expect(await arranged.stateOf(dispute.id)).toBe('CONTRACT_DRAFT');
    await expect(confirmations.confirm(dispute.a, old.id, word)).rejects.toMatchObject({ code: 'contract.hash_differs' });
    await expect(confirmations.askCode(dispute.a, old.id)).rejects.toMatchObject({ code: 'contract.hash_differs' });
    const sent = await papers.freeze(dispute.mediator!, renewed.id);
    await expect(
      confirmations.confirm(dispute.a, sent.id, { ...(await agreements.shown(dispute.a, sent)), hash: old.hash }),
    ).rejects.toMatchObject({
      code: 'contract.hash_differs',
    });
    expect((await agreements.confirm(dispute.a, sent)).confirmedBy).toHaveLength(1);
    await expect(papers.freeze(dispute.mediator!, old.id)).rejects.toMatchObject({ code: 'stale' });
    await expect(papers.abandon(dispute.mediator!, sent.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
  });

  it('can not be confirmed without the code sent to oneself', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const paper = await contractFor(dispute);
    const [hers, his] = [await agreements.shown(dispute.a, paper), await agreements.shown(dispute.b, paper)];
    await expect(confirmations.confirm(dispute.b, paper.id, hers)).rejects.toMatchObject({ code: 'code.wrong' });
    const wrong = { ...his, code: his.code === '000000' ? '000001' : '000000' };
    await expect(confirmations.confirm(dispute.b, paper.id, wrong)).rejects.toMatchObject({ code: 'code.wrong' });
    const other = await contractFor(await arranged.dispute('MEDIATOR_ACCEPTED', { mediator: dispute.mediator }));
    const elsewhere = await agreements.shown(dispute.mediator!, other);
    await expect(confirmations.confirm(dispute.mediator!, paper.id, { ...elsewhere, hash: paper.hash })).rejects.toMatchObject({
      code: 'code.wrong',
    });
    expect(await fresh.admin('SELECT 1 FROM confirmations WHERE paper_id = $1', [paper.id])).toEqual([]);
    expect((await confirmations.confirm(dispute.b, paper.id, his)).confirmedBy).toHaveLength(1);
  });

  it('needs an approved way to confirm, which production has not', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const production = await servicesIn('production');
    const draft = await production.papers.draft(dispute.mediator!, dispute.id, { kind: 'contract' });
    expect(draft.method).toBeNull();
    await expect(production.papers.freeze(dispute.mediator!, draft.id)).rejects.toMatchObject({ code: 'contract.no_approved_method' });
    await expect((await servicesIn('development')).papers.freeze(dispute.mediator!, draft.id)).rejects.toMatchObject({
      code: 'contract.no_approved_method',
    });
    const paper = await (await servicesIn('development', true)).papers.freeze(dispute.mediator!, draft.id); // demo
    await expect(production.confirmations.askCode(dispute.a, paper.id)).rejects.toMatchObject({ code: 'contract.no_approved_method' });
    const word = await agreements.shown(dispute.a, paper);
    await expect(production.confirmations.confirm(dispute.a, paper.id, word)).rejects.toMatchObject({
      code: 'contract.no_approved_method',
    });
    expect(await arranged.stateOf(dispute.id)).toBe('CONTRACT_SIGNING');
  });
});

describe('strangers', () => {
  it('find no paper, and a party finds none before it is sent', async () => {
    const dispute = await arranged.dispute('MEDIATOR_ACCEPTED');
    const draft = await papers.draft(dispute.mediator!, dispute.id, { kind: 'contract' });
    for (const actor of [dispute.a, dispute.b]) await expect(papers.read(actor, draft.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await papers.read(dispute.mediator!, draft.id)).id).toBe(draft.id);
    const paper = await papers.freeze(dispute.mediator!, draft.id);
    for (const actor of [dispute.a, dispute.b, dispute.mediator!]) expect((await papers.read(actor, paper.id)).hash).toBe(paper.hash);
    const other = await arranged.dispute('CONTRACT_SIGNING');
    const offices = await Promise.all((['coordinator', 'administrator', 'court', 'council'] as const).map((role) => arranged.person(role)));
    const strangers: Actor[] = [
      other.a,
      other.mediator!,
      ...offices,
      { ...dispute.mediator!, role: 'citizen' },
      { ...dispute.a, role: 'mediator' },
    ];
    const word = await agreements.shown(dispute.a, paper);
    for (const actor of strangers) {
      for (const act of [
        () => papers.read(actor, paper.id),
        () => papers.freeze(actor, paper.id),
        () => papers.abandon(actor, paper.id),
        () => confirmations.askCode(actor, paper.id),
        () => confirmations.confirm(actor, paper.id, word),
      ])
        await expect(act(), actor.role).rejects.toMatchObject({ code: 'not_found', details: {} });
      await expect(papers.draft(actor, dispute.id, { kind: 'contract' }), actor.role).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const actor of [dispute.a, dispute.b]) {
      await expect(papers.draft(actor, dispute.id, { kind: 'contract' })).rejects.toMatchObject({ code: 'not_found' });
      await expect(papers.freeze(actor, paper.id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(papers.abandon(actor, paper.id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(papers.read(dispute.a, newId())).rejects.toMatchObject({ code: 'not_found', details: {} });
  });
});

describe('a settlement', () => {
  it.each([
    ['full', 'SETTLED_FULL'],
    ['partial', 'SETTLED_PARTIAL'],
  ] as const)('in %s ends the case by ground 1, and the rooms with it', async (scope, state) => {
    const dispute = await mediating();
    const paper = await settlementFor(dispute, { ...settlement, scope });
    expect(await arranged.stateOf(dispute.id)).toBe('SETTLEMENT_SIGNING');
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['MEDIATION_TERM']);
    for (const actor of signersOf(dispute)) await agreements.confirm(actor, paper);
    expect(await fresh.admin('SELECT state, ground FROM cases WHERE id = $1', [dispute.id])).toEqual([{ state, ground: '1' }]);
    expect(await fresh.admin('SELECT DISTINCT state FROM rooms WHERE case_id = $1', [dispute.id])).toEqual([{ state: 'read_only' }]);
    expect(await arranged.openDeadlines(dispute.id)).toEqual([]);
    await expect(papers.abandon(dispute.mediator!, paper.id)).rejects.toMatchObject({ code: 'case.already_decided' });
    await expect(papers.draft(dispute.mediator!, dispute.id, { ...settlement, text: { kk: 'Басқа', ru: 'Иное' } })).rejects.toMatchObject({
      code: 'case.transition_forbidden',
    });
  });

  it('can be let go: the talk goes on, the term runs on, and its text binds nobody', async () => {
    const dispute = await mediating();
    const paper = await settlementFor(dispute);
    const word = await agreements.shown(dispute.a, paper);
    await papers.abandon(dispute.mediator!, paper.id);
    await papers.abandon(dispute.mediator!, paper.id); // pressed twice
    expect(await arranged.stateOf(dispute.id)).toBe('IN_MEDIATION');
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['MEDIATION_TERM']);
    await expect(confirmations.confirm(dispute.a, paper.id, word)).rejects.toMatchObject({ code: 'contract.hash_differs' });
    await expect(papers.read(dispute.a, paper.id)).rejects.toMatchObject({ code: 'not_found' });
    const next = await settlementFor(dispute, { ...settlement, scope: 'partial' });
    expect(next.hash).not.toBe(paper.hash); // the same words, another scope
  });

  it('is rewritten in its draft, and in signing goes back to draft', async () => {
    const dispute = await mediating();
    const first = await papers.draft(dispute.mediator!, dispute.id, settlement);
    expect(await papers.draft(dispute.mediator!, dispute.id, settlement)).toEqual(first);
    const second = await papers.draft(dispute.mediator!, dispute.id, { ...settlement, text: { kk: 'Екінші', ru: 'Второе' } });
    expect(await arranged.stateOf(dispute.id)).toBe('SETTLEMENT_DRAFT');
    await papers.freeze(dispute.mediator!, second.id);
    const third = await papers.draft(dispute.mediator!, dispute.id, { ...settlement, text: { kk: 'Үшінші', ru: 'Третье' } });
    expect(await arranged.stateOf(dispute.id)).toBe('SETTLEMENT_DRAFT');
    expect(third).toMatchObject({ frozen: false, text: { kk: 'Үшінші', ru: 'Третье' } });
  });

  it('can not be confirmed after the term, swept or not', async () => {
    const dispute = await mediating();
    const paper = await settlementFor(dispute);
    const word = await agreements.shown(dispute.a, paper);
    const before = fresh.clock.now();
    await fresh.admin('UPDATE cases SET term_ends_at = $2 WHERE id = $1', [dispute.id, new Date(before.getTime() - 1000)]);
    await expect(confirmations.confirm(dispute.a, paper.id, word)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    await expect(confirmations.askCode(dispute.b, paper.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    expect(await fresh.admin('SELECT 1 FROM confirmations WHERE paper_id = $1', [paper.id])).toEqual([]);
  });

  it('is not drafted before mediation has begun', async () => {
    const dispute = await arranged.dispute('CONTRACT_SIGNING');
    await expect(papers.draft(dispute.mediator!, dispute.id, settlement)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    expect(await fresh.admin('SELECT 1 FROM papers WHERE case_id = $1', [dispute.id])).toEqual([]);
  });
});

const mediating = async () => agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
