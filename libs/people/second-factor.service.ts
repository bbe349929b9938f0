import { Injectable } from '@nestjs/common';
import { generateSecret, generateURI, verify } from 'otplib';
import type { EntityManager } from 'typeorm';
import type { Actor, SecondFactorStart } from '#contract';
import { authorize, requireSignedIn } from '#access';
import { Clock, Database, DomainError, Keys, record } from '#platform';
import { type Opened, SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.js';

type Row = { totp_sealed: Buffer | null; totp_confirmed_at: Date | null; totp_last_step: string };

/** Time-based one-time passwords (RFC 6238): six digits, 30 seconds, one step of drift; a step opens once. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
  ) {}

  /** A secret to scan. Until it is confirmed, a new start replaces it. */
  start(actor: Actor): Promise<SecondFactorStart> {
    requireSignedIn(actor);
    const { id } = actor;
    return this.db.transaction(actor, async (tx) => {
      await tx.query('INSERT INTO credentials (person_id, changed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, this.clock.now()]);
      if ((await lock(tx, id)).totp_confirmed_at) throw new DomainError('second_factor.already_set');
      const secret = generateSecret();
      const sealed = await this.keys.seal(tx, { scope: 'person', id }, secret, 'totp');
      await tx.query('UPDATE credentials SET totp_sealed = $2, totp_last_step = 0, changed_at = $3 WHERE person_id = $1', [
        id,
        sealed,
        this.clock.now(),
      ]);
      const [person] = (await tx.query('SELECT surname, given FROM persons WHERE id = $1', [id])) as { surname: string; given: string }[];
      return { secret, uri: generateURI({ issuer: 'Kelisim', label: `${person!.surname} ${person!.given}`, secret }) };
    });
  }

  /** The first right code sets the factor; sessions opened without it end. */
  confirm(actor: Actor, code: string): Promise<Opened> {
    return this.guess(actor, async (tx, id, sessionId) => {
      if ((await lock(tx, id)).totp_confirmed_at) throw new DomainError('second_factor.already_set');
      await this.useStep(tx, id, code);
      await tx.query('UPDATE credentials SET totp_confirmed_at = $2, changed_at = $2 WHERE person_id = $1', [id, this.clock.now()]);
      await this.sessions.endAll(tx, id, { except: sessionId });
      await record(tx, actor, { type: 'person.second_factor_set', at: this.clock.now(), data: { personId: id } });
      return this.sessions.replace(tx, sessionId, { secondFactorAt: this.clock.now() });
    });
  }

  /** The code at sign-in. */
  pass(actor: Actor, code: string): Promise<Opened> {
    return this.guess(actor, async (tx, id, sessionId) => {
      if (!(await lock(tx, id)).totp_confirmed_at) throw new DomainError('second_factor.wrong');
      await this.useStep(tx, id, code);
      return this.sessions.replace(tx, sessionId, { secondFactorAt: this.clock.now() });
    });
  }

  /** A lost factor, restored at the desk: the person was seen there, and sets a new one at the next sign-in. Nobody does it for himself. */
  reset(actor: Actor, personId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      if (actor.id === personId) throw new DomainError('conflict');
      const [, known] = (await tx.query(
        'UPDATE credentials SET totp_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = 0, changed_at = $2 WHERE person_id = $1 AND totp_sealed IS NOT NULL',
        [personId, this.clock.now()],
      )) as [unknown, number];
      if (known === 0) throw new DomainError('not_found');
      await this.sessions.endAll(tx, personId);
      await record(tx, actor, { type: 'person.second_factor_reset', at: this.clock.now(), data: { personId } });
    });
  }

  /** Five wrong codes in five minutes, however many ask at once. */
  private async guess(actor: Actor, work: (tx: EntityManager, id: string, sessionId: string) => Promise<Opened>): Promise<Opened> {
    requireSignedIn(actor);
    const { id, sessionId } = actor;
    if (!sessionId) throw new DomainError('unauthenticated');
    const taken = await this.throttle.spend('second_factor_guess.person', id);
    const opened = await this.db.transaction(actor, (tx) => work(tx, id, sessionId));
    await this.throttle.giveBack([taken]);
    return opened;
  }

  /** A code seen over a shoulder is of no use: its step, and every earlier one, is spent. The row is locked. */
  private async useStep(tx: EntityManager, id: string, code: string): Promise<void> {
    const row = await lock(tx, id);
    if (!row.totp_sealed) throw new DomainError('second_factor.wrong');
    const secret = await this.keys.open(tx, { scope: 'person', id }, row.totp_sealed, 'totp');
    const epoch = Math.floor(this.clock.now().getTime() / 1000);
    const checked = await verify({ secret, token: code, epoch, epochTolerance: 30 });
    const step = checked.valid && 'timeStep' in checked ? checked.timeStep : 0;
    if (step <= Number(row.totp_last_step)) throw new DomainError('second_factor.wrong');
    await tx.query('UPDATE credentials SET totp_last_step = $2 WHERE person_id = $1', [id, step]);
  }
}

async function lock(tx: EntityManager, personId: string): Promise<Row> {
  const [row] = (await tx.query('SELECT totp_sealed, totp_confirmed_at, totp_last_step FROM credentials WHERE person_id = $1 FOR UPDATE', [
    personId,
  ])) as Row[];
  if (!row) throw new DomainError('second_factor.wrong');
  return row;
}
