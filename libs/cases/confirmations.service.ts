import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CaseAction, CaseState, CodeSent, ConfirmPaper, Language, PaperView, SignedIn } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { CodesService, SlipsService } from '#people';
import { Clock, CONFIG, type Config, Database, DomainError, environmentOf, Keys, record } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { meetsGuards, moveCase, subjectOf } from './case.moves.js';
import { dueAt } from './deadline.rules.js';
import { extendedUntil } from './extension.text.js';
import { approvedMethod, findPaper, lacksPower, lockPaper, markPaper, type Paper, type Signer, signersOf } from './paper.records.js';
import { addAmount } from './settled.amount.js';
import { addTraits } from './party.traits.js';
import { signersFor, toPaperView } from './paper.view.js';

type Contacts = { language: Language; email_sealed: Buffer | null; phone_sealed: Buffer | null };
const signing: Record<Paper['kind'], { in: CaseState; conclude: CaseAction }> = {
  contract: { in: 'CONTRACT_SIGNING', conclude: 'conclude_contract' },
  extension: { in: 'IN_MEDIATION', conclude: 'extend' },
  settlement: { in: 'SETTLEMENT_SIGNING', conclude: 'conclude_settlement_full' },
};

/** Everybody confirms the same frozen text by its hash with a one-time code; the last one concludes it. */
@Injectable()
export class ConfirmationsService {
  private readonly environment: string;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly effects: CaseEffects,
    private readonly codes: CodesService,
    private readonly slips: SlipsService,
    @Inject(CONFIG) config: Config,
  ) {
    this.environment = environmentOf(config);
  }

  /** To the signer's own verified contact. */
  askCode(actor: Actor, paperId: string, network?: string): Promise<CodeSent> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const { found, paper } = await lockPaper(tx, paperId);
      const signers = await this.signers(tx, actor, found, paper);
      if (signers.length === 0) throw new DomainError('contract.already_confirmed');
      await this.requireOpen(tx, actor, found, paper, paper.hash.toString('hex'));
      const { language, ...reach } = await this.reach(tx, actor);
      return this.codes.issue(tx, { purpose: 'confirm_paper', ...reach, personId: actor.id, subjectId: paperId, language, network });
    });
  }

  /** The case is held throughout, so of the last two at once one sees the other's word and concludes. Confirming twice changes nothing. */
  confirm(actor: Actor, paperId: string, shown: ConfirmPaper, network?: string): Promise<PaperView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const { found, paper } = await lockPaper(tx, paperId);
      const signers = await this.signers(tx, actor, found, paper, shown.partyIds);
      if (signers.length > 0 || paper.hash.toString('hex') !== shown.hash) {
        const method = await this.requireOpen(tx, actor, found, paper, shown.hash);
        await this.requireShown(tx, actor, { paperId, method }, shown, network);
        await this.write(tx, actor, found, paper, { signers, method });
      }
      return toPaperView(tx, this.keys, await findPaper(tx, paperId), actor, {
        environment: this.environment,
        now: this.clock.now(),
      });
    });
  }

  /** The code that went to the actor's own contact; at the House's computer, of who has none, his slip. */
  private async requireShown(
    tx: EntityManager,
    actor: SignedIn,
    { paperId, method }: { paperId: string; method: string },
    shown: ConfirmPaper,
    network?: string,
  ) {
    if ('slip' in shown !== (method === 'slip')) throw new DomainError('code.wrong');
    if ('slip' in shown) return this.slips.requireOwn(tx, actor, shown.slip, network);
    const { personId } = await this.codes.check(tx, { ...shown, purpose: 'confirm_paper', subjectId: paperId, network });
    if (personId !== actor.id) throw new DomainError('code.wrong');
  }

  private async write(
    tx: EntityManager,
    actor: SignedIn,
    found: Case,
    paper: Paper,
    { signers, method }: { signers: Signer[]; method: string },
  ) {
    const at = this.clock.now();
    for (const { partyId } of signers) {
      await tx.query(
        'INSERT INTO confirmations (paper_id, person_id, party_id, hash, method, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [paper.id, actor.id, partyId, paper.hash, method, at],
      );
      await record(tx, actor, { type: `${paper.kind}.confirmed`, caseId: found.id, at, data: { paperId: paper.id, method } });
    }
    const all = await signersOf(tx, paper);
    if (all.every(({ confirmedAt }) => confirmedAt)) await this.conclude(tx, actor, found, paper, at);
  }

  private async conclude(tx: EntityManager, actor: SignedIn, found: Case, paper: Paper, at: Date) {
    await markPaper(tx, paper.id, 'concluded_at', at);
    const act = { at, effects: this.effects };
    if (paper.kind === 'contract') {
      const beginsTerm = found.contractAt === null;
      if (beginsTerm) startTerm(found, at);
      const data = { paperId: paper.id };
      await moveCase(tx, actor, found, 'conclude_contract', { ...act, event: 'case.mediation_started', beginsTerm, data });
      if (beginsTerm) await addTraits(tx, this.keys, found.id, at); // with another mediator the parties are the same, and counted
    } else if (paper.kind === 'extension') {
      const [startsAt, until] = [found.termEndsAt!, extendedUntil(found)];
      found.termEndsAt = until;
      await moveCase(tx, actor, found, 'extend', { ...act, event: 'case.extended', startsAt, until, data: { paperId: paper.id } });
    } else {
      const action = paper.scope === 'partial' ? 'conclude_settlement_partial' : 'conclude_settlement_full';
      await moveCase(tx, actor, found, action, {
        ...act,
        event: 'case.settled',
        ground: '1',
        data: { paperId: paper.id, scope: paper.scope },
      });
      await addAmount(tx, this.keys, paper, at);
    }
  }

  /**
   * For whom the actor confirms now: those he named, else all that wait for his word. Nobody, where all have it. Who does not give him the power
   * is passed over, and refused where he was named or is the last one left.
   */
  private async signers(tx: EntityManager, actor: SignedIn, found: Case, paper: Paper, named?: string[]): Promise<Signer[]> {
    authorize(actor, 'paper.confirm', await subjectOf(tx, found));
    const own = signersFor(actor, await signersOf(tx, paper));
    const meant = named ? own.filter(({ partyId }) => partyId && named.includes(partyId)) : own;
    if (meant.length === 0 || (named && meant.length !== new Set(named).size)) throw new DomainError('not_found');
    const pending = meant.filter(({ confirmedAt }) => !confirmedAt);
    const today = dayOf(this.clock.now().getTime(), kazakhstan.zone);
    const able = pending.filter((signer) => !lacksPower(paper, signer, today));
    if (pending.length > 0 && (able.length === 0 || (named && able.length < pending.length))) throw new DomainError('paper.power_missing');
    return able;
  }

  /** Is this text still the one to confirm, in time, and in an approved way? */
  private async requireOpen(tx: EntityManager, actor: SignedIn, found: Case, paper: Paper, hash: string): Promise<string> {
    const isChanged = paper.abandonedAt !== null || paper.hash.toString('hex') !== hash;
    const over: CaseState[] = ['TERMINATED', 'WITHDRAWN', 'DECLINED', 'CLOSED'];
    if (isChanged && !over.includes(found.state)) throw new DomainError('contract.hash_differs');
    const { in: state, conclude } = signing[paper.kind];
    if (found.state !== state || !paper.frozenAt || paper.concludedAt || !meetsGuards(found, conclude, this.clock.now()))
      throw new DomainError('case.transition_forbidden', { state: found.state });
    const method = await approvedMethod(tx, this.environment, actor);
    if (!method) throw new DomainError('contract.no_approved_method');
    return method;
  }

  private async reach(tx: EntityManager, { id }: SignedIn) {
    const [row] = (await tx.query('SELECT language, email_sealed, phone_sealed FROM persons WHERE id = $1', [id])) as [Contacts];
    const open = (sealed: Buffer, field: string) => this.keys.open(tx, { scope: 'person', id }, sealed, field);
    const { language, email_sealed: email, phone_sealed: phone } = row;
    if (email) return { channel: 'email' as const, contact: await open(email, 'email'), language };
    if (!phone) throw new DomainError('unavailable');
    return { channel: 'sms' as const, contact: await open(phone, 'phone'), language };
  }
}

/** The day of the last confirmation is the day of the contract: the term runs from it, and its rules govern the case from now on. */
function startTerm(found: Case, at: Date) {
  found.contractAt = at;
  found.rulesOn = dayOf(at.getTime(), kazakhstan.zone);
  found.termEndsAt = dueAt('MEDIATION_TERM', at, found.rulesOn);
}
