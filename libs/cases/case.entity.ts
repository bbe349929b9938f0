import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseState, Ground, Language } from '#contract';

/** Where a case came in: filed by its applicant, at the desk, or by a court. */
export type Door = 'self' | 'desk' | 'court';

/** The facts of a case, in clear. What people wrote is sealed elsewhere (applications, summaries, papers, rooms). */
@Entity('cases')
export class Case {
  @PrimaryColumn('uuid') id: string;
  /** `M-2026-0341`, given when it is filed. */
  @Column('text', { nullable: true }) number: string | null = null;
  /** Only `moveCase` changes it. */
  @Column('text') state: CaseState = 'DRAFT';
  @Column('timestamptz', { name: 'state_since' }) stateSince: Date;
  @Column('text', { nullable: true }) ground: Ground | null = null;
  @Column('text', { name: 'refusal_code', nullable: true }) refusalCode: string | null = null;
  @Column('uuid', { name: 'refusal_proposed_by', nullable: true }) refusalProposedBy: string | null = null;
  /** Empty until the draft names it. */
  @Column('text') category = '';
  @Column('text', { nullable: true }) subcategory: string | null = null;
  @Column('text') district = '';
  @Column('text') language: Language;
  @Column('text') door: Door = 'self';
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('uuid', { name: 'mediator_id', nullable: true }) mediatorId: string | null = null;
  @Column('text', { name: 'court_id', nullable: true }) courtId: string | null = null;
  @Column('text', { name: 'court_case_number', nullable: true }) courtCaseNumber: string | null = null;
  @Column('boolean', { name: 'safe_process' }) safeProcess = false;
  @Column('text', { nullable: true }) shuttle: 'default' | 'required' | null = null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'filed_at', nullable: true }) filedAt: Date | null = null;
  @Column('timestamptz', { name: 'contract_at', nullable: true }) contractAt: Date | null = null;
  @Column('timestamptz', { name: 'term_ends_at', nullable: true }) termEndsAt: Date | null = null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null = null;
  /** The day whose rules govern: filing before the contract, the contract's own day after it. */
  @Column('date', { name: 'rules_on' }) rulesOn: string;
}
