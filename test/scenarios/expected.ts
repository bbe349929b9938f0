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

/** Endings before there is a mediator. Ground of the script -> state. */
export const endsBefore = {
  REFUSED_SCOPE: 'REFUSED_SCOPE',
  REFUSED_AFTER_REVIEW: 'REFUSED_SCOPE',
  DECLINED: 'DECLINED',
  NO_RESPONSE: 'NO_RESPONSE',
} as const;

/** The day on which the time for an answer is over, by hand: ten days, and on from a day off. */
export const answerDue: Record<string, string> = {
  '05-loan-to-a-friend': '2026-10-01',
  '15-dental-clinic-complaint': '2026-10-27', // the 24th is a Saturday, the 25th a holiday on a Sunday, the 26th its day off
};

/** Disputes that this stage of the house plays to their end. */
export const played = [
  '01-fence-on-the-line',
  '02-flat-flooded-from-above',
  '03-cows-in-the-hayfield',
  '04-heating-debt-six-instalments',
  '05-loan-to-a-friend',
  '06-alimony-for-twins',
  '07-divorce-flat-and-children',
  '08-seeing-my-daughter-safely',
  '09-three-months-unpaid-wages',
  '10-dismissed-after-sick-leave',
  '11-phone-refund',
  '12-toi-hall-deposit',
  '13-school-bullying-minor',
  '14-traffic-damage-court-referred',
  '15-dental-clinic-complaint',
  '16-inherited-house-absent-heir',
  '17-plot-boundary-three-families-each',
  '18-supply-contract-cement',
  '19-rent-deposit-interpreter',
  '20-night-noise-low-vision',
  '21-quarrel-at-the-well',
  '22-insult-private-prosecution',
  '23-land-office-refusal',
  '24-bribe-for-a-kindergarten-place',
];

/** The others, with what each still waits for. */
export const waiting: Record<string, string> = {};
