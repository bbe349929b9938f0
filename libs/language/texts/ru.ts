import about from './ru/about.js';
import warnings from './ru/warnings.js';
import admin from './ru/admin.js';
import application from './ru/application.js';
import audit from './ru/audit.js';
import safekeeping from './ru/safekeeping.js';
import council from './ru/council.js';
import assignment from './ru/assignment.js';
import auth from './ru/auth.js';
import calendar from './ru/calendar.js';
import caseTexts from './ru/case.js';
import centre from './ru/centre.js';
import common from './ru/common.js';
import certificate from './ru/certificate.js';
import delivery from './ru/delivery.js';
import complaints from './ru/complaints.js';
import choosing from './ru/choosing.js';
import conflicts from './ru/conflicts.js';
import consultation from './ru/consultation.js';
import court from './ru/court.js';
import desk from './ru/desk.js';
import documents from './ru/documents.js';
import errorsLater from './ru/errors-later.js';
import errors from './ru/errors.js';
import events from './ru/events.js';
import fieldsLater from './ru/fields-later.js';
import fields from './ru/fields.js';
import files from './ru/files.js';
import house from './ru/house.js';
import gatherings from './ru/gatherings.js';
import intakePapers from './ru/intake-papers.js';
import invited from './ru/invited.js';
import mails from './ru/mails.js';
import mediator from './ru/mediator.js';
import mediators from './ru/mediators.js';
import meetings from './ru/meetings.js';
import notices from './ru/notices.js';
import papers from './ru/papers.js';
import parts from './ru/parts.js';
import register from './ru/register.js';
import reports from './ru/reports.js';
import people from './ru/people.js';
import rooms from './ru/rooms.js';
import sms from './ru/sms.js';
import start from './ru/start.js';
import states from './ru/states.js';
import times from './ru/times.js';
import training from './ru/training.js';
import triage from './ru/triage.js';

export const ru = {
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
