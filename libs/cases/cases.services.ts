import { ApplicationService } from './application.service.js';
import { AssignmentsService } from './assignments.service.js';
import { AttorneysService } from './attorneys.service.js';
import { BulkService } from './bulk.service.js';
import { CaseEffects } from './case.effects.js';
import { CasesService } from './cases.service.js';
import { ChoosingsService } from './choosings.service.js';
import { ConfirmationsService } from './confirmations.service.js';
import { DeadlinesService } from './deadlines.service.js';
import { DeskFilingService } from './desk-filing.service.js';
import { DisclosuresService } from './disclosures.service.js';
import { DraftsService } from './drafts.service.js';
import { EndingsService } from './endings.service.js';
import { FilingService } from './filing.service.js';
import { IntakePapersService } from './intake-papers.service.js';
import { LinksService } from './links.service.js';
import { InvitationAnswersService } from './invitation.answers.service.js';
import { InvitationsService } from './invitations.service.js';
import { NudgesService } from './nudges.service.js';
import { ObjectionsService } from './objections.service.js';
import { OffersService } from './offers.service.js';
import { PapersService } from './papers.service.js';
import { PartyContactsService } from './party.contacts.service.js';
import { ReferenceService } from './reference.service.js';
import { ReplacementsService } from './replacements.service.js';
import { ReferralsService } from './referrals.service.js';
import { ResumptionsService } from './resumptions.service.js';
import { SafetyService } from './safety.service.js';
import { ScreeningService } from './screening.service.js';
import { SettlingAnewService } from './settling-anew.service.js';
import { StandingService } from './standing.service.js';

/** What the module makes and the door shows. */
export const services = [
  ApplicationService,
  AssignmentsService,
  AttorneysService,
  BulkService,
  CaseEffects,
  CasesService,
  ChoosingsService,
  ConfirmationsService,
  DeadlinesService,
  DeskFilingService,
  DisclosuresService,
  DraftsService,
  EndingsService,
  FilingService,
  IntakePapersService,
  InvitationAnswersService,
  InvitationsService,
  LinksService,
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
];

export {
  ResumptionsService,
  AttorneysService,
  LinksService,
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
  DraftsService,
  EndingsService,
  FilingService,
  IntakePapersService,
  InvitationAnswersService,
  InvitationsService,
  NudgesService,
  ObjectionsService,
  OffersService,
  PapersService,
  PartyContactsService,
  ReferenceService,
  ReplacementsService,
  ReferralsService,
  SafetyService,
  ScreeningService,
  SettlingAnewService,
  StandingService,
};
