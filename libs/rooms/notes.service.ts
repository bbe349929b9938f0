import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, NoteView, WriteNote } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';

type Row = { id: string; party_id: string | null; body: Buffer; written_at: Date };
type Words = Pick<WriteNote, 'issue' | 'body'>;

/** What a mediator writes down for himself, about a party and an issue. Row-level security shows it to nobody else, and to him no more once he left. */
@Injectable()
export class NotesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor, caseId: string): Promise<NoteView[]> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await requireOwn(tx, caseId);
      const rows = (await tx.query('SELECT id, party_id, body, written_at FROM notes WHERE case_id = $1 ORDER BY written_at, id', [
        caseId,
      ])) as Row[];
      const notes: NoteView[] = [];
      for (const { id, party_id: partyId, body, written_at: at } of rows) {
        const words = JSON.parse(await this.keys.open(tx, { scope: 'case', id: caseId }, body, placeOf(id, actor.id))) as Words;
        notes.push({ id, partyId, ...words, writtenAt: at.toISOString() });
      }
      return notes;
    });
  }

  /** The same id again writes the same note anew; an empty one is taken away. */
  async write(actor: Actor, caseId: string, { id, partyId, issue, body }: WriteNote): Promise<NoteView[]> {
    requireSignedIn(actor);
    await this.db.transaction(actor, async (tx) => {
      await requireOwn(tx, caseId);
      if (!body.trim()) return tx.query('DELETE FROM notes WHERE id = $1 AND case_id = $2', [id, caseId]);
      await requirePartyOf(tx, caseId, partyId);
      const sealed = await this.keys.seal(tx, { scope: 'case', id: caseId }, JSON.stringify({ issue, body }), placeOf(id, actor.id));
      const [written] = (await tx.query(
        `INSERT INTO notes (id, case_id, author_id, party_id, body, written_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET party_id = excluded.party_id, body = excluded.body, written_at = excluded.written_at
           WHERE notes.case_id = excluded.case_id AND notes.author_id = excluded.author_id RETURNING id`,
        [id, caseId, actor.id, partyId, sealed, this.clock.now()],
      )) as object[];
      if (!written) throw new DomainError('not_found');
    });
    return this.list(actor, caseId);
  }
}

const placeOf = (id: string, authorId: string) => `note:${id}:${authorId}`;

/** The mediator of this case, and nobody else: to others there are no notes. */
async function requireOwn(tx: EntityManager, caseId: string) {
  const [found] = (await tx.query(
    `SELECT 1 FROM cases WHERE id = $1 AND mediator_id = current_person() AND current_office() = 'mediator'`,
    [caseId],
  )) as object[];
  if (!found) throw new DomainError('not_found');
}

async function requirePartyOf(tx: EntityManager, caseId: string, partyId: string | null) {
  if (partyId === null) return;
  const [found] = (await tx.query('SELECT 1 FROM parties WHERE id = $1 AND case_id = $2', [partyId, caseId])) as object[];
  if (!found) throw new DomainError('not_found');
}
