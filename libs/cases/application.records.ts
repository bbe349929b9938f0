import type { EntityManager } from 'typeorm';
import type { ReturnField, SaveAnswers } from '#contract';
import type { Keys } from '#platform';

/** What an applicant has answered, and what the desk asked to mend. Sealed with the key of the case. */
export type ApplicationRecord = {
  answers: SaveAnswers;
  version: number;
  savedAt: Date;
  returnNotes: string | null;
  returnFields: ReturnedField[];
  safetyAnswered: boolean;
};

/** A note to one answer, and the answer it was written to. */
export type ReturnedField = { field: ReturnField; note: string; was: string; reply?: string };
export type ReturnNotes = { notes: string; fields: ReturnedField[] };

const keyOf = (id: string) => ({ scope: 'case', id }) as const;

/** Null for whom the row-level policy hides it: the other side, and the desk once mediation has begun. */
export async function readApplication(tx: EntityManager, keys: Keys, caseId: string): Promise<ApplicationRecord | null> {
  const [row] = (await tx.query(
    'SELECT answers_sealed, version, saved_at, return_notes_sealed, return_fields_sealed, safety_answered FROM applications WHERE case_id = $1',
    [caseId],
  )) as {
    answers_sealed: Buffer;
    version: number;
    saved_at: Date;
    return_notes_sealed: Buffer | null;
    return_fields_sealed: Buffer | null;
    safety_answered: boolean;
  }[];
  if (!row) return null;
  const [notes, fields] = [row.return_notes_sealed, row.return_fields_sealed];
  return {
    answers: JSON.parse(await keys.open(tx, keyOf(caseId), row.answers_sealed, 'answers')) as SaveAnswers,
    version: row.version,
    savedAt: row.saved_at,
    safetyAnswered: row.safety_answered,
    returnFields: fields ? (JSON.parse(await keys.open(tx, keyOf(caseId), fields, 'return_fields')) as ReturnedField[]) : [],
    returnNotes: notes && (await keys.open(tx, keyOf(caseId), notes, 'return_notes')),
  };
}

export async function beginApplication(tx: EntityManager, keys: Keys, caseId: string, answers: SaveAnswers, at: Date) {
  const sealed = await sealAnswers(tx, keys, caseId, answers);
  await tx.query('INSERT INTO applications (case_id, answers_sealed, saved_at) VALUES ($1, $2, $3)', [caseId, sealed, at]);
}

export async function keepAnswers(tx: EntityManager, keys: Keys, caseId: string, answers: SaveAnswers, at: Date) {
  const sealed = await sealAnswers(tx, keys, caseId, answers);
  await tx.query('UPDATE applications SET answers_sealed = $2, version = version + 1, saved_at = $3 WHERE case_id = $1', [
    caseId,
    sealed,
    at,
  ]);
}

/** The desk's notes replace earlier ones: each return says the whole of what is to be mended. */
export async function keepReturnNotes(tx: EntityManager, keys: Keys, caseId: string, { notes, fields }: ReturnNotes) {
  await tx.query('UPDATE applications SET return_notes_sealed = $2, return_fields_sealed = $3 WHERE case_id = $1', [
    caseId,
    notes ? await keys.seal(tx, keyOf(caseId), notes, 'return_notes') : null,
    await keys.seal(tx, keyOf(caseId), JSON.stringify(fields), 'return_fields'),
  ]);
}

/** Why single answers stay as they are. What is asked of no answer is passed by. */
export async function keepReplies(tx: EntityManager, keys: Keys, caseId: string, fields: ReturnedField[], replies: Replies) {
  const answered = fields.map((one) => (one.field in replies ? { ...one, reply: replies[one.field] } : one));
  const sealed = await keys.seal(tx, keyOf(caseId), JSON.stringify(answered), 'return_fields');
  await tx.query('UPDATE applications SET return_fields_sealed = $2, version = version + 1 WHERE case_id = $1', [caseId, sealed]);
}
export type Replies = Partial<Record<ReturnField, string>>;

/** What the desk sent back and nobody has mended or answered yet. */
export const unmended = ({ answers, returnFields }: Pick<ApplicationRecord, 'answers' | 'returnFields'>): ReturnField[] =>
  returnFields.filter(({ field, was, reply }) => !reply && answerAt(answers, field) === was).map(({ field }) => field);

/** An answer as it stands, to tell later whether it was mended. A field may be a part of another: the whole is compared without it. */
export const answerAt = (answers: SaveAnswers, field: ReturnField): string =>
  JSON.stringify(field.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], answers) ?? null);

const sealAnswers = (tx: EntityManager, keys: Keys, caseId: string, answers: SaveAnswers) =>
  keys.seal(tx, keyOf(caseId), JSON.stringify(answers), 'answers');

export const markSafetyAnswered = (tx: EntityManager, caseId: string) =>
  tx.query('UPDATE applications SET safety_answered = true WHERE case_id = $1', [caseId]);
