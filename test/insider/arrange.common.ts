import { randomUUID } from 'node:crypto';
import { settlingAnew } from './arrange.anew.js';
import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';
/** One more of side B by Boris's contact: the invitation that his code answers for too. */
export const listed = randomUUID();

export async function common(run: Run, w: Record<string, string>) {
  const neighbour = randomUUID();
  await run(
    `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, language) VALUES ($1, $2, 'B', 7, 'person', 'x', 'x', 'kk')`,
    [neighbour, w.live],
  );
  await run(
    `INSERT INTO invitations (id, case_id, party_id, round, with_id, issued_at, expires_at) VALUES ($1, $2, $3, 2, $4, '${at}', '${at}')`,
    [listed, w.live, neighbour, w.openInvitation],
  );
  await settlingAnew(run, w);
}
