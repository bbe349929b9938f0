import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, AnswerOffer, DisclosureView } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { MediatorsService } from '#mediators';
import { Clock, Database, DomainError, Keys, newId, record } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { cancelDeadline, findCase, lockCase, moveCase, setDeadline, subjectOf } from './case.moves.js';
import { needsOf } from './mediator.needs.js';

type Answered = { result: 'not_found' | 'waiting' | 'accepted' | 'refused'; offer: string; mediator: string };
type Row = {
  id: string;
  name: string;
  kind: 'professional' | 'public';
  words: Buffer;
  at: Date;
  until: Date | null;
  outcome: DisclosureView['outcome'];
  agrees: boolean | null;
};

/** What a mediator told of himself before he read anything. With the consent of all parties he takes the case; one "no" and another is sought. */
@Injectable()
export class DisclosuresService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly effects: CaseEffects,
    private readonly mediators: MediatorsService,
  ) {}

  list(actor: Actor, caseId: string): Promise<DisclosureView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.read', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(disclosures, [caseId, actor.id])) as Row[];
      return Promise.all(
        rows.map(async ({ id, name, kind, words, at, until, outcome, agrees }) => ({
          id,
          mediator: { name, kind },
          words: await this.keys.open(tx, { scope: 'case', id: caseId }, words, `disclosure:${id}`),
          at: at.toISOString(),
          until: until?.toISOString() ?? null,
          outcome,
          agrees,
        })),
      );
    });
  }

  /** The last "yes" is the acceptance, the first "no" sends the case back to the desk; who said it is told to nobody. */
  answer(actor: Actor, disclosureId: string, agrees: boolean): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const [asked] = (await tx.query('SELECT case_id, mediator_id, outcome FROM disclosures WHERE id = $1', [disclosureId])) as Asked[];
      if (!asked) throw new DomainError('not_found');
      const found = await lockCase(tx, asked.case_id);
      authorize(actor, 'disclosure.answer', await subjectOf(tx, found));
      const own = (await tx.query('SELECT agrees FROM disclosure_answers WHERE disclosure_id = $1', [disclosureId])) as {
        agrees: boolean;
      }[];
      if (own[0]?.agrees === agrees) return;
      const on = dayOf(this.clock.now().getTime(), kazakhstan.zone);
      if (agrees) await this.mediators.requireStanding(tx, asked.mediator_id, await needsOf(tx, found), on);
      const at = this.clock.now();
      const [done] = (await tx.query('SELECT * FROM answer_disclosure($1, $2, $3)', [disclosureId, agrees, at])) as Answered[];
      if (!done || done.result === 'not_found') throw new DomainError('case.already_decided', { state: found.state });
      if (done.result === 'waiting') return;
      const isTaken = done.result === 'accepted';
      if (isTaken) found.mediatorId = done.mediator;
      const act = { at, event: isTaken ? ('offer.accepted' as const) : ('offer.declined' as const), effects: this.effects };
      await moveCase(tx, nobody, found, isTaken ? 'accept_offer' : 'decline_offer', { ...act, data: { offerId: done.offer } });
    });
  }
}
/** The move follows from all answers together: the log names none of those who answered. */
const nobody: Actor = { id: null, role: 'system' };
type Asked = { case_id: string; mediator_id: string; outcome: string | null };

type Told = {
  found: Case;
  offerId: string;
  declaration: Extract<AnswerOffer, { answer: 'disclosed' }>['declaration'];
  words: string;
  at: Date;
};

/** In the mediator's transaction, who holds the case: what he says is sealed, and the parties' time begins in place of his. */
export async function disclose(tx: EntityManager, keys: Keys, actor: Actor, { found, offerId, declaration, words, at }: Told) {
  const [open] = (await tx.query('SELECT 1 FROM disclosures WHERE offer_id = $1', [offerId])) as object[];
  if (open) return;
  const id = newId();
  const sealed = await keys.seal(tx, { scope: 'case', id: found.id }, words, `disclosure:${id}`);
  await tx.query(
    'INSERT INTO disclosures (id, case_id, offer_id, mediator_id, words_sealed, disclosed_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, found.id, offerId, actor.id, sealed, at],
  );
  await cancelDeadline(tx, found.id, 'MEDIATOR_ANSWER', at);
  const deadline = await setDeadline(tx, found, 'DISCLOSURE_ANSWER', at, { subjectId: offerId });
  await tx.query('UPDATE offers SET declaration = $2, expires_at = $3 WHERE id = $1', [
    offerId,
    JSON.stringify(declaration),
    deadline.dueAt,
  ]);
  await record(tx, actor, { type: 'offer.disclosed', caseId: found.id, at, data: { offerId, ...deadline } });
}

const disclosures = `
  SELECT d.id, concat_ws(' ', q.surname, q.given, nullif(q.patronymic, '')) AS name, m.kind, d.words_sealed AS words, d.disclosed_at AS at, d.outcome,
    (SELECT t.due_at FROM deadlines t WHERE t.case_id = d.case_id AND t.code = 'DISCLOSURE_ANSWER' AND t.subject_id = d.offer_id
      AND t.fired_at IS NULL AND t.cancelled_at IS NULL) AS until,
    (SELECT a.agrees FROM disclosure_answers a WHERE a.disclosure_id = d.id AND a.person_id = $2) AS agrees
  FROM disclosures d JOIN mediators m ON m.person_id = d.mediator_id JOIN persons q ON q.id = m.person_id
  WHERE d.case_id = $1 ORDER BY d.disclosed_at DESC, d.id DESC`;
