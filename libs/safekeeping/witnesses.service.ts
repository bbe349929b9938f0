import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AuditWitness, NameWitness } from '#contract';
import { Clock, Database, DomainError, Keys, newId } from '#platform';

type Row = { id: string; name: string; email: Buffer; language: AuditWitness['language']; since: Date; until: Date | null };
/** Addresses of who has no account lie under one key that api and worker hold; the label binds each to its row. */
const unowned = { scope: 'person', id: '00000000-0000-0000-0000-000000000000' } as const;

/** Who is mailed the root of every day, so that a chain written anew is found by what somebody outside has kept. */
@Injectable()
export class WitnessesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor): Promise<AuditWitness[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'witness.keep', null);
      const rows = (await tx.query(
        'SELECT id, name, email_sealed AS email, language, since, until FROM audit_witnesses ORDER BY until IS NOT NULL, since, id',
      )) as Row[];
      return Promise.all(
        rows.map(async ({ email, since, until, ...row }) => ({
          ...row,
          email: await this.keys.open(tx, unowned, email, row.id),
          since: since.toISOString(),
          until: until?.toISOString() ?? null,
        })),
      );
    });
  }

  name(actor: Actor, { name, email, language }: NameWitness): Promise<AuditWitness[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'witness.keep', null);
      requireSignedIn(actor);
      const id = newId();
      await tx.query('INSERT INTO audit_witnesses (id, name, email_sealed, language, made_by, since) VALUES ($1, $2, $3, $4, $5, $6)', [
        id,
        name,
        await this.keys.seal(tx, unowned, email, id),
        language,
        actor.id,
        this.clock.now(),
      ]);
      return this.list(actor);
    });
  }

  /** What was sent stays where it was sent; no more follows. */
  end(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'witness.keep', null);
      const [, ended] = (await tx.query('UPDATE audit_witnesses SET until = $2 WHERE id = $1 AND until IS NULL', [
        id,
        this.clock.now(),
      ])) as [unknown, number];
      if (ended === 0) throw new DomainError('not_found');
    });
  }
}
