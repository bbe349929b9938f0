import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { ReferenceService } from '#cases';
import type { Actor, CaseState, ExportJournal } from '#contract';
import { dateInWords, timeInWords, translate } from '#language';
import { Database } from '#platform';
import { csvOf } from './report.files.js';

type Row = {
  number: string | null;
  category: string;
  state: CaseState;
  filed_at: Date | null;
  contract_at: Date | null;
  starts_at: Date | null;
  called_off: boolean;
  outcome: 'held' | 'missed' | null;
  minutes: number | null;
};
const columns = ['case', 'category', 'state', 'filed', 'contract', 'session', 'hour', 'minutes', 'outcome'] as const;

/** The journal a mediator keeps of his own cases: facts of each case and of its sessions. No names, no words; a case handed over is another's to keep. */
@Injectable()
export class JournalService {
  constructor(
    private readonly db: Database,
    private readonly reference: ReferenceService,
  ) {}

  async export(actor: Actor, { language }: ExportJournal): Promise<{ name: string; bytes: Uint8Array }> {
    authorize(actor, 'register.own', null);
    requireSignedIn(actor);
    const { categories } = await this.reference.read();
    const named = (code: string) => categories.find((one) => one.code === code)?.name[language] ?? code;
    const rows = await this.db.transaction(actor, (tx) => rowsOf(tx, actor.id));
    const day = (at: Date | null) => (at ? dateInWords(language, at) : '');
    const table = rows.map((row) => [
      row.number,
      named(row.category),
      translate(language, `states.${row.state}.name`),
      day(row.filed_at),
      day(row.contract_at),
      day(row.starts_at),
      row.starts_at ? timeInWords(row.starts_at) : '',
      row.minutes,
      outcomeOf(row, language),
    ]);
    const head = columns.map((column) => translate(language, `mediators.journal.${column}`));
    return { name: `kelisim-journal-${language}.csv`, bytes: new TextEncoder().encode(csvOf([head, ...table])) };
  }
}

function outcomeOf({ starts_at, called_off, outcome }: Row, language: ExportJournal['language']) {
  if (!starts_at) return '';
  return translate(language, `mediators.journal.outcome.${called_off ? 'called_off' : (outcome ?? 'planned')}`);
}

/** A row for each session, and one for a case that has none. */
const rowsOf = (tx: EntityManager, mediatorId: string) =>
  tx.query(
    `SELECT c.number, c.category, c.state, c.filed_at, c.contract_at, lower(m.during) AS starts_at, m.cancelled_at IS NOT NULL AS called_off,
       k.outcome, CASE WHEN k.outcome = 'held' THEN round(k.ran_seconds / 60.0)::int END AS minutes
     FROM cases c LEFT JOIN meetings m ON m.case_id = c.id LEFT JOIN meeting_courses k ON k.meeting_id = m.id
     WHERE c.mediator_id = $1 ORDER BY c.filed_at, c.id, lower(m.during), m.id`,
    [mediatorId],
  ) as Promise<Row[]>;
