import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { EntityManager } from 'typeorm';
import type { LiveHint } from '#contract';
import type { Planned } from '#notifications';
import { CONFIG, type Config } from '#platform';
import { type HintAudience, reactions } from './reactions.js';
import { REDIS } from './redis.js';

export type Relayed = { id: string; type: string; caseId: string | null };
type Known = {
  caseId: string;
  isDraft: boolean;
  courtId: string | null;
  sideA: string[];
  sideB: string[];
  mediatorId: string | null;
  offered: string[];
};

/** Tells the api processes whose pages may look again. Ids only, and a loss does no harm: pages also look when they come back. */
@Injectable()
export class Hints {
  private readonly channel: string;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) { QUEUE_PREFIX }: Config,
  ) {
    this.channel = `${QUEUE_PREFIX}:live`;
  }

  /** Who stands where is read with the facts; `publish` is called when they are on their way. */
  async of(tx: EntityManager, events: Relayed[]): Promise<LiveHint[]> {
    const caseIds = [...new Set(events.flatMap(({ caseId }) => caseId ?? []))];
    const known = new Map(caseIds.length > 0 ? (await standing(tx, caseIds)).map((one) => [one.caseId, one]) : []);
    return events.flatMap(({ type, caseId }) => {
      const hint = hintOf((reactions as Record<string, readonly HintAudience[]>)[type] ?? [], caseId, known.get(caseId ?? ''));
      return hint.personIds.length > 0 || hint.courtId || hint.desk ? [hint] : [];
    });
  }

  /** A person's own centre has something new. */
  ofNotices(planned: Planned[]): LiveHint[] {
    const personIds = [...new Set(planned.filter(({ channel }) => channel === 'in_app').map(({ recipientId }) => recipientId))];
    return personIds.length > 0 ? [{ caseId: null, personIds, courtId: null, desk: false, notice: true }] : [];
  }

  /** In one write, and what reads the same once: a burst is mostly about the same few. */
  publish(hints: LiveHint[]) {
    if (hints.length === 0 || this.redis.status !== 'ready') return;
    const told = new Set(hints.map((hint) => JSON.stringify(hint)));
    const line = this.redis.pipeline();
    for (const hint of told) line.publish(this.channel, hint);
    line.exec().catch(() => undefined);
  }
}

function hintOf(to: readonly HintAudience[], caseId: string | null, known?: Known): LiveHint {
  const has = (audience: HintAudience) => to.includes(audience);
  const { sideA = [], sideB = [], mediatorId = null, offered = [], courtId = null, isDraft = false } = known ?? {};
  const personIds = [
    ...(has('side_a') || has('participants') ? sideA : []),
    ...(has('participants') ? [...sideB, ...(mediatorId ? [mediatorId] : [])] : []),
    ...(has('offered') ? offered : []),
  ];
  return {
    caseId,
    personIds: [...new Set(personIds)],
    courtId: has('court') && !isDraft ? courtId : null,
    desk: has('desk') && !isDraft,
    notice: false,
  };
}

const standing = async (tx: EntityManager, caseIds: string[]) =>
  (await tx.query(
    `SELECT c.id AS "caseId", c.state = 'DRAFT' AS "isDraft", c.court_id AS "courtId", c.mediator_id AS "mediatorId",
       ARRAY(SELECT p.person_id FROM parties p WHERE p.case_id = c.id AND p.side = 'A' AND p.person_id IS NOT NULL) || c.created_by AS "sideA",
       ARRAY(SELECT p.person_id FROM parties p WHERE p.case_id = c.id AND p.side = 'B' AND p.person_id IS NOT NULL) AS "sideB",
       ARRAY(SELECT o.mediator_id FROM offers o WHERE o.case_id = c.id) AS offered
     FROM cases c WHERE c.id = ANY($1)`,
    [caseIds],
  )) as Known[];
