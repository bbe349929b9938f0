import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Actor, type RegisterFile, type EntriesPage, type EntriesQuery, type EntryRow } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { fold, foldings } from '#language';
import { nameOf, type Named } from '#people';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { Mediator } from './mediator.entity.js';
import { openStates } from './mediators.service.js';
import { certificatesOf, detailsOf, historyOf, keptFrom } from './register.records.js';
import { warnedFrom } from './register.rules.js';

type Listed = Named & { id: string; language: 'kk' | 'ru' | 'en'; has_account: boolean };

/** The register as the desk reads it: all of it, whoever may act today and whoever may not. */
@Injectable()
export class RegisterReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    readonly keys: Keys,
    readonly hashes: KeyedHash,
  ) {}

  /** In the Kazakh order of names; found whatever the spelling. A register is read whole: it is of a few hundred, and the fold is not the database's. */
  list(actor: Actor, { search, show, from, limit }: EntriesQuery): Promise<EntriesPage> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.keep', null);
      const today = this.today();
      const rows = new Map((await tx.find(Mediator)).map((row) => [row.personId, row]));
      const fitting = (await namesIn(tx)).filter((one) => {
        const row = rows.get(one.id)!;
        return isFound(search, one, row) && isShown(show, row, today);
      });
      const shown = fitting.slice(from, from + limit);
      const open = await openCasesOf(
        tx,
        shown.map(({ id }) => id),
      );
      return {
        rows: shown.map((one) => rowOf(rows.get(one.id)!, one, open.get(one.id) ?? 0, today)),
        total: fitting.length,
        next: from + limit < fitting.length ? from + limit : null,
      };
    });
  }

  read(actor: Actor, mediatorId: string): Promise<RegisterFile> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.keep', null);
      const row = await tx.findOneBy(Mediator, { personId: mediatorId });
      const [names] = row ? await namesIn(tx, mediatorId) : [];
      if (!row || !names) throw new DomainError('not_found');
      const { surname, given, patronymic, language } = names;
      const certificates = await certificatesOf(tx, mediatorId);
      const details = await detailsOf(tx, this, mediatorId);
      const [hours] = (await tx.query('SELECT modes FROM mediator_hours WHERE person_id = $1', [mediatorId])) as { modes: string[] }[];
      const { status, statusFrom, statusUntil, statusGround } = row;
      return {
        row: rowOf(row, names, (await openCasesOf(tx, [mediatorId])).get(mediatorId) ?? 0, this.today()),
        entry: keptFrom(row, { surname, given, patronymic, language }, details, certificates),
        status,
        statusFrom,
        statusUntil,
        statusGround,
        published: row.publishedAt !== null,
        modes: hours?.modes ?? [],
        mayChange: actor.id !== mediatorId,
        history: await historyOf(tx, mediatorId),
      };
    });
  }

  private today() {
    return dayOf(this.clock.now().getTime(), kazakhstan.zone);
  }
}

const namesIn = (tx: EntityManager, only: string | null = null) =>
  tx.query(
    `SELECT m.person_id AS id, p.surname, p.given, p.patronymic, p.language,
       p.disabled_at IS NULL AND EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = p.id AND r.role = 'mediator') AS has_account
     FROM mediators m JOIN persons p ON p.id = m.person_id WHERE $1::uuid IS NULL OR m.person_id = $1
     ORDER BY p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", m.person_id`,
    [only],
  ) as Promise<Listed[]>;

/** What each carries now, open offers included. */
async function openCasesOf(tx: EntityManager, ids: string[]): Promise<Map<string, number>> {
  const rows = (await tx.query(
    `SELECT id, count(*)::int AS n FROM (
       SELECT mediator_id AS id FROM cases WHERE mediator_id = ANY ($1) AND state = ANY ($2)
       UNION ALL SELECT mediator_id FROM offers WHERE mediator_id = ANY ($1) AND answered_at IS NULL) carried GROUP BY id`,
    [ids, openStates],
  )) as { id: string; n: number }[];
  return new Map(rows.map(({ id, n }) => [id, n]));
}

function isFound(search: string | undefined, names: Named, { registerNumber }: Mediator): boolean {
  if (!search) return true;
  const text = fold(`${nameOf(names)} ${registerNumber}`);
  return foldings(search).some((wanted) => text.includes(wanted));
}

function isShown(show: EntriesQuery['show'], row: Mediator, today: string): boolean {
  const may = row.standingOn(today) === 'active' && row.isCertifiedOn(today);
  if (show === 'expiring') return may && row.certificateUntil !== null && row.certificateUntil <= warnedFrom(today);
  return show === 'all' || may === (show === 'active');
}

function rowOf(row: Mediator, names: Listed, openCases: number, today: string): EntryRow {
  const { personId: id, kind, registerNumber, district, capacity } = row;
  return {
    id,
    kind,
    registerNumber,
    district,
    capacity,
    openCases,
    name: nameOf(names),
    standing: row.standingOn(today),
    certifiedUntil: row.kind === 'professional' ? row.certificateUntil : null,
    certified: row.isCertifiedOn(today),
    hasAccount: names.has_account,
  };
}
