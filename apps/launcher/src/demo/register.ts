import { KeepEntry, SetStanding } from '#contract';
import type { MediatorSeed } from './scenario.js';

/** The register of districts writes its codes with a low line. */
const districtOf = ({ district }: MediatorSeed) => district.replaceAll('-', '_');

/** What the coordinator would type from the papers of a mediator. */
export const paperOf = (seed: MediatorSeed): KeepEntry =>
  KeepEntry.parse({
    ...seed,
    language: seed.languages[0] === 'ru' ? 'ru' : 'kk',
    enteredOn: seed.registerEntryDate,
    district: districtOf(seed),
    organisation: seed.organisation?.name ?? '',
    organisationBin: seed.organisation?.bin ?? null,
    community: seed.community?.name ?? '',
    protocolNumber: seed.community?.protocolNumber ?? '',
    protocolDate: seed.community?.protocolDate ?? null,
    employerBin: null,
    certificates: seed.certificate ? [{ course: 'general', field: null, ...seed.certificate }] : [],
    isAnother: true,
  });

export const standingOf = ({ status, statusFrom: from, statusUntil: until, statusGround: ground }: MediatorSeed) =>
  status === 'active' ? null : SetStanding.parse({ status, from, until, ground, version: 1 });

/** His row with the week he works and his consent to be listed. */
export const entryOf = (personId: string, seed: MediatorSeed, publishedAt: Date) => ({
  personId,
  kind: seed.kind,
  registerNumber: seed.registerNumber,
  registerEntryDate: seed.registerEntryDate,
  languages: seed.languages,
  fields: seed.fields,
  district: districtOf(seed),
  capacity: seed.capacity,
  certificateNumber: seed.certificate?.number ?? null,
  certificateUntil: seed.certificate?.validUntil ?? null,
  weekly: seed.weeklyAvailability,
  publishedAt,
});
