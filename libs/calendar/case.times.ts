import type { EntityManager } from 'typeorm';
import type { MeetingMode, MeetingNeeds, ResourceView, Side, WorkingHours } from '#contract';
import type { Interval } from '#hours';
import { type AvailabilityService, type SaidTimes, workingDefaults } from '#times';

type Taken = { subject_id: string; kind: 'meeting' | 'open' | 'absence' | 'outside'; starts_at: Date; ends_at: Date };
type Said = {
  person_id: string;
  side: Side | null;
  weekly: WorkingHours['weekly'] | null;
  modes: MeetingMode[] | null;
  buffer_minutes: number | null;
  daily_limit: number | null;
  needs_sealed: Buffer | null;
} & Partial<SaidTimes>;

export type ResourceTimes = Omit<ResourceView, 'closed'> & { meetings: Interval[] };
/** All that bears on the hours of one case. It is gathered for a search or a booking, and forgotten with it. */
export type CaseTimes = {
  mediator: Omit<WorkingHours, 'exceptions'> & { open: Interval[]; absent: Interval[]; outside: Interval[]; meetings: Interval[] };
  parties: { id: string; side: Side; said: SaidTimes | null; needs: MeetingNeeds; meetings: Interval[] }[];
  resources: ResourceTimes[];
};

/** Read past the policies by two definer functions, which answer participants of the case and the desk alone. `besides`: a meeting about to move. */
export async function timesOf(
  tx: EntityManager,
  availability: Pick<AvailabilityService, 'needsOf'>,
  caseId: string,
  within: Interval,
  besides: string | null = null,
): Promise<CaseTimes> {
  const said = (await tx.query('SELECT * FROM times_of($1)', [caseId])) as Said[];
  const taken = (await tx.query('SELECT * FROM calendars_of($1, $2, $3, $4)', [
    caseId,
    new Date(within.from),
    new Date(within.to),
    besides,
  ])) as Taken[];
  const resources = (await tx.query(
    `SELECT id, kind, name, languages, step_free AS "stepFree", weekly, buffer_minutes AS "bufferMinutes" FROM resources WHERE NOT closed ORDER BY name, id`,
  )) as ResourceTimes[];
  const spans = (id: string, kind: Taken['kind']) =>
    taken.filter((one) => one.subject_id === id && one.kind === kind).map((one) => ({ from: +one.starts_at, to: +one.ends_at }));
  const parties = [];
  for (const { person_id: id, side, zone, unavailable, picks, needs_sealed: needs } of said)
    if (side)
      parties.push({
        id,
        side,
        said: zone && unavailable && picks ? { zone, unavailable, picks } : null,
        needs: await availability.needsOf(tx, id, needs),
        meetings: spans(id, 'meeting'),
      });
  const lead = said.find(({ side }) => side === null);
  const defaults = workingDefaults();
  return {
    mediator: {
      weekly: lead?.weekly ?? defaults.weekly,
      modes: lead?.modes ?? defaults.modes,
      bufferMinutes: lead?.buffer_minutes ?? defaults.bufferMinutes,
      dailyLimit: lead?.daily_limit ?? defaults.dailyLimit,
      open: lead ? spans(lead.person_id, 'open') : [],
      absent: lead ? spans(lead.person_id, 'absence') : [],
      outside: lead ? spans(lead.person_id, 'outside') : [],
      meetings: lead ? spans(lead.person_id, 'meeting') : [],
    },
    parties,
    resources: resources.map((one) => ({ ...one, meetings: spans(one.id, 'meeting') })),
  };
}
