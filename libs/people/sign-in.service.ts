import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, AskCode, CodeSent, ResetPassword, ShownCode } from '#contract';
import { requireSignedIn } from '#access';
import { Clock, Database, DomainError, KeyedHash, record } from '#platform';
import { CodesService, type IssueCode } from './codes.service.js';
import { contactHash, holderOf, type Reach, reachFrom } from './contacts.js';
import { isPassword, refuseWeak } from './passwords.js';
import { type From, type Named, nameOf, PeopleService } from './people.service.js';
import { type Opened, SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.js';

type Account = { id: string; disabled: boolean; password_hash: string | null };
const visitor: Actor = { id: null, role: 'visitor' };

/** Ways in: a password, a one-time code, a new password for a forgotten one. None tells a stranger who is known here. */
@Injectable()
export class SignInService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    private readonly codes: CodesService,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
  ) {}

  /** The answer is the same for everybody; what differs is the message, or that there is none. */
  askCode(actor: Actor, { purpose, contact, language }: AskCode, { network }: From): Promise<CodeSent> {
    const reach = reachFrom(contact);
    if (purpose === 'add_contact') requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const sent = await this.whatIsSent(tx, actor, purpose, reach);
      const issued = await this.codes.issue(tx, { ...reach, purpose, language, network, ...sent });
      if (purpose !== 'add_contact' || actor.id === null) return issued;
      const former = await this.people.askFormer(tx, { ...actor, id: actor.id }, { reach, codeId: issued.codeId, language, network });
      return { ...issued, ...(former ? { former: { codeId: former.codeId, expiresAt: former.expiresAt } } : {}) };
    });
  }

  /** Whose login and password these are. Only wrong ones stay counted: per login, whoever asks, and per network, whatever login. */
  async byPassword(login: string, password: string, { network }: From): Promise<string> {
    const reach = readable(login);
    const taken = await this.throttle.spendAll({
      'password_guess.login': reach?.contact ?? login.slice(0, 254),
      'password_guess.network': network,
    });
    const account = reach && (await this.accountOf(reach));
    if (!(await isPassword(account?.password_hash, password)) || !account) throw new DomainError('sign_in.refused');
    await this.throttle.giveBack(taken);
    if (account.disabled) throw new DomainError('person.disabled');
    return account.id;
  }

  byCode(shown: ShownCode, { network }: From): Promise<string> {
    return this.db.transaction(visitor, async (tx) => {
      const { personId } = await this.codes.check(tx, { ...shown, purpose: 'sign_in', network });
      if (!personId) throw new DomainError('code.wrong');
      return personId;
    });
  }

  /** The session of who was just recognised; the one this browser had before ends. */
  open(former: Actor, personId: string, ownDevice: boolean, { device }: From): Promise<Opened> {
    return this.db.transaction(visitor, async (tx) => {
      if (former.id && former.sessionId) await this.sessions.endOne(tx, former.id, former.sessionId);
      return this.sessions.open(tx, { personId, ownDevice, device });
    });
  }

  /** A new password by a code; whoever was signed in with the old one is out. A second factor stays. */
  resetPassword({ password, ...shown }: ResetPassword, { network }: From): Promise<void> {
    return this.db.transaction(visitor, async (tx) => {
      const { personId, contact } = await this.codes.check(tx, { ...shown, purpose: 'reset_password', network });
      if (!personId) throw new DomainError('code.wrong');
      const [person] = (await tx.query('SELECT surname, given, patronymic, disabled_at FROM persons WHERE id = $1', [
        personId,
      ])) as (Named & {
        disabled_at: Date | null;
      })[];
      if (!person || person.disabled_at) throw new DomainError('person.disabled');
      refuseWeak(password, [nameOf(person), contact]);
      await this.people.setPassword(tx, personId, password);
      await this.sessions.endAll(tx, personId);
      await record(tx, visitor, { type: 'person.password_changed', at: this.clock.now(), data: { personId } });
    });
  }

  private async whatIsSent(tx: EntityManager, actor: Actor, purpose: AskCode['purpose'], reach: Reach): Promise<Partial<IssueCode>> {
    const known = await holderOf(tx, contactHash(this.hashes, reach));
    if (purpose === 'add_contact') return { personId: actor.id };
    if (purpose === 'register') return known ? { kind: 'already_registered', personId: known.id } : {};
    return known && !known.disabled ? { personId: known.id } : { silent: true };
  }

  private async accountOf(reach: Reach): Promise<Account | null> {
    const [row] = await this.db.look<Account>(
      `SELECT p.id, p.disabled_at IS NOT NULL AS disabled, c.password_hash
       FROM persons p LEFT JOIN credentials c ON c.person_id = p.id WHERE p.email_hash = $1 OR p.phone_hash = $1`,
      [contactHash(this.hashes, reach)],
    );
    return row ?? null;
  }
}

/** What is neither an address nor a phone is a login nobody has. */
function readable(login: string): Reach | null {
  try {
    return reachFrom(login);
  } catch {
    return null;
  }
}
