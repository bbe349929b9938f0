import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, OpenHouseSession, Slip } from '#contract';
import { Clock, Database, DomainError, KeyedHash, newPaperCode, paperCodeFrom, record } from '#platform';
import { Throttle } from './throttle.js';

type Lost = Extract<OpenHouseSession, { by: 'lost' }>;

/**
 * The paper slip of somebody who has neither telephone nor e-mail: shown once, kept as a keyed hash. It opens a session at the House's computer
 * and, typed there by himself, confirms a paper. One is in force; each one made or lost is a fact that names the operator, too.
 */
@Injectable()
export class SlipsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    private readonly throttle: Throttle,
  ) {}

  /** A new slip for who sits there; the last one is waste paper from now on. */
  make(actor: Actor): Promise<Slip> {
    authorize(actor, 'slip.make', null);
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const [code, at] = [newPaperCode(), this.clock.now()];
      const replaced = await this.isMade(tx, actor.id);
      await tx.query(
        `INSERT INTO credentials (person_id, slip_hash, slip_at, changed_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (person_id) DO UPDATE SET slip_hash = $2, slip_at = $3`,
        [actor.id, this.hashes.of('slip', code), at],
      );
      await record(tx, actor, { type: 'person.slip_made', at, data: { personId: actor.id, replaced } });
      return { code, madeAt: at.toISOString() };
    });
  }

  async holderOf(tx: EntityManager, typed: string): Promise<string> {
    const code = paperCodeFrom(typed);
    const [found] = code
      ? ((await tx.query('SELECT person_id AS id FROM credentials WHERE slip_hash = $1', [this.hashes.of('slip', code)])) as {
          id: string;
        }[])
      : [];
    if (!found) throw new DomainError('slip.unknown');
    return found.id;
  }

  /**
   * Who has lost it is known by his document, which the operator looks at, and by a case of his: only who can be reached by nothing and came
   * by the House's computer. The lost slip opens nothing from then on; sitting there he makes another.
   */
  async takeBack(tx: EntityManager, actor: Actor, { number, surname, given }: Lost): Promise<string> {
    const found = (await tx.query(lostBy, [numberFrom(number), surname, given])) as { id: string }[];
    if (found.length !== 1) throw new DomainError('slip.holder_unknown'); // two of one name in a case: the slip alone tells them apart
    const { id } = found[0]!;
    const at = this.clock.now();
    if (await this.isMade(tx, id)) {
      await tx.query('UPDATE credentials SET slip_hash = NULL, slip_at = NULL, changed_at = $2 WHERE person_id = $1', [id, at]);
      await record(tx, actor, { type: 'person.slip_lost', at, data: { personId: id } });
    }
    return id;
  }

  /** Typed at the House's computer by who sits there, in place of a code to a contact that he has not. */
  async requireOwn(tx: EntityManager, actor: Actor, typed: string, network?: string): Promise<void> {
    authorize(actor, 'slip.use', null);
    const taken = await this.throttle.spendAll({ 'slip_guess.network': network, 'slip_guess.everybody': '' });
    if ((await this.holderOf(tx, typed)) !== actor.id) throw new DomainError('slip.unknown');
    await this.throttle.giveBack(taken);
  }

  private async isMade(tx: EntityManager, personId: string): Promise<boolean> {
    const rows = (await tx.query('SELECT 1 FROM credentials WHERE person_id = $1 AND slip_hash IS NOT NULL', [personId])) as object[];
    return rows.length > 0;
  }
}

/** `M-2026-0341`, typed with spaces, in small letters or with a Cyrillic letter. */
const numberFrom = (typed: string) =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()
    .replace(/^М/, 'M');
const lostBy = `
  SELECT DISTINCT q.id FROM cases c JOIN parties p ON p.case_id = c.id JOIN persons q ON q.id = p.person_id
  WHERE c.number = $1 AND lower(q.surname) = lower($2) AND lower(q.given) = lower($3)
    AND q.assurance = 'desk' AND q.email_hash IS NULL AND q.phone_hash IS NULL AND q.disabled_at IS NULL`;
