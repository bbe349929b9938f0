import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { MailEvent } from '#contract';
import { Clock, CONFIG, type Config, Database, DomainError, newId, violated } from '#platform';

/** As it came over the line. */
export type Told = { id: string; timestamp: string; signature: string; body: Buffer };

const system = { id: null, role: 'system' } as const;
const staleMs = 5 * 60_000;

/**
 * What a mail provider tells of a mail it had taken, signed by the Standard Webhooks rules: HMAC-SHA256 over id, time and body. Forged, old
 * or told twice is refused; the worker follows what is noted (delivery/bounces.ts).
 */
@Injectable()
export class BouncesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async take(provider: string, told: Told): Promise<void> {
    const secret = Object.hasOwn(this.config.BOUNCE_SECRETS, provider) && this.config.BOUNCE_SECRETS[provider];
    if (!secret) throw new DomainError('not_found');
    if (!this.isFresh(told) || !isSigned(secret, told)) throw new DomainError('unauthenticated');
    const read = MailEvent.safeParse(parsed(told.body));
    if (!read.success) throw new DomainError('invalid');
    const { type, messageId, status } = read.data;
    const row = [newId(), provider, told.id, messageId, type.slice('email.'.length), status, this.clock.now()];
    try {
      await this.db.transaction(system, (tx) => tx.query(note, row));
    } catch (error) {
      throw violated(error) === 'bounces_once' ? new DomainError('conflict') : error;
    }
  }

  private isFresh({ timestamp }: Told) {
    return /^\d{1,12}$/.test(timestamp) && Math.abs(this.clock.now().getTime() - Number(timestamp) * 1000) <= staleMs;
  }
}

const note =
  'INSERT INTO bounces (id, provider, event_key, notification_id, verdict, status, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)';

/** Several signatures may stand there while a secret is changed. */
function isSigned(secret: Buffer, { id, timestamp, signature, body }: Told): boolean {
  const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
