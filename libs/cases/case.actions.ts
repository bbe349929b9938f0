import { can, type Permission } from '#access';
import { type Actor, type CaseAction, caseActions } from '#contract';
import type { CaseFacts } from './case.facts.js';
import { lifecycle } from './case.lifecycle.js';
import { kindsOf, meetsGuards } from './case.moves.js';

/** Which right of the policy a move asks for. A move without one is nobody's button: it follows from something else, or waits for its issue. */
const rightFor = {
  submit: 'case.submit',
  resubmit: 'case.resubmit',
  withdraw: 'case.withdraw',
  decline: 'case.leave',
  return: 'case.screen',
  refuse: 'case.screen',
  invite: 'case.screen',
  reinvite: 'case.reinvite',
  offer_mediator: 'case.offer',
  accept_offer: 'offer.answer',
  decline_offer: 'offer.answer',
  draft_contract: 'paper.draft',
  send_contract: 'paper.draft',
  extend: 'paper.draft',
  draft_settlement: 'paper.draft',
  send_settlement: 'paper.draft',
  resume_mediation: 'paper.draft',
  conclude_contract: 'paper.confirm',
  conclude_settlement_full: 'paper.confirm',
  conclude_settlement_partial: 'paper.confirm',
  terminate: 'case.terminate',
  close: 'case.close',
  send_to_court: 'case.send_to_court',
  resume_settlement: 'settlement.resume',
  replace_mediator: 'case.replace_mediator',
} as const satisfies Partial<Record<CaseAction, Permission>>;

const rights: Partial<Record<CaseAction, Permission>> = rightFor;

/** What this viewer may do with the case now: the lifecycle's moves, crossed with the policy and with what already happened. */
export function actionsFor(actor: Actor, facts: CaseFacts): CaseAction[] {
  const { found, subject, now } = facts;
  const kinds = kindsOf(actor, subject);
  const mayPropose = kinds.includes('coordinator') && !found.refusalProposedBy;
  return caseActions.filter((action) => {
    const right = action === 'replace_mediator' && actor.role === 'mediator' ? 'case.step_back' : rights[action];
    const move = lifecycle[found.state][action];
    if (!right || !move || !can(actor, right, subject)) return false;
    const isOfKind = move.by.some((kind) => kinds.includes(kind)) || (action === 'refuse' && mayPropose);
    return isOfKind && meetsGuards(found, action, now) && isOpen(action, facts);
  });
}

/** What only the other facts of the case can tell. */
function isOpen(action: CaseAction, { found, dueAt, now, papers, agreedAnew }: CaseFacts): boolean {
  if (action === 'return' || action === 'invite') return !found.refusalProposedBy;
  if (action === 'resume_settlement') return agreedAnew;
  if (action === 'extend') return !papers.some(({ kind }) => kind === 'extension');
  if (action === 'close' && !found.number) return false;
  if (action === 'close' && lifecycle[found.state].close?.guards?.includes('deadline_passed')) return dueAt === null || dueAt < now;
  const scope = { conclude_settlement_full: 'full', conclude_settlement_partial: 'partial' }[action as string];
  if (action !== 'conclude_contract' && !scope) return true;
  const kind = scope ? 'settlement' : 'contract';
  return papers.some(
    (paper) => paper.kind === kind && (!scope || paper.scope === scope) && paper.frozen && !paper.concluded && !paper.confirmedByViewer,
  );
}
