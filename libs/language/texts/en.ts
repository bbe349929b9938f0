import about from './en/about.js';
import warnings from './en/warnings.js';
import admin from './en/admin.js';
import application from './en/application.js';
import audit from './en/audit.js';
import safekeeping from './en/safekeeping.js';
import council from './en/council.js';
import assignment from './en/assignment.js';
import auth from './en/auth.js';
import calendar from './en/calendar.js';
import caseTexts from './en/case.js';
import centre from './en/centre.js';
import common from './en/common.js';
import certificate from './en/certificate.js';
import delivery from './en/delivery.js';
import complaints from './en/complaints.js';
import choosing from './en/choosing.js';
import conflicts from './en/conflicts.js';
import consultation from './en/consultation.js';
import court from './en/court.js';
import desk from './en/desk.js';
import documents from './en/documents.js';
import errorsLater from './en/errors-later.js';
import errors from './en/errors.js';
import events from './en/events.js';
import fieldsLater from './en/fields-later.js';
import fields from './en/fields.js';
import files from './en/files.js';
import house from './en/house.js';
import gatherings from './en/gatherings.js';
import intakePapers from './en/intake-papers.js';
import invited from './en/invited.js';
import mails from './en/mails.js';
import mediator from './en/mediator.js';
import mediators from './en/mediators.js';
import meetings from './en/meetings.js';
import notices from './en/notices.js';
import papers from './en/papers.js';
import parts from './en/parts.js';
import register from './en/register.js';
import reports from './en/reports.js';
import people from './en/people.js';
import rooms from './en/rooms.js';
import sms from './en/sms.js';
import start from './en/start.js';
import states from './en/states.js';
import times from './en/times.js';
import training from './en/training.js';
import triage from './en/triage.js';

export const en = {
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
