import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, Language, PostLetter, Side } from '#contract';
import { renderPdf } from '#documents';
import { fullName } from '#language';
import { Clock, CONFIG, type Config, Database, DomainError, Keys, newId, record } from '#platform';
import { notOwn } from './deliveries.service.js';
import { type Template, type TemplateName, templates, type Values } from './rules/templates.js';
import { Addresses } from './texts/addresses.js';
import { writeLetter } from './texts/letter.js';
import { MissingVariable } from './texts/write.js';

type Row = {
  template: TemplateName;
  language: Language;
  values: Values;
  checkCode: string;
  legal: boolean;
  caseId: string;
  number: string | null;
  at: Date;
  partyId: string | null;
  side: Side | null;
  organisation: string | null;
  surname: string;
  given: string;
  patronymic: string | null;
};
type Opened = { invitationId: string; code: string };

/** Notices on paper: what the desk prints, and that it was posted. */
@Injectable()
export class LettersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'WEB_ORIGIN'>,
  ) {}

  /** The same page whenever it is asked for. Printing the code of an invitation is a fact of the case. */
  async print(actor: Actor, noticeId: string): Promise<{ number: string; pdf: Uint8Array }> {
    const { letter, invited } = await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const found = await findLetter(tx, noticeId);
      const isInvitation = (templates[found.template] as Template).secret === 'invitation';
      const opened = isInvitation ? await this.invitation(tx, found) : undefined;
      if (opened)
        await record(tx, actor, {
          type: 'invitation.printed',
          caseId: found.caseId,
          at: this.clock.now(),
          data: { invitationId: opened.invitationId },
        });
      return { letter: found, invited: opened };
    });
    return { number: letter.number ?? letter.checkCode, pdf: await renderPdf(this.paperOf(letter, invited)) };
  }

  /** Once. Who posted it and when stands among the tries and in the case's chain; the number of a registered letter is its receipt. */
  async post(actor: Actor, noticeId: string, { track }: PostLetter): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const { caseId, side } = await findLetter(tx, noticeId);
      const at = this.clock.now();
      const [row] = (await tx.query('SELECT post_letter($1, $2, $3, $4) AS done', [noticeId, newId(), track || null, at])) as [
        { done: boolean },
      ];
      if (!row.done) throw new DomainError('conflict');
      await record(tx, actor, { type: 'notice.posted', caseId, at, data: { noticeId, ...(side ? { side } : {}) } });
    });
  }

  private paperOf(found: Row, opened?: Opened) {
    const { template, language, values, caseId, checkCode, legal, at } = found;
    const letter = { template, language, values, caseId, checkCode, isLegal: legal, ...(opened ? { code: opened.code } : {}) };
    try {
      return writeLetter(letter, new Addresses(this.config.WEB_ORIGIN[0] ?? ''), { name: found.organisation ?? fullName(found), at });
    } catch (error) {
      throw error instanceof MissingVariable ? new DomainError('conflict') : error;
    }
  }

  /** As long as it can be answered. */
  private async invitation(tx: EntityManager, { partyId }: Row): Promise<Opened> {
    const [open] = (await tx.query(
      `SELECT id, code_sealed AS code FROM invitations WHERE party_id = $1 AND answered_at IS NULL AND revoked_at IS NULL AND code_sealed IS NOT NULL
         AND expires_at > $2 ORDER BY round DESC LIMIT 1`,
      [partyId, this.clock.now()],
    )) as { id: string; code: Buffer }[];
    if (!open || !partyId) throw new DomainError('not_found');
    return { invitationId: open.id, code: await this.keys.open(tx, { scope: 'party', id: partyId }, open.code, 'invitation') };
  }
}

async function findLetter(tx: EntityManager, id: string): Promise<Row> {
  const [found] = (await tx.query(
    `SELECT n.template, n.language, n.variables AS values, n.check_code AS "checkCode", n.legal, n.case_id AS "caseId", c.number, n.created_at AS at,
       y.id AS "partyId", y.side, y.organisation, coalesce(y.surname, q.surname, '') AS surname, coalesce(y.given, q.given, '') AS given,
       CASE WHEN y.id IS NULL THEN q.patronymic ELSE y.patronymic END AS patronymic
     FROM notifications n JOIN cases c ON c.id = n.case_id
     LEFT JOIN LATERAL (SELECT * FROM parties p WHERE p.case_id = n.case_id AND (p.id = n.recipient_id OR p.person_id = n.recipient_id) LIMIT 1) y ON true
     LEFT JOIN persons q ON q.id = n.recipient_id
     WHERE n.id = $1 AND n.channel = 'letter' AND n.state <> 'suppressed' AND ${notOwn}`,
    [id],
  )) as Row[];
  if (!found) throw new DomainError('not_found');
  return found;
}
