import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, FairnessBoard, FairnessQuery, FairnessRow } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database } from '#platform';
import { groupOf, groupsBy } from './fairness.js';
import { Mediator } from './mediator.entity.js';

type Counted = Pick<FairnessRow, 'name' | 'open' | 'offered' | 'accepted' | 'declined' | 'expired' | 'hours'> & { id: string };

/** Whether work falls evenly on those who may take it today: numbers by mediator, read through a function that knows no case. */
@Injectable()
export class FairnessService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  board(actor: Actor, { months }: FairnessQuery): Promise<FairnessBoard> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.keep', null);
      const until = this.clock.now();
      const since = new Date(until);
      since.setUTCMonth(since.getUTCMonth() - months);
      const counted = (await tx.query(facts, [since, until])) as Counted[];
      const register = new Map((await tx.find(Mediator)).map((row) => [row.personId, row]));
      const today = dayOf(until.getTime(), kazakhstan.zone);
      const rows = counted.flatMap((one) => rowOf(one, register.get(one.id)!, today));
      return {
        since: since.toISOString(),
        until: until.toISOString(),
        mediators: rows,
        all: groupOf(null, rows),
        byLanguage: groupsBy(rows, ({ languages }) => languages),
        byDistrict: groupsBy(rows, ({ district }) => [district]),
      };
    });
  }
}

/** Of whoever may not take a case today nothing is measured: he is not passed over. */
function rowOf({ id, ...counted }: Counted, row: Mediator, today: string): FairnessRow[] {
  if (row.registerEntryDate > today || row.standingOn(today) !== 'active' || !row.isCertifiedOn(today)) return [];
  return [{ mediatorId: id, ...counted, languages: row.languages, district: row.district, capacity: row.capacity }];
}

/** Who can sign in and act, in the Kazakh order of names. */
const facts = `
  SELECT f.mediator_id AS id, concat_ws(' ', p.surname, p.given) AS name, f.open, f.offered, f.accepted, f.declined, f.expired, f.hours
  FROM fairness_facts($1, $2) f JOIN persons p ON p.id = f.mediator_id AND p.disabled_at IS NULL
  WHERE EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = p.id AND r.role = 'mediator')
  ORDER BY f.accepted DESC, p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", p.id`;
