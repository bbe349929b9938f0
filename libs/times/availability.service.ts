import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import { type Actor, type Availability, type AvailabilityView, houseZone, type MeetingNeeds } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import { scheduling } from './times.rules.js';

type Row = { zone: string; unavailable: Availability['unavailable']; picks: Availability['picks']; needs: Buffer | null; saidAt: Date };
/** What the finder is told of a person's time (function times_of). */
export type SaidTimes = Pick<Row, 'zone' | 'unavailable' | 'picks'>;

const noNeeds: MeetingNeeds = { interpreter: null, stepFree: false };
const horizonMs = scheduling.search_days * 86_400_000;

/** A person's own times and needs. Only the person reads them; what somebody needs is sealed, for it may tell of health. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  show(actor: Actor): Promise<AvailabilityView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => this.read(tx, actor.id));
  }

  keep(actor: Actor, said: Availability): Promise<AvailabilityView> {
    requireSignedIn(actor);
    const now = this.clock.now();
    requireWithinHorizon(said, now);
    return this.db.transaction(actor, async (tx) => {
      const needs = await this.keys.seal(tx, { scope: 'person', id: actor.id }, JSON.stringify(said.needs), 'needs');
      await tx.query(
        `INSERT INTO availabilities (person_id, zone, unavailable, picks, needs_sealed, said_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person_id) DO UPDATE SET zone = excluded.zone, unavailable = excluded.unavailable, picks = excluded.picks,
           needs_sealed = excluded.needs_sealed, said_at = excluded.said_at`,
        [actor.id, said.zone, JSON.stringify(said.unavailable), JSON.stringify(said.picks), needs, now],
      );
      return this.read(tx, actor.id);
    });
  }

  /** What a person needs to take part, opened for the finder and forgotten. */
  async needsOf(tx: EntityManager, personId: string, sealed: Buffer | null): Promise<MeetingNeeds> {
    if (!sealed) return noNeeds;
    return JSON.parse(await this.keys.open(tx, { scope: 'person', id: personId }, sealed, 'needs')) as MeetingNeeds;
  }

  private async read(tx: EntityManager, personId: string): Promise<AvailabilityView> {
    const [row] = (await tx.query(
      `SELECT zone, unavailable, picks, needs_sealed AS needs, said_at AS "saidAt" FROM availabilities WHERE person_id = $1`,
      [personId],
    )) as Row[];
    if (!row) return { zone: houseZone, unavailable: [], picks: [], needs: noNeeds, saidAt: null };
    const { zone, unavailable, picks, needs, saidAt } = row;
    return { zone, unavailable, picks, needs: await this.needsOf(tx, personId, needs), saidAt: saidAt.toISOString() };
  }
}

/** Three months ahead is as far as anybody is asked to look. */
function requireWithinHorizon({ unavailable, picks }: Availability, now: Date) {
  const last = +now + horizonMs;
  const far = [
    ...unavailable.flatMap(({ to }, at) => (Date.parse(to) > last ? [`unavailable.${at}.to`] : [])),
    ...picks.flatMap(({ to }, at) => (Date.parse(to) > last ? [`picks.${at}.to`] : [])),
  ];
  const past = picks.flatMap(({ from }, at) => (Date.parse(from) < +now ? [`picks.${at}.from`] : []));
  const fields = Object.fromEntries([...far.map((name) => [name, 'date']), ...past.map((name) => [name, 'past'])]) as Record<
    string,
    string
  >;
  if (Object.keys(fields).length > 0) throw new DomainError('invalid', { fields });
}
