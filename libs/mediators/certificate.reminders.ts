import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { dayOf, endOfDay, kazakhstan, plusDays } from '#hours';
import { Clock, Database, record } from '#platform';
import { noticesBeforeEnd } from './register.rules.js';

const clockwork: Actor = { id: null, role: 'system' };
type Ending = { personId: string; until: string };

/** So many days before a professional mediator's certificate ends he and the desk are told, of each such day once, whichever worker comes first. */
@Injectable()
export class CertificateReminders {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  remindDue(): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const today = dayOf(at.getTime(), kazakhstan.zone);
      const days = noticesBeforeEnd(today);
      const ending = (await tx.query(warn, [today, plusDays(today, Math.max(...days)), days, at])) as Ending[];
      for (const { personId, until } of ending) {
        const dueAt = new Date(endOfDay(until, kazakhstan.zone)).toISOString();
        await record(tx, clockwork, { type: 'register.certificate_ending', at, data: { personId, dueAt } });
      }
      return ending.length;
    });
  }
}

/** Of several such days that have come already the nearest alone; who may not act has other worries. */
const warn = `
  INSERT INTO certificate_warnings (mediator_id, valid_until, days, warned_at)
  SELECT m.person_id, m.certificate_until, (SELECT min(n) FROM unnest($3::smallint[]) n WHERE m.certificate_until <= $1::date + n), $4
  FROM mediators m WHERE m.kind = 'professional' AND m.certificate_until BETWEEN $1::date AND $2::date AND stands_on(m.status, m.status_from, m.status_until, $4)
  ORDER BY m.person_id ON CONFLICT DO NOTHING RETURNING mediator_id AS "personId", valid_until::text AS until`;
