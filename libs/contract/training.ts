import { z } from 'zod';
import { Id, Instant, requiredText } from './problem.js';
import { Language } from './roles.js';

/** Kinds of course (Law "On Mediation", art. 9(4)); hours and validity of each are data (libs/training/data/courses.json). In words: `training.course.CODE`. */
export const courses = ['general', 'specialised', 'upgrade', 'trainer'] as const;
export const Course = z.enum(courses);
export type Course = z.infer<typeof Course>;

const TrainingDay = z.object({ from: Instant, to: Instant });
/** A training as it is announced to everybody. */
export const TrainingView = z.object({
  id: Id,
  course: Course,
  field: z.string().nullable(),
  language: Language,
  place: z.string(),
  hours: z.number(),
  days: z.array(TrainingDay),
  seats: z.number(),
  free: z.number(),
  enrolUntil: Instant,
  cancelled: z.boolean(),
  /** How often its days or its place were changed. */
  changes: z.number(),
});
export type TrainingView = z.infer<typeof TrainingView>;

const When = z.object({ place: requiredText(200), days: z.array(TrainingDay).min(1).max(20), enrolUntil: Instant });
export const PlanTraining = When.extend({
  id: Id,
  course: Course,
  field: z.string().min(1).nullable(),
  language: Language,
  seats: z.number().int().min(1).max(500),
}).refine(({ course, field }) => (course === 'specialised') === (field !== null), { path: ['field'], message: 'choose' });
export type PlanTraining = z.infer<typeof PlanTraining>;
/** Other days or another place for one that has not begun; `changes` as it was read: of two who change it the second is told. */
export const MoveTraining = When.extend({ changes: z.number() });
export type MoveTraining = z.infer<typeof MoveTraining>;

export const enrolmentPlaces = ['seat', 'waiting', 'left'] as const;
export const CertificateView = z.object({
  number: z.string(),
  course: Course,
  field: z.string().nullable(),
  from: z.iso.date(),
  until: z.iso.date(),
});
export type CertificateView = z.infer<typeof CertificateView>;

/** A mediator's own: what he is in, what he may still ask for, and what he was given. */
export const MyTrainings = z.object({
  trainings: z.array(TrainingView.extend({ mine: z.enum(enrolmentPlaces).nullable() })),
  certificates: z.array(CertificateView),
});
export type MyTrainings = z.infer<typeof MyTrainings>;
export const EnrolmentAnswer = z.object({ place: z.enum(enrolmentPlaces) });
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>;

/** For the desk: who comes, who waits, who was there, who was given a certificate. */
export const Enrolled = z.object({
  personId: Id,
  name: z.string(),
  place: z.enum(enrolmentPlaces),
  at: Instant,
  attended: z.array(z.number().int()),
  certificate: z.string().nullable(),
});
export type Enrolled = z.infer<typeof Enrolled>;
export const TrainingPeople = z.object({ training: TrainingView, needed: z.number(), people: z.array(Enrolled) });
export type TrainingPeople = z.infer<typeof TrainingPeople>;
/** By number of the day, from 1: who was there. */
export const MarkAttendance = z.object({ day: z.number().int().min(1).max(20), personIds: z.array(Id).max(500) });
export type MarkAttendance = z.infer<typeof MarkAttendance>;
export const IssueCertificates = z.object({ personIds: z.array(Id).min(1).max(500) });
export type IssueCertificates = z.infer<typeof IssueCertificates>;
