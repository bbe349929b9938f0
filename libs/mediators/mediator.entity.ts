import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '#contract';
import type { Day, WeeklyHours } from '#hours';

export type MediatorKind = 'professional' | 'public';

/** A row of the register, kept by person. Days are local days of Kazakhstan. */
@Entity('mediators')
export class Mediator {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId: string;
  @Column('text') kind: MediatorKind;
  @Column('text', { name: 'register_number' }) registerNumber: string;
  @Column('date', { name: 'register_entry_date' }) registerEntryDate: Day;
  @Column('text', { array: true }) languages: Language[];
  /** Categories of dispute this mediator takes. */
  @Column('text', { array: true }) fields: string[];
  @Column('text') district: string;
  /** Open cases at once, offers included. */
  @Column('integer') capacity: number;
  @Column('text') status: 'active' | 'suspended' | 'excluded' = 'active';
  @Column('date', { name: 'status_from', nullable: true }) statusFrom: Day | null = null;
  @Column('date', { name: 'status_until', nullable: true }) statusUntil: Day | null = null;
  @Column('text', { name: 'certificate_number', nullable: true }) certificateNumber: string | null = null;
  @Column('date', { name: 'certificate_until', nullable: true }) certificateUntil: Day | null = null;
  @Column('jsonb') weekly: WeeklyHours[] = [];
  @Column('text', { name: 'status_ground', nullable: true }) statusGround: string | null = null;
  /** Of a professional mediator, who keeps the register he stands in; of a public one, who elected him. */
  @Column('text', { nullable: true }) organisation: string | null = null;
  @Column('text', { name: 'organisation_bin', nullable: true }) organisationBin: string | null = null;
  @Column('text', { nullable: true }) community: string | null = null;
  @Column('text', { name: 'protocol_number', nullable: true }) protocolNumber: string | null = null;
  @Column('date', { name: 'protocol_date', nullable: true }) protocolDate: Day | null = null;
  /** Goes up with every change of the entry: of two who change it at once the second is told. */
  @Column('integer') version: number = 1;
  /** Since when he agrees to be named in the public directory. */
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null = null;

  /** A suspension or an exclusion counts from its first day; a suspension up to, not including, the day it ends. */
  standingOn(day: Day): 'active' | 'suspended' | 'excluded' {
    const begun = this.statusFrom === null || this.statusFrom <= day;
    const over = this.status === 'suspended' && this.statusUntil !== null && this.statusUntil <= day;
    return begun && !over ? this.status : 'active';
  }

  /** Only professional mediators hold a certificate; its last day is a valid day. */
  isCertifiedOn(day: Day): boolean {
    return this.kind === 'public' || (this.certificateUntil !== null && this.certificateUntil >= day);
  }
}
