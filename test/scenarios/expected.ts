import type { CourtNextActor } from '#contract';

/** What a party and the court must read when a dispute has been played to its end. Outcome of the script -> state, ground. */
export const expected = {
  full: { party: 'SETTLED_FULL', court: 'SETTLED_FULL', ground: '1' },
  partial: { party: 'SETTLED_PARTIAL', court: 'SETTLED_PARTIAL', ground: '1' },
  withdrawn: { party: 'TERMINATED', court: 'TERMINATED', ground: '4' },
  expired: { party: 'TERMINATED', court: 'TERMINATED', ground: '5' },
  closed: { party: 'CLOSED', court: 'CLOSED', ground: null },
} as const satisfies Record<string, { party: string; court: string; ground: string | null }>;

/** The court reads who acts next, never a side. */
export const courtWords: CourtNextActor[] = ['court', 'house', 'mediator', 'participants', 'nobody'];

/** Disputes that this stage of the house plays to their end. */
export const played = [
  '01-fence-on-the-line',
  '02-flat-flooded-from-above',
  '06-alimony-for-twins',
  '10-dismissed-after-sick-leave',
  '11-phone-refund',
  '13-school-bullying-minor',
  '17-plot-boundary-three-families-each',
  '21-quarrel-at-the-well',
];

/** The others, with what each still waits for. */
export const waiting: Record<string, string> = {
  '03-cows-in-the-hayfield': 'a disclosed relationship accepted by all (mediators)',
  '04-heating-debt-six-instalments': 'filing at the desk (intake)',
  '05-loan-to-a-friend': "silence and the desk's nudges (intake)",
  '07-divorce-flat-and-children': 'court referral (intake), files',
  '08-seeing-my-daughter-safely': 'safety questions and shuttle mode (intake, rooms)',
  '09-three-months-unpaid-wages': 'a schedule of payments (documents)',
  '12-toi-hall-deposit': 'recusal and replacement (mediators)',
  '14-traffic-damage-court-referred': 'court referral (intake)',
  '15-dental-clinic-complaint': 'a declined invitation and its notice (intake)',
  '16-inherited-house-absent-heir': 'refusal and consultation (intake)',
  '18-supply-contract-cement': 'power to settle, extension and expiry (intake, mediators)',
  '19-rent-deposit-interpreter': 'an interpreter as a member (rooms)',
  '20-night-noise-low-vision': 'filing at the desk (intake)',
  '22-insult-private-prosecution': 'criminal matters and shuttle mode (intake, rooms)',
  '23-land-office-refusal': 'refusal after review (intake)',
  '24-bribe-for-a-kindergarten-place': 'refusal and consultation (intake)',
};
