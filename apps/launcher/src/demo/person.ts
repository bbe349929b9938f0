import { setTimeout as pause } from 'node:timers/promises';
import { generate } from 'otplib';
import { type CodeSent, dataConsent, type Language, type SessionView } from '#contract';
import type { DemoAccount } from './hire.js';
import type { Inbox } from './inbox.js';
import { type Reply, Visitor } from './visitor.js';

export type Names = { surname: string; given: string; patronymic: string };

/** A refusal where the script expected none: what was asked, and what came back. */
export class Refused extends Error {
  constructor(
    readonly asked: string,
    readonly reply: Reply,
  ) {
    super(`${asked} -> ${reply.status} ${reply.text.slice(0, 300)}`);
  }
}

/** Somebody of the demo or of a scenario: a visitor who reads his own mail and acts through the public interfaces alone. */
export class DemoPerson extends Visitor {
  id = '';
  private account?: { account: DemoAccount; now: () => Date };

  constructor(
    origin: string,
    readonly name: string,
    readonly contact: string,
    private readonly inbox: Inbox,
  ) {
    super(origin);
  }

  /** The reply's body; anything but success is an error that says what was asked. */
  async ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    let reply = await this.call<T>(method, path, body);
    if (reply.status === 401 && this.id) {
      await this.comeBack();
      reply = await this.call<T>(method, path, body);
    }
    if (reply.status >= 300) throw new Refused(`${this.name}: ${method} ${path}`, reply as Reply);
    return reply.body;
  }

  async register({ language, ...names }: Names & { language: Language }) {
    const { codeId } = await this.ask<CodeSent>('POST', '/codes', { purpose: 'register', contact: this.contact, language });
    const code = await this.inbox.code(this.contact);
    this.keep(
      await this.ask<SessionView>('POST', '/people', { codeId, code, language, ...names, consent: { version: dataConsent.version } }),
    );
  }

  /** Password, then the second factor of the given moment. */
  async signIn(account: DemoAccount, now: () => Date) {
    this.account = { account, now };
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.showBoth(account, now);
      } catch (error) {
        if (!(error instanceof Refused) || this.patienceMs === 0 || tries === 5) throw error;
        await pause(4_000); // an answer was lost on the way: that code is used, the next one is not
      }
    }
  }

  private async showBoth(account: DemoAccount, now: () => Date) {
    const session = await this.asked<SessionView>('POST', '/sessions', {
      method: 'password',
      login: account.login,
      password: account.password,
    });
    this.keep(session);
    if (session.secondFactor !== 'needed') return;
    const code = await generate({ secret: account.totpSecret, epoch: Math.floor(now().getTime() / 1000) });
    this.keep(await this.asked<SessionView>('PUT', '/sessions/current/second-factor', { code }));
  }

  /** Sessions end while the clock of a script leaps ahead: staff sign in again, citizens by a one-time code. */
  async comeBack() {
    if (this.account) return this.signIn(this.account.account, this.account.now);
    const { codeId } = await this.asked<CodeSent>('POST', '/codes', { purpose: 'sign_in', contact: this.contact, language: 'kk' });
    this.keep(await this.asked<SessionView>('POST', '/sessions', { method: 'code', codeId, code: await this.inbox.code(this.contact) }));
  }

  private async asked<T>(method: string, path: string, body: unknown): Promise<T> {
    const reply = await this.call<T>(method, path, body);
    if (reply.status >= 300) throw new Refused(`${this.name}: ${method} ${path}`, reply as Reply);
    return reply.body;
  }

  readCode = () => this.inbox.code(this.contact);

  /** Asks for a one-time code and types what arrives. */
  async proof(path: string, asked: object = {}): Promise<{ codeId: string; code: string }> {
    const { codeId } = await this.ask<CodeSent>('POST', path, asked);
    return { codeId, code: await this.inbox.code(this.contact) };
  }

  keep(session: SessionView) {
    this.id = session.person.id;
  }

  invitation = () => this.inbox.invitation(this.contact);
}
