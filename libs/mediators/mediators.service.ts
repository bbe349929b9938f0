import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Candidate, liveStates } from '#contract';
import type { Day } from '#hours';
import { DomainError } from '#platform';
import { noTies, type Ties } from './conflicts.js';
import { type Needs, obstaclesOf } from './eligibility.js';
import { Mediator, type MediatorKind } from './mediator.entity.js';

export type MediatorCard = { id: string; name: string; kind: MediatorKind; registerNumber: string };
/** What of a row is written: always whose it is and what makes him fit for cases. */
export type RegisterValues = Pick<
  Mediator,
  'personId' | 'kind' | 'registerNumber' | 'registerEntryDate' | 'languages' | 'fields' | 'district' | 'capacity'
> &
  Partial<Omit<Mediator, 'standingOn' | 'isCertifiedOn'>>;
type Counted = { id: string; name: string; open_cases: number; is_party: boolean };

/** States in which a case takes one of its mediator's places; an open offer takes one too. */
export const openStates = ['MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING', ...liveStates];

/** The register, and who of it may take a case. Used inside a caller's transaction, by the desk: others do not see every case that counts. */
@Injectable()
export class MediatorsService {
  /** Writes a row of the register, new or known; what is not given stays as it was: the week, the consent to be listed. */
  async register(tx: EntityManager, entry: RegisterValues): Promise<void> {
    const found = await tx.findOneBy(Mediator, { personId: entry.personId });
    await tx.save(Object.assign(found ?? new Mediator(), entry));
  }

  /** The whole register with what stands in each one's way: eligible first, then the least busy, then by name in the Kazakh order. */
  async candidates(tx: EntityManager, needs: Needs, on: Day, ties: ReadonlyMap<string, Ties> = new Map()): Promise<Candidate[]> {
    const counted = await count(tx, needs);
    const register = new Map((await tx.find(Mediator)).map((mediator) => [mediator.personId, mediator]));
    const rows = counted.map((row) => toCandidate(register.get(row.id)!, row, needs, on, ties.get(row.id)));
    return [...rows.filter(({ eligible }) => eligible), ...rows.filter(({ eligible }) => !eligible)];
  }

  /** Holds the mediator's row until the transaction ends, so that of two offers at once the second counts the first. */
  async lockEligible(tx: EntityManager, mediatorId: string, needs: Needs, on: Day, ties?: Ties): Promise<Mediator> {
    const found = await tx.findOne(Mediator, { where: { personId: mediatorId }, lock: { mode: 'pessimistic_write' } });
    const [row] = found ? await count(tx, needs, mediatorId) : [];
    if (!found || !row) throw new DomainError('not_found');
    const { reasons } = toCandidate(found, row, needs, on, ties);
    if (reasons.length === 1 && reasons[0] === 'at_capacity') throw new DomainError('mediator.at_capacity');
    if (reasons.length > 0) throw new DomainError('mediator.not_eligible', { reasons });
    return found;
  }

  /** Does the register still let this mediator take the case? Its own place is not counted: the open offer holds it. */
  async requireStanding(tx: EntityManager, mediatorId: string, needs: Needs, on: Day): Promise<void> {
    const found = await tx.findOneBy(Mediator, { personId: mediatorId });
    const reasons = found ? obstaclesOf(found, needs, { openCases: -1, isParty: needs.partyIds.includes(mediatorId) }, on) : [];
    if (!found || reasons.length > 0) throw new DomainError('mediator.not_eligible', { reasons });
  }

  async cardOf(tx: EntityManager, mediatorId: string): Promise<MediatorCard | null> {
    const [card] = (await tx.query(
      `SELECT m.person_id AS id, ${fullName} AS name, m.kind, m.register_number AS "registerNumber"
       FROM mediators m JOIN persons p ON p.id = m.person_id WHERE m.person_id = $1`,
      [mediatorId],
    )) as MediatorCard[];
    return card ?? null;
  }
}

const fullName = `concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))`;

/** Mediators who can sign in and act, with what they carry now. */
const count = (tx: EntityManager, { partyIds, partyIdNumbers }: Needs, only: string | null = null) =>
  tx.query(
    `SELECT m.person_id AS id, ${fullName} AS name,
       (SELECT count(*) FROM cases c WHERE c.mediator_id = m.person_id AND c.state = ANY ($1))::int
         + (SELECT count(*) FROM offers o WHERE o.mediator_id = m.person_id AND o.answered_at IS NULL)::int AS open_cases,
       (m.person_id = ANY ($2) OR coalesce(p.iin_hash = ANY ($3), false)
         OR EXISTS (SELECT 1 FROM register_details d WHERE d.mediator_id = m.person_id AND d.iin_hash = ANY ($3))) AS is_party
     FROM mediators m JOIN persons p ON p.id = m.person_id JOIN person_roles r ON r.person_id = m.person_id AND r.role = 'mediator'
     WHERE p.disabled_at IS NULL AND ($4::uuid IS NULL OR m.person_id = $4)
     ORDER BY open_cases, p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", m.person_id`,
    [openStates, partyIds, partyIdNumbers, only],
  ) as Promise<Counted[]>;

function toCandidate(mediator: Mediator, counted: Counted, needs: Needs, on: Day, { bars, hints }: Ties = noTies): Candidate {
  const { name, open_cases: openCases, is_party: isParty } = counted;
  const reasons = obstaclesOf(mediator, needs, { openCases, isParty, isTied: bars }, on);
  const { personId: mediatorId, kind, languages, district, capacity } = mediator;
  return {
    mediatorId,
    name,
    kind,
    languages,
    district,
    capacity,
    openCases,
    eligible: reasons.length === 0,
    reasons,
    hints,
    terms: [],
    total: 0,
  };
}
