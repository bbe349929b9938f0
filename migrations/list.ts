import { Ground } from './0001-ground.js';
import { People } from './0002-people.js';
import { Cases } from './0003-cases.js';
import { Rooms } from './0004-rooms.js';
import { Events } from './0005-events.js';
import { Notifications } from './0006-notifications.js';
import { Calendar } from './0007-calendar.js';
import { Files } from './0008-files.js';
import { Policies } from './0009-policies.js';
import { Oversight } from './0010-oversight.js';
import { Wishes } from './0011-wishes.js';
import { Push } from './0012-push.js';
import { Bounces } from './0013-bounces.js';
import { DeliveryHealth } from './0015-delivery-health.js';
import { RoomChanges } from './0020-room-changes.js';
import { ClientIds } from './0021-client-ids.js';
import { RoomLife } from './0025-room-life.js';
import { Releases } from './0026-releases.js';
import { AnotherMediator } from './0027-another-mediator.js';
import { Notes } from './0028-notes.js';
import { ActAnswers } from './0030-act-answers.js';
import { Representation } from './0031-representation.js';
import { Doors } from './0032-doors.js';
import { Safety } from './0033-safety.js';
import { DeskQueue } from './0035-desk-queue.js';
import { JoinFunnel } from './0036-join-funnel.js';
import { Hours } from './0040-hours.js';
import { MeetingDays } from './0045-meeting-days.js';
import { HouseDiary } from './0046-house-diary.js';
import { Letters } from './0050-letters.js';
import { OutsideReading } from './0053-outside-reading.js';
import { SecondZone } from './0054-second-zone.js';
import { SeriesEnd } from './0055-series-end.js';
import { Guests } from './0059-guests.js';
import { SubRooms } from './0060-sub-rooms.js';
import { Apart } from './0061-apart.js';
import { Consultations } from './0064-consultations.js';
import { Extensions } from './0065-extensions.js';
import { ReturnFields } from './0066-return-fields.js';
import { LinkedCases } from './0067-linked-cases.js';
import { ClosedAskings } from './0068-closed-askings.js';
import { DraftEnds } from './0070-draft-ends.js';
import { ChaseByDate } from './0071-chase-by-date.js';
import { GatheringNotices } from './0072-gathering-notices.js';
import { CoMediators } from './0073-co-mediators.js';
import { PartedBySafety } from './0074-parted-by-safety.js';
import { RoomsRead } from './0075-rooms-read.js';
import { BesideRooms } from './0076-beside-rooms.js';
import { Filing } from './0077-filing.js';
import { WithdrawnDrafts } from './0078-withdrawn-drafts.js';
import { PromisedHours } from './0079-promised-hours.js';
import { Uploads } from './0082-uploads.js';
import { PartnerTokens } from './0083-partner-tokens.js';
import { Imports } from './0084-imports.js';
import { Registers } from './0085-registers.js';
import { PartnerHooks } from './0086-partner-hooks.js';
import { WaitingFiles } from './0087-waiting-files.js';
import { Conflicts } from './0088-conflicts.js';
import { Assignments } from './0089-assignments.js';
import { Directory } from './0090-directory.js';
import { Register } from './0091-register.js';
import { Fairness } from './0092-fairness.js';
import { Complaints } from './0093-complaints.js';
import { CourtBoard } from './0096-court-board.js';
import { Rulings } from './0097-rulings.js';
import { Reports } from './0098-reports.js';
import { AuditRoots } from './0099-audit-roots.js';
import { Satisfaction } from './0100-satisfaction.js';
import { ClosingsAlone } from './0101-closings-alone.js';
import { CourtLetters } from './0110-court-letters.js';
import { Exports } from './0111-exports.js';
import { Resumption } from './0112-resumption.js';
import { Looks } from './0115-looks.js';
import { Openings } from './0116-openings.js';
import { Incidents } from './0117-incidents.js';
import { Council } from './0118-council.js';
import { ReportLines } from './0119-report-lines.js';
import { FilesByDoor } from './0120-files-by-door.js';
import { FactsOfOne } from './0121-facts-of-one.js';
import { LooksAtFiled } from './0122-looks-at-filed.js';
import { CouncilCounts } from './0123-council-counts.js';
import { StandingByDay } from './0124-standing-by-day.js';
import { HouseSessions } from './0125-house-sessions.js';
import { TakeBackMediators } from './0129-take-back-mediators.js';
import { AssignmentBatches } from './0130-assignment-batches.js';
import { UndoneReferrals } from './0131-undone-referrals.js';
import { ComplaintCare } from './0139-complaint-care.js';
import { CertificateRenewals } from './0140-certificate-renewals.js';
import { TrainingMoves } from './0141-training-moves.js';
import { Choosings } from './0105-choosings.js';
import { Training } from './0106-training.js';
import { FilesOfSides } from './0133-files-of-sides.js';
import { CommonRepresentative } from './0132-common-representative.js';
import { ConfirmedBySlip } from './0136-confirmed-by-slip.js';
import { PartyTimes } from './0107-party-times.js';
import { OnceACase } from './0143-once-a-case.js';
import { SettledAmounts } from './0144-settled-amounts.js';
import { DrillReminders } from './0145-drill-reminders.js';
import { PartnerReferrals } from './0146-partner-referrals.js';
import { DeskPagePlan } from './0150-desk-page-plan.js';
import { IndexOfStates } from './0151-index-of-states.js';
import { FilingPlan } from './0162-filing-plan.js';
import { SettledAnew } from './0163-settled-anew.js';
import { NamedDisputes } from './0168-named-disputes.js';
import { RoomsByKey } from './0169-rooms-by-key.js';
import { FilingRows } from './0170-filing-rows.js';
import { OwnDisputesListed } from './0171-own-disputes-listed.js';
import { PostalAddresses } from './0172-postal-addresses.js';

/** In the order they run. */
export const migrations = [
  Ground,
  People,
  Cases,
  Rooms,
  Events,
  Notifications,
  Calendar,
  Files,
  Policies,
  Oversight,
  Wishes,
  Push,
  Bounces,
  DeliveryHealth,
  RoomChanges,
  ClientIds,
  RoomLife,
  Releases,
  AnotherMediator,
  Notes,
  ActAnswers,
  Representation,
  Doors,
  Safety,
  DeskQueue,
  JoinFunnel,
  Hours,
  MeetingDays,
  HouseDiary,
  Letters,
  OutsideReading,
  SecondZone,
  SeriesEnd,
  Guests,
  SubRooms,
  Apart,
  Consultations,
  Extensions,
  ReturnFields,
  LinkedCases,
  ClosedAskings,
  DraftEnds,
  ChaseByDate,
  GatheringNotices,
  CoMediators,
  PartedBySafety,
  RoomsRead,
  BesideRooms,
  Filing,
  WithdrawnDrafts,
  PromisedHours,
  Uploads,
  PartnerTokens,
  Imports,
  Registers,
  PartnerHooks,
  WaitingFiles,
  Conflicts,
  Assignments,
  Directory,
  Register,
  Fairness,
  Complaints,
  CourtBoard,
  Rulings,
  Reports,
  AuditRoots,
  Satisfaction,
  ClosingsAlone,
  CourtLetters,
  Exports,
  Resumption,
  Looks,
  Openings,
  Incidents,
  Council,
  ReportLines,
  FilesByDoor,
  FactsOfOne,
  LooksAtFiled,
  CouncilCounts,
  StandingByDay,
  HouseSessions,
  TakeBackMediators,
  UndoneReferrals,
  Choosings,
  Training,
  PartyTimes,
  AssignmentBatches,
  CommonRepresentative,
  FilesOfSides,
  ConfirmedBySlip,
  OnceACase,
  ComplaintCare,
  CertificateRenewals,
  TrainingMoves,
  SettledAmounts,
  DrillReminders,
  PartnerReferrals,
  DeskPagePlan,
  IndexOfStates,
  FilingPlan,
  SettledAnew,
  NamedDisputes,
  RoomsByKey,
  FilingRows,
  OwnDisputesListed,
  PostalAddresses,
];
