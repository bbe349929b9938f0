import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { CaseView } from '#contract';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { begin, Company, finish, talk } from './act.js';
import { openHouse } from './house.js';

/**
 * A dispute played while api and worker are killed again and again. Nothing acknowledged may be lost, nothing doubled; a mail may come
 * once more with the same Message-ID.
 */
export async function killedMidway(scenario: Scenario): Promise<{ differences: string[]; note: string }> {
  const house = await openHouse();
  house.flow(10); // a mail whose sender was killed is due again after a minute
  let [playing, kills] = [true, 0];
  const killing = (async () => {
    for (const name of ['api', 'worker', 'api', 'worker', 'api', 'worker', 'api'] as const) {
      await pause(900);
      if (!playing) return;
      await house.kill(name);
      kills += 1;
    }
  })();
  try {
    const company = await Company.gather(house, undefined, 30_000);
    const joined = await begin(company, scenario, undefined);
    const { posted, differences } = await talk(joined, scenario.messages);
    await finish(joined, scenario);
    playing = false;
    await killing;
    const { state } = await joined.cast.people.get('A1')!.ask<CaseView>('GET', `/cases/${joined.cast.caseId}`);
    if (state !== 'SETTLED_FULL') differences.push(`A1 reads ${state}`);
    if (kills === 0) differences.push('nobody was killed in time: nothing was shown');
    differences.push(...(await doubles(house.adminUrl, posted)), ...(await unsent(house.adminUrl)));
    return { differences, note: `${kills} kills, ${posted} messages, none lost, none doubled; every notice sent` };
  } finally {
    playing = false;
    await killing.catch(() => undefined);
    await house.close();
  }
}

/** One case, one row per message, one event per fact: what a retry must not have done twice. */
async function doubles(url: string, posted: number): Promise<string[]> {
  const [row] = await asked<Record<'cases' | 'messages' | 'starts' | 'notices', number>>(
    url,
    `SELECT (SELECT count(*)::int FROM cases) AS cases, (SELECT count(*)::int FROM messages) AS messages,
            (SELECT count(*)::int FROM events WHERE type = 'case.mediation_started') AS starts,
            (SELECT count(*)::int FROM (SELECT 1 FROM notifications GROUP BY source_id, recipient_id, channel HAVING count(*) > 1) x) AS notices`,
  );
  const expected = { cases: 1, messages: posted, starts: 1, notices: 0 };
  return JSON.stringify(row) === JSON.stringify(expected) ? [] : [`${JSON.stringify(row)}, not ${JSON.stringify(expected)}`];
}

/** The queue may need a moment after the last kill; then nothing that is due may wait. */
async function unsent(url: string): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const rows = await asked<{ template: string }>(
      url,
      `SELECT template FROM notifications WHERE state = 'waiting' AND channel IN ('email', 'sms') AND legal`,
    );
    if (rows.length === 0 || tries === 60) return rows.map(({ template }) => `${template} was not sent`);
    await pause(500);
  }
}

async function asked<T extends object>(connectionString: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
