export { Case } from './case.entity.js';
export type { CaseFacts } from './case.facts.js';
export { courtNumberFrom, houseNumberFrom } from './case-number.js';
export { dueAt } from './deadline.rules.js';
export { isCategory, isDistrict } from './reference.codes.js';
export { courtNextActor } from './case.lifecycle.js';
export { findCase, type KnownCase, lockCase, moveCase, subjectOf } from './case.moves.js';
export { referralFaults } from './referral.rules.js';
export { toCaseView } from './case.view.js';
export { CasesModule } from './cases.module.js';
export {
  ApplicationService,
  AssignmentsService,
  BulkService,
  CaseEffects,
  CasesService,
  ChoosingsService,
  ConfirmationsService,
  DeadlinesService,
  DeskFilingService,
  DisclosuresService,
  EndingsService,
  FilingService,
  IntakePapersService,
  InvitationAnswersService,
  InvitationsService,
  LinksService,
  AttorneysService,
  DraftsService,
  NudgesService,
  ObjectionsService,
  OffersService,
  PapersService,
  PartyContactsService,
  ReferenceService,
  ReplacementsService,
  ReferralsService,
  ResumptionsService,
  SafetyService,
  ScreeningService,
  SettlingAnewService,
  StandingService,
} from './cases.services.js';
