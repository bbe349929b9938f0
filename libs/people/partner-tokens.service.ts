import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, MadePartnerToken, MakePartnerToken, PartnerScope, PartnerTokenRow, SignedIn } from '#contract';
import { Clock, Database, DomainError, newId, record } from '#platform';
import { type Named, nameOf } from './people.service.js';

type Row = Named & {
  id: string;
  name: string;
  personId: string;
  courtId: string;
  scopes: PartnerScope[];
  madeAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};
const [dayMs, minuteMs] = [86_400_000, 60_000];
const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Tokens with which a court's own system acts for one of its clerks. Told once, kept as a hash, judged anew at every request. */
@Injectable()
export class PartnerTokensService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Wrong, expired, revoked, of somebody who was shut out or has left the office: all nobody. */
  async authenticate(token: string): Promise<{ actor: SignedIn; scopes: PartnerScope[] } | null> {
    const now = this.clock.now();
    const [found] = await this.db.look<{
      id: string;
      person_id: string;
      court_id: string;
      scopes: PartnerScope[];
      last_used_at: Date | null;
    }>(
      `SELECT t.id, t.person_id, t.court_id, t.scopes, t.last_used_at FROM partner_tokens t JOIN persons p ON p.id = t.person_id AND p.disabled_at IS NULL
       JOIN person_roles r ON r.person_id = t.person_id AND r.role = 'court' AND r.court_id = t.court_id
       WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2`,
      [hashOf(token), now],
    );
    if (!found) return null;
    if (now.getTime() - (found.last_used_at?.getTime() ?? 0) >= minuteMs)
      await this.db.look('UPDATE partner_tokens SET last_used_at = $2 WHERE id = $1', [found.id, now]);
    return { actor: { id: found.person_id, role: 'court', courtId: found.court_id, sessionId: null }, scopes: found.scopes };
  }

  list(actor: Actor): Promise<PartnerTokenRow[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const rows = (await tx.query(
        `SELECT t.id, t.name, t.person_id AS "personId", t.court_id AS "courtId", t.scopes, t.made_at AS "madeAt", t.expires_at AS "expiresAt",
           t.last_used_at AS "lastUsedAt", t.revoked_at AS "revokedAt", p.surname, p.given, p.patronymic
         FROM partner_tokens t JOIN persons p ON p.id = t.person_id ORDER BY t.id DESC LIMIT 200`,
      )) as Row[];
      return rows.map((row) => this.view(row));
    });
  }

  make(actor: Actor, { name, personId, scopes, days }: MakePartnerToken): Promise<MadePartnerToken> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const [clerk] = (await tx.query(
        `SELECT r.court_id AS "courtId", p.surname, p.given, p.patronymic FROM person_roles r JOIN persons p ON p.id = r.person_id AND p.disabled_at IS NULL
         WHERE r.person_id = $1 AND r.role = 'court'`,
        [personId],
      )) as (Named & { courtId: string })[];
      if (!clerk) throw new DomainError('role.not_held');
      const [id, token, madeAt] = [newId(), `kelisim_${randomBytes(32).toString('base64url')}`, this.clock.now()];
      const expiresAt = new Date(madeAt.getTime() + days * dayMs);
      await tx.query(
        `INSERT INTO partner_tokens (id, name, token_hash, person_id, court_id, scopes, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, name, hashOf(token), personId, clerk.courtId, scopes, actor.id, madeAt, expiresAt],
      );
      await record(tx, actor, { type: 'partner.token_made', at: madeAt, data: { tokenId: id, personId, courtId: clerk.courtId } });
      return { ...this.view({ ...clerk, id, name, personId, scopes, madeAt, expiresAt, lastUsedAt: null, revokedAt: null }), token };
    });
  }

  revoke(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const at = this.clock.now();
      const [, revoked] = (await tx.query('UPDATE partner_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, at])) as [
        object[],
        number,
      ];
      if (revoked === 0) throw new DomainError('not_found');
      await record(tx, actor, { type: 'partner.token_revoked', at, data: { tokenId: id } });
    });
  }

  private view({ id, name, personId, courtId, scopes, madeAt, expiresAt, lastUsedAt, revokedAt, ...person }: Row): PartnerTokenRow {
    return {
      id,
      name,
      personId,
      personName: nameOf(person),
      courtId,
      scopes,
      madeAt: madeAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      state: revokedAt ? 'revoked' : expiresAt <= this.clock.now() ? 'expired' : 'open',
    };
  }
}
