import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessibilityNeed, AttorneyPower, Language, RelationKind, Side } from '#contract';

/** One dispute of test/scenarios, as far as it is played. */
export type Representative = {
  kind: 'head' | 'poa' | 'legal';
  surname: string;
  given: string;
  patronymic: string;
  phone: string;
  email: string | null;
  position?: string;
  iin: string;
  poa?: { number: string; date: string; issuedBy: string; validUntil: string; powers: AttorneyPower[] } | null;
};
export type ScenarioParty = {
  id: string;
  side: Side;
  kind: 'person' | 'organisation';
  surname?: string;
  given?: string;
  patronymic?: string;
  orgName?: string;
  iin?: string;
  bin?: string;
  phone: string;
  email: string | null;
  language: Language;
  representative: Representative | null;
  accessibility?: AccessibilityNeed[];
};
export type Line = { room: 'joint' | 'caucusA' | 'caucusB' | 'sub'; from: string; afterSeconds: number; text: string };
export type Scenario = {
  slug: string;
  language: Language;
  title: string;
  category: string;
  subcategory: string;
  door: 'self' | 'desk' | 'court';
  filedAtLocal: string;
  court: { name: string; caseNumber: string; rulingDate: string; termDays: number } | null;
  screeningExpected: 'allow' | 'manual_review' | 'refuse';
  reasonCode: string | null;
  respondentAnswer: 'consent' | 'decline' | 'silence' | null;
  district: string;
  amountKzt: number | null;
  claimText: string;
  desiredOutcome: string;
  flags: Record<string, unknown>;
  parties: ScenarioParty[];
  respondentAnswerAfterDays: number | null;
  mediatorNeeds: { languages: Language[]; fields: string[]; kind: 'any' | MediatorSeed['kind']; count: number };
  conflict: { mediatorId: string; party: string; note: string; expected: string; replacementId: string | null } | null;
  availability: { party: string; slots: { from: string; to: string }[] }[];
  /** `consultation`: no mediation takes place; side A talks with a mediator on duty in the lines of `caucusA`. */
  messagesPhase: 'mediation' | 'consultation';
  messages: Line[];
  secrets: Record<Side, string[]>;
  satisfaction: Record<Side, { score: number } | null>;
  outcome: { kind: string; groundCode: string; obligations: { amountKzt: number | null; text: Record<'kk' | 'ru' | 'en', string> }[] };
};

export type MediatorSeed = {
  id: string;
  surname: string;
  given: string;
  patronymic: string;
  phone: string;
  email: string;
  kind: 'professional' | 'public';
  registerNumber: string;
  registerEntryDate: string;
  languages: Language[];
  fields: string[];
  district: string;
  iin: string;
  organisation: { name: string; bin: string } | null;
  community: { name: string; protocolNumber: string; protocolDate: string } | null;
  certificate: { number: string; issuer: string; issuedOn: string; validUntil: string } | null;
  status: 'active' | 'suspended' | 'excluded';
  statusFrom: string | null;
  statusUntil: string | null;
  statusGround: string | null;
  capacity: number;
  weeklyAvailability: { day: number; from: string; to: string }[];
  relationships: {
    scenario: string;
    party: string;
    kind: RelationKind;
    until: string | null;
    note: string;
    expected: 'recuse' | 'accept_disclosed';
  }[];
};

export const scenariosIn = (folder: string): Scenario[] =>
  readdirSync(folder)
    .filter((name) => /^\d\d-.*\.json$/.test(name))
    .toSorted()
    .map((name) => read<Scenario>(join(folder, name)));
export const mediatorsIn = (folder: string): MediatorSeed[] => read<MediatorSeed[]>(join(folder, 'mediators.json'));

const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Scenario times are local to Kazakhstan, which is UTC+5 since 1 March 2024. */
export const localInstant = (local: string): Date => new Date(`${local.length === 16 ? `${local}:00` : local}+05:00`);
