import type { EntityManager } from 'typeorm';
import type { TrainingView } from '#contract';

type Row = Omit<TrainingView, 'days' | 'enrolUntil'> & { days: [number, number][]; until: Date };

/** Trainings that end after `since`, the next first. */
export async function trainingsAfter(tx: EntityManager, since: Date): Promise<TrainingView[]> {
  const rows = (await tx.query(`${select} GROUP BY t.id HAVING max(upper(d.during)) > $1 ORDER BY min(lower(d.during)), t.id LIMIT 200`, [
    since,
  ])) as Row[];
  return rows.map(toView);
}

export async function trainingOf(tx: EntityManager, id: string): Promise<TrainingView | null> {
  const [row] = (await tx.query(`${select} WHERE t.id = $1 GROUP BY t.id`, [id])) as Row[];
  return row ? toView(row) : null;
}

const toView = ({ days, until, ...row }: Row): TrainingView => ({
  ...row,
  days: days.map(([from, to]) => ({ from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString() })),
  enrolUntil: until.toISOString(),
});

const select = `
  SELECT t.id, t.course, t.field, t.language, t.place, t.hours, t.seats, t.seats - t.taken AS free, t.enrol_until AS until,
    t.cancelled_at IS NOT NULL AS cancelled, t.changes,
    json_agg(json_build_array(extract(epoch FROM lower(d.during)), extract(epoch FROM upper(d.during))) ORDER BY d.day) AS days
  FROM trainings t JOIN training_days d ON d.training_id = t.id`;
