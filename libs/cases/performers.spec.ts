import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type CaseAction, caseActions } from '#contract';
import { lifecycle } from './case.lifecycle.js';
import { tellings } from './case.history.js';

type Performer = { by: string; shown: string; through: string };
const at = (by: string, shown: string, through: string): Performer => ({ by, shown, through });

/**
 * Who makes each move of the table: the file whose words it is, and a test that has it made by that door. A move that nobody makes is a state
 * that nobody reaches, whatever the table says.
 */
const performers: Partial<Record<CaseAction, Performer>> = {
  submit: at('libs/cases/filing.statement.ts', 'test/e2e/intake.spec.ts', 'submit'),
  resubmit: at('apps/api/src/cases/moves.controller.ts', 'libs/cases/screening.service.spec.ts', 'resubmit'),
  return: at('libs/cases/screening.service.ts', 'libs/cases/screening.service.spec.ts', `decision: 'return'`),
  refuse: at('libs/cases/screening.service.ts', 'libs/cases/screening.service.spec.ts', `decision: 'refuse'`),
  invite: at('libs/cases/screening.service.ts', 'libs/cases/screening.service.spec.ts', `decision: 'allow'`),
  withdraw: at('libs/cases/endings.service.ts', 'libs/cases/case.history.spec.ts', 'endings.withdraw(a, id)'),
  take_back: at('libs/cases/referrals.undoing.ts', 'test/e2e/imports.spec.ts', 'case.import_undone'),
  consent: at('libs/cases/invitation.answers.service.ts', 'libs/cases/invitation.answers.spec.ts', 'invitationAnswers.consent('),
  decline: at('libs/cases/endings.service.ts', 'libs/cases/case.history.spec.ts', 'endings.decline(b ?? first!, id)'),
  expire_invitation: at('libs/cases/invitations.service.ts', 'libs/cases/deadlines.service.spec.ts', 'case.expired_invitation'),
  reinvite: at('libs/cases/invitations.service.ts', 'libs/cases/invitation.answers.spec.ts', '.reinvite(desk, id)'),
  offer_mediator: at('libs/cases/offers.service.ts', 'libs/cases/offers.service.spec.ts', '.offer('),
  accept_offer: at('libs/cases/offers.service.ts', 'libs/cases/offers.service.spec.ts', `'accepted'`),
  decline_offer: at('libs/cases/offers.service.ts', 'libs/cases/offers.service.spec.ts', `'declined'`),
  expire_offer: at('libs/cases/offers.service.ts', 'libs/cases/deadlines.service.spec.ts', 'gives an unanswered offer back to the desk'),
  draft_contract: at('libs/cases/papers.service.ts', 'libs/cases/papers.service.spec.ts', `kind: 'contract'`),
  send_contract: at('libs/cases/papers.service.ts', 'libs/cases/papers.service.spec.ts', '.freeze('),
  conclude_contract: at('libs/cases/confirmations.service.ts', 'libs/cases/papers.service.spec.ts', 'IN_MEDIATION'),
  extend: at('libs/cases/confirmations.service.ts', 'libs/cases/extension.spec.ts', 'EXTENDED'),
  draft_settlement: at('libs/cases/papers.service.ts', 'test/integration/settling-anew.spec.ts', 'agreements.sent(dispute, settlement)'),
  send_settlement: at('libs/cases/papers.service.ts', 'test/integration/settling-anew.spec.ts', 'agreements.sent(dispute, settlement)'),
  resume_mediation: at('libs/cases/papers.service.ts', 'libs/cases/papers.service.spec.ts', '.abandon('),
  conclude_settlement_full: at('libs/cases/confirmations.service.ts', 'test/integration/settling-anew.spec.ts', 'SETTLED_FULL'),
  conclude_settlement_partial: at('libs/cases/confirmations.service.ts', 'libs/cases/papers.service.spec.ts', `'partial'`),
  terminate: at('libs/cases/endings.service.ts', 'libs/cases/endings.service.spec.ts', '.terminate('),
  replace_mediator: at(
    'libs/cases/replacements.service.ts',
    'libs/rooms/another-mediator.spec.ts',
    'replacements.replace(people.coordinator, people.caseId)',
  ),
  send_to_court: at('libs/cases/endings.service.ts', 'test/integration/settling-anew.spec.ts', '.sendToCourt('),
  court_approve: at('libs/oversight/court.acts.service.ts', 'test/integration/settling-anew.spec.ts', `'approved'`),
  court_refuse: at('libs/oversight/court.acts.service.ts', 'test/integration/settling-anew.spec.ts', `'refused'`),
  resume_settlement: at('libs/cases/settling-anew.service.ts', 'test/integration/settling-anew.spec.ts', '.resume('),
  close: at('libs/cases/endings.service.ts', 'libs/cases/endings.service.spec.ts', '.close('),
};

/** What follows a settlement, and what follows a closed case, is not built: their states are in the table and nobody brings a case there. */
const nobodys: CaseAction[] = ['start_performance', 'confirm_performance', 'claim_breach', 'confirm_breach', 'archive'];

/** Made, and not only asked about: as the word of a call that moves, of a table of papers, of a choice between two, or of one line for many cases. */
const making = (action: string) =>
  new RegExp(
    `(?:moveCase|requireMove|leave|file)\\([^;]*?'${action}'|(?:draft|send): '${action}'|\\? '${action}' :|\\? '[a-z_]+' : '${action}'|\\['[A-Z]+', '${action}'\\]`,
  );
const textOf = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8');

it('every move of the table is somebody’s, or is said to be nobody’s yet', () => {
  const made = Object.keys(performers) as CaseAction[];
  expect([...made, ...nobodys].toSorted()).toEqual(caseActions.toSorted());
  const inTable = new Set(Object.values(lifecycle).flatMap((moves) => Object.keys(moves)));
  expect([...inTable].toSorted()).toEqual(caseActions.toSorted());
});

it('a move that nobody makes has no fact that tells it, and one that somebody makes has', () => {
  expect(Object.keys(tellings).toSorted()).toEqual(Object.keys(performers).toSorted());
});

it.each(Object.entries(performers))('%s is made where it is said to be, and tested through its door', (action, { by, shown, through }) => {
  expect([by, making(action).test(textOf(by))]).toEqual([by, true]);
  expect([shown, textOf(shown).includes(through)]).toEqual([shown, true]);
});

it.each(nobodys)('%s stands in no service', (action) => {
  for (const file of ['endings', 'papers', 'confirmations', 'deadlines', 'settling-anew', 'cases', 'case.actions'])
    expect(textOf(`libs/cases/${file.includes('.') ? file : `${file}.service`}.ts`)).not.toContain(`'${action}'`);
});
