import about from './kk/about.js';
import warnings from './kk/warnings.js';
import admin from './kk/admin.js';
import application from './kk/application.js';
import audit from './kk/audit.js';
import safekeeping from './kk/safekeeping.js';
import council from './kk/council.js';
import assignment from './kk/assignment.js';
import auth from './kk/auth.js';
import calendar from './kk/calendar.js';
import caseTexts from './kk/case.js';
import centre from './kk/centre.js';
import common from './kk/common.js';
import certificate from './kk/certificate.js';
import delivery from './kk/delivery.js';
import complaints from './kk/complaints.js';
import choosing from './kk/choosing.js';
import conflicts from './kk/conflicts.js';
import consultation from './kk/consultation.js';
import court from './kk/court.js';
import desk from './kk/desk.js';
import documents from './kk/documents.js';
import errorsLater from './kk/errors-later.js';
import errors from './kk/errors.js';
import events from './kk/events.js';
import fieldsLater from './kk/fields-later.js';
import fields from './kk/fields.js';
import files from './kk/files.js';
import house from './kk/house.js';
import gatherings from './kk/gatherings.js';
import intakePapers from './kk/intake-papers.js';
import invited from './kk/invited.js';
import mails from './kk/mails.js';
import mediator from './kk/mediator.js';
import mediators from './kk/mediators.js';
import meetings from './kk/meetings.js';
import notices from './kk/notices.js';
import papers from './kk/papers.js';
import parts from './kk/parts.js';
import register from './kk/register.js';
import reports from './kk/reports.js';
import people from './kk/people.js';
import rooms from './kk/rooms.js';
import sms from './kk/sms.js';
import start from './kk/start.js';
import states from './kk/states.js';
import times from './kk/times.js';
import training from './kk/training.js';
import triage from './kk/triage.js';

export const kk = {
  common,
  parts,
  errors: { ...errors, ...errorsLater },
  fields: { ...fields, ...fieldsLater },
  states,
  events,
  start,
  about,
  warnings,
  audit,
  safekeeping,
  council,
  auth,
  people,
  application,
  case: caseTexts,
  invited,
  register,
  reports,
  rooms,
  files,
  gatherings,
  calendar,
  meetings,
  times,
  papers,
  desk,
  documents,
  mediator,
  mediators,
  complaints,
  choosing,
  conflicts,
  assignment,
  certificate,
  delivery,
  consultation,
  court,
  admin,
  centre,
  mails,
  sms,
  notices,
  training,
  triage,
  house,
  intakePapers,
};
