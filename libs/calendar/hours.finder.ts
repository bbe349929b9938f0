import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { type Case, findCase, subjectOf } from '#cases';
import type { Actor, AskHours, CommonHours } from '#contract';
import type { Interval } from '#hours';
import { Clock, Database } from '#platform';
import { AvailabilityService, scheduling } from '#times';
import { timesOf } from './case.times.js';
import { type Found, isFree, searchHours, wantedOf } from './common.hours.js';

const [hour, day] = [3_600_000, 86_400_000];

/** Hours that suit all. The mediator and the desk may look, and learn what binds; a party gets hours, or "none", and nothing else. */
@Injectable()
export class HoursFinder {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly availability: AvailabilityService,
  ) {}

  look(actor: Actor, caseId: string, ask: AskHours): Promise<CommonHours> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'meeting.search', await subjectOf(tx, found));
      const { hours, binding } = await this.search(tx, found, ask);
      const seen = [];
      for (const { from, to, afterTerm } of hours)
        seen.push({
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          afterTerm,
          place: await this.placeAt(tx, caseId, ask, { from, to }),
        });
      return { hours: seen, binding };
    });
  }

  /** From tomorrow on, as far ahead as parties say their times. `besides`: a meeting that is to move is not in its own way. */
  async search(tx: EntityManager, { id, termEndsAt }: Case, ask: AskHours, besides: string | null = null): Promise<Found> {
    const now = +this.clock.now();
    const within = { from: now + scheduling.search_notice_hours * hour, to: now + scheduling.search_days * day };
    const times = await this.times(tx, id, { from: within.from - day, to: within.to + day }, besides);
    return searchHours(times, { ...ask, within, termEndsAt: termEndsAt ? +termEndsAt : null });
  }

  times(tx: EntityManager, caseId: string, within: Interval, besides: string | null = null) {
    return timesOf(tx, this.availability, caseId, within, besides);
  }

  private async placeAt(tx: EntityManager, caseId: string, { mode }: AskHours, span: Interval): Promise<string | null> {
    if (mode !== 'in_person') return null;
    const { place } = wantedOf(await this.times(tx, caseId, span), mode);
    return place?.find((one) => isFree(one, span))?.name ?? null;
  }
}
