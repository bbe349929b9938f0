import { type Day, kazakhstan, type Term } from '#hours';
import data from './data/deadlines.json' with { type: 'json' };

/** A row of data/deadlines.json: a setting with the days on which it is in force. */
export type DeadlineRule = {
  code: string;
  value: number;
  unit: string;
  day_type: string | null;
  office_hours?: boolean;
  start_event: string;
  on_expiry: string;
  status: string;
  effective_from: Day | null;
  effective_to: Day | null;
};

export const deadlineCodes = [
  'PROPOSAL_ANSWER',
  'MEDIATION_TERM',
  'MEDIATION_EXTENSION',
  'MEDIATION_TOTAL',
  'COURT_CLAIM_STAGE',
  'COURT_PENDING',
  'COURT_JUDGE',
  'SETTLEMENT_TO_COURT',
  'PUBLIC_CANDIDATE_WINDOW',
  'DATA_INCIDENT_NOTICE',
  'SITE_DATA_UPDATE',
  'DRAFT_AUTODELETE',
  'SCREENING',
  'RETURNED_FIX',
  'CHOOSE_MEDIATOR',
  'CHOOSING_ANSWER',
  'MEDIATOR_ANSWER',
  'DISCLOSURE_ANSWER',
  'OBJECTION',
  'CONTRACT_SIGNING',
  'COI_LOOKBACK',
  'RETENTION_CASE',
  'RETENTION_TALK',
  'RETENTION_AUDIT',
  'LOGIN_NONCE',
  'EGOV_QR_TTL',
] as const;
export type DeadlineCode = (typeof deadlineCodes)[number];

/** In force from `effective_from` up to, not including, `effective_to`. */
export function isInForce(row: Pick<DeadlineRule, 'effective_from' | 'effective_to'>, on: Day): boolean {
  return (row.effective_from ?? on) <= on && (row.effective_to === null || on < row.effective_to);
}

/** The rule of a day: before the contract the day of filing governs, from the contract on the day of the contract. */
export function deadlineRule(code: string, on: Day, rows: readonly DeadlineRule[] = data.deadlines): DeadlineRule {
  const inForce = rows.filter((row) => row.code === code && isInForce(row, on));
  if (inForce.length !== 1) throw new RangeError(`${inForce.length} rules for ${code} on ${on}`);
  return inForce[0]!;
}

/** The last moment of a time limit that an event at `start` begins, by the rules of the day `on`. */
export function dueAt(code: string, start: Date, on: Day, rows: readonly DeadlineRule[] = data.deadlines): Date {
  const { value, unit, day_type, office_hours } = deadlineRule(code, on, rows);
  const term = { value, unit, dayType: day_type, officeHours: office_hours } as Term;
  return new Date(kazakhstan.dueAfter(start.getTime(), term));
}

/** In a question for who asks: does this deadline run? That somebody objected to the mediator is the desk's alone, and so is until when it decides. */
export const runs = (deadline: string) =>
  `${deadline}.fired_at IS NULL AND ${deadline}.cancelled_at IS NULL AND (${deadline}.code <> 'OBJECTION' OR current_office() = 'coordinator')`;
