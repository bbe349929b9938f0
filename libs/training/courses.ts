import type { Certificate, Course } from '#contract';
import type { Day } from '#hours';
import data from './data/courses.json' with { type: 'json' };

/** A row of data/courses.json: a setting with the days on which it is in force. */
export type CourseRule = {
  code: Course;
  hours: number;
  valid_years: number;
  min_share: number;
  /** As which course the register keeps the certificate: an upgrade renews the general one. */
  register: Certificate['course'];
  effective_from: Day | null;
  effective_to: Day | null;
};

export function courseRule(code: Course, on: Day, rows: readonly CourseRule[] = data.courses as CourseRule[]): CourseRule {
  const inForce = rows.filter(
    (row) => row.code === code && (row.effective_from ?? on) <= on && (row.effective_to === null || on < row.effective_to),
  );
  if (inForce.length !== 1) throw new RangeError(`${inForce.length} rules for the course ${code} on ${on}`);
  return inForce[0]!;
}

export const { issuer } = data;

/** On how many of so many days a person must have been there. */
export const daysNeeded = ({ min_share: share }: CourseRule, days: number): number => Math.ceil(share * days);
