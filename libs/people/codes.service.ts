import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CodeKind, CodePurpose, CodeSent, Language } from '#contract';
import { Clock, DomainError, KeyedHash, Keys, newId } from '#platform';
import { contactHash, type Reach } from './contacts.js';
import { type Spending, Throttle } from './throttle.js';

const livesMs = 10 * 60_000;
const mostAttempts = 5;
/** Codes belong to nobody yet: their sealed copies lie under one key that api and worker hold. */
export const unownedKey = { scope: 'person', id: '00000000-0000-0000-0000-000000000000' } as const;

export type IssueCode = Reach & {
  purpose: CodePurpose;
  /** What the message says, where it differs from what was asked. */
  kind?: CodeKind;
  personId?: string | null;
  /** What the code is for: a paper, an invitation. */
  subjectId?: string | null;
  language: Language;
  network?: string;
  /** A row like any other that is never sent and that no code fits: the asker cannot tell. */
  silent?: boolean;
};
export type CheckCode = { codeId: string; code: string; purpose: CodePurpose; subjectId?: string | null; network?: string };
export type CheckedCode = Reach & { contactHash: Buffer; personId: string | null };
type Row = {
  id: string;
  channel: Reach['channel'];
  contact_hash: Buffer;
  contact_sealed: Buffer | null;
  code_hash: Buffer;
  person_id: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};
type Readable = Row & { contact_sealed: Buffer };

/** One-time codes of six digits: ten minutes, five attempts, one use. The worker delivers them. */
@Injectable()
export class CodesService {
  constructor(
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly throttle: Throttle,
  ) {}

  /** Every outcome costs the same work and answers the same way, so that it tells nobody who is known here. */
  async issue(tx: EntityManager, asked: IssueCode): Promise<CodeSent> {
    await this.throttle.spendAll(budgetsOf(asked));
    const [id, now] = [newId(), this.clock.now()];
    const expiresAt = new Date(now.getTime() + livesMs);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const contactSealed = await this.keys.seal(tx, unownedKey, asked.contact, id);
    const codeSealed = await this.keys.seal(tx, unownedKey, code, id);
    const { channel, silent = false } = asked;
    await tx.query(
      `INSERT INTO one_time_codes (id, purpose, channel, contact_hash, person_id, subject_id, language, contact_sealed, code_sealed, code_hash, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        id,
        asked.kind ?? asked.purpose,
        channel,
        contactHash(this.hashes, asked),
        asked.personId ?? null,
        asked.subjectId ?? null,
        asked.language,
        silent ? null : contactSealed,
        silent ? null : codeSealed,
        this.hashOf(id, code),
        now,
        expiresAt,
      ],
    );
    return { codeId: id, channel, expiresAt: expiresAt.toISOString() };
  }

  /** Uses the code up in the caller's transaction, so that what fails later does not cost the code; a wrong guess stays counted all the same. */
  async check(tx: EntityManager, asked: CheckCode): Promise<CheckedCode> {
    const row = await this.guess(tx, asked);
    const [, used] = (await tx.query('UPDATE one_time_codes SET used_at = $2, contact_sealed = NULL WHERE id = $1 AND used_at IS NULL', [
      row.id,
      this.clock.now(),
    ])) as [unknown, number];
    if (used === 0) throw new DomainError('code.expired');
    const contact = await this.keys.open(tx, unownedKey, row.contact_sealed, row.id);
    return { channel: row.channel, contact, contactHash: row.contact_hash, personId: row.person_id };
  }

  /** Counts before it compares: of fifty guesses at once, five are read. */
  private async guess(tx: EntityManager, { codeId, code, purpose, subjectId = null, network }: CheckCode): Promise<Readable> {
    const taken = await this.throttle.spendAll({ 'code_guess.network': network, 'code_guess.everybody': '' });
    const [row] = (await tx.query('SELECT * FROM one_time_codes WHERE id = $1 AND purpose = $2 AND subject_id IS NOT DISTINCT FROM $3', [
      codeId,
      purpose,
      subjectId,
    ])) as Row[];
    if (!row) throw new DomainError('code.wrong');
    if (row.used_at || row.expires_at <= this.clock.now()) throw new DomainError('code.expired');
    taken.push(await this.throttle.takeIn({ bucket: `code:${row.id}`, window: row.created_at }, mostAttempts, row.expires_at));
    if (!timingSafeEqual(row.code_hash, this.hashOf(codeId, code)) || !isReadable(row)) throw new DomainError('code.wrong');
    await this.throttle.giveBack(taken);
    return row;
  }

  private hashOf(id: string, code: string) {
    return this.hashes.of('code', `${id}:${code}`);
  }
}

/** By what was asked, not by what is sent. */
const budgetsOf = ({ purpose, contact, network }: IssueCode): Spending => ({
  'code.contact': `${purpose}:${contact}`,
  'code.contact_daily': contact,
  'code.network': network,
  'code.everybody': '',
});

/** A silent row has no contact: nobody was sent its code. */
const isReadable = (row: Row): row is Readable => row.contact_sealed !== null;
