import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import { type Actor, type KeepRelation, bin, iin, type RelationView } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys, violated } from '#platform';

/** Whom a mediator is tied to, kept by himself: with it the cabinet offers him no such case, or asks him to disclose it. Nobody else reads the list. */
@Injectable()
export class RelationsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
  ) {}

  list(actor: Actor): Promise<RelationView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'relation.keep', null);
      requireSignedIn(actor);
      const rows = (await tx.query(
        'SELECT id, label_sealed AS sealed, kind, until::text AS until, bars FROM mediator_relations ORDER BY kept_at, id',
      )) as (Omit<RelationView, 'label'> & { sealed: Buffer })[];
      return Promise.all(
        rows.map(async ({ sealed, ...row }) => ({
          ...row,
          label: await this.keys.open(tx, { scope: 'person', id: actor.id }, sealed, `relation:${row.id}`),
        })),
      );
    });
  }

  /** The number is checked for its form and forgotten; asked twice with one id it is kept once. */
  async keep(actor: Actor, { id, idNumber, label, kind, until, bars }: KeepRelation): Promise<void> {
    if (!iin.safeParse(idNumber).success && !bin.safeParse(idNumber).success)
      throw new DomainError('invalid', { fields: { idNumber: 'iin' } });
    const hash = this.hashes.of('iin', idNumber);
    try {
      await this.db.transaction(actor, async (tx) => {
        authorize(actor, 'relation.keep', null);
        requireSignedIn(actor);
        const sealed = await this.keys.seal(tx, { scope: 'person', id: actor.id }, label, `relation:${id}`);
        await tx.query(
          `INSERT INTO mediator_relations (id, mediator_id, id_number_hash, label_sealed, kind, until, bars, kept_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
          [id, actor.id, hash, sealed, kind, until, bars, this.clock.now()],
        );
      });
    } catch (error) {
      if (violated(error) === 'mediator_relations_once') throw new DomainError('conflict');
      throw error;
    }
  }

  remove(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'relation.keep', null);
      const [, gone] = (await tx.query('DELETE FROM mediator_relations WHERE id = $1', [id])) as [unknown, number];
      if (gone === 0) throw new DomainError('not_found');
    });
  }
}
