import { policies as first } from './0009-policies.js';
import { wishPolicies } from './0011-wishes.js';
import { pushPolicies } from './0012-push.js';
import { bouncePolicies } from './0013-bounces.js';
import { roomLifePolicies } from './0025-room-life.js';
import { releasePolicies } from './0026-releases.js';
import { handoverPolicies } from './0027-another-mediator.js';
import { notePolicies } from './0028-notes.js';
import { policies as actAnswers } from './0030-act-answers.js';
import { policies as deskQueue } from './0035-desk-queue.js';
import { policies as doors } from './0032-doors.js';
import { policies as safety } from './0033-safety.js';
import { policies as hours } from './0040-hours.js';
import { policies as meetingDays } from './0045-meeting-days.js';
import { policies as secondZone } from './0054-second-zone.js';
import { guestPolicies } from './0059-guests.js';
import { apartPolicies } from './0061-apart.js';
import { policies as consultations } from './0064-consultations.js';
import { policies as linkedCases } from './0067-linked-cases.js';
import { policies as draftEnds } from './0070-draft-ends.js';
import { policies as filing } from './0077-filing.js';
import { policies as coMediators } from './0073-co-mediators.js';
import { messagesRead } from './0075-rooms-read.js';
import { policies as courtBoard } from './0096-court-board.js';
import { policies as rulings } from './0097-rulings.js';
import { policies as conflicts } from './0088-conflicts.js';
import { policies as uploads } from './0082-uploads.js';
import { policies as imports } from './0084-imports.js';
import { policies as partnerHooks } from './0086-partner-hooks.js';
import { policies as waitingFiles } from './0087-waiting-files.js';
import { policies as commonRepresentative } from './0132-common-representative.js';
import { policies as takeBackMediators } from './0129-take-back-mediators.js';
import { policies as reports } from './0098-reports.js';
import { policies as filesByDoor } from './0120-files-by-door.js';
import { policies as filesOfSides } from './0133-files-of-sides.js';
import { policies as factsOfOne } from './0121-facts-of-one.js';
import { policies as satisfaction } from './0100-satisfaction.js';
import { policies as looks } from './0115-looks.js';
import { policies as openings } from './0116-openings.js';
import { policies as courtLetters } from './0110-court-letters.js';
import { policies as exports } from './0111-exports.js';
import { policies as incidents } from './0117-incidents.js';
import { policies as council } from './0118-council.js';
import { policies as reportLines } from './0119-report-lines.js';
import { policies as assignments } from './0089-assignments.js';
import { policies as assignmentBatches } from './0130-assignment-batches.js';
import { policies as register } from './0091-register.js';
import { policies as complaints } from './0139-complaint-care.js';
import { policies as certificateRenewals } from './0140-certificate-renewals.js';
import { policies as trainingMoves } from './0141-training-moves.js';
import { policies as choosings } from './0105-choosings.js';
import { policies as training } from './0106-training.js';
import { policies as settledAnew } from './0163-settled-anew.js';

export { bootstrap, type RoleUrls } from './bootstrap.js';
export { migrations } from './list.js';
export { createPolicy } from './0009-policies.js';
/** Every policy there is, each migration's own. */
export const policies = [
  // Anew in 0132: whom a code is for; in 0082: of files; in 0121: who reads facts. Asked once in a question since 0075: who reads messages.
  ...first.filter(
    ([table, name]) =>
      table !== 'files' &&
      !['messages.members_read', 'events.app_reads', 'invitations.app_reads', 'invitations.app_answers'].includes(`${table}.${name}`),
  ),
  messagesRead,
  ...commonRepresentative,
  ...wishPolicies,
  ...pushPolicies,
  ...bouncePolicies,
  ...roomLifePolicies,
  ...releasePolicies,
  ...handoverPolicies,
  ...notePolicies,
  ...actAnswers,
  ...deskQueue,
  ...hours,
  ...meetingDays,
  ...secondZone,
  ...doors,
  ...safety,
  ...consultations,
  ...linkedCases,
  ...draftEnds,
  ...filing,
  ...coMediators.filter(([table]) => table !== 'events'),
  ...courtBoard,
  ...rulings,
  ...courtLetters,
  ...exports,
  ...conflicts,
  ...reports,
  ...satisfaction,
  ...assignments,
  ...register,
  ...complaints,
  ...guestPolicies,
  ...apartPolicies,
  ...uploads,
  ...looks,
  ...openings,
  ...filesByDoor,
  ...filesOfSides,
  ...factsOfOne,
  ...incidents,
  ...council,
  ...imports,
  ...partnerHooks,
  ...waitingFiles,
  ...takeBackMediators,
  ...reportLines,
  ...choosings,
  ...training,
  ...settledAnew,
  ...assignmentBatches,
  ...certificateRenewals,
  ...trainingMoves,
];
