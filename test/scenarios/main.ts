import { resolve } from 'node:path';
import type { CaseView, CourtRow } from '#contract';
import { type Scenario, scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import { choosingsKept } from './choosing.js';
import { begin, Company, finish, talk } from './act.js';
import { playBefore } from './before.js';
import { courtWords, endsBefore, expected, played, waiting } from './expected.js';
import { openHouse } from './house.js';
import { followLinks } from './links.js';
import { Listener } from './listener.js';
import { searchForLeaks } from './leaks.js';
import { recountReports } from './recount.js';
import { allReplayed } from './replays.js';
import { twinRun } from './twin.js';
import { killedMidway } from './killed.js';

type Row = { slug: string; result: 'passed' | 'failed' | 'waiting'; note: string };

/** `--twins`: the twin run of every dispute that is chosen, not of one alone. `--s3`: the files of people lie in a bucket, and the leak search looks there. */
const { dir, slugs, isTwice, s3 } = asked(process.argv.slice(2));
const all = scenariosIn(dir);
const chosen = slugs.length ? all.filter(({ slug }) => slugs.some((start) => slug.startsWith(start))) : all;
const rows: Row[] = [];
const house = await openHouse({ s3 });
try {
  const listener = new Listener();
  const company = await Company.gather(house, listener.ear);
  const said: Scenario[] = [];
  const done: Scenario[] = [];
  for (const scenario of chosen) {
    if (!played.includes(scenario.slug)) {
      rows.push({ slug: scenario.slug, result: 'waiting', note: waiting[scenario.slug] ?? 'not in the table of what waits' });
      continue;
    }
    listener.scene = scenario.slug;
    rows.push(await row(scenario.slug, () => play(company, scenario)));
    said.push(scenario);
    if (!(scenario.outcome.groundCode in endsBefore)) done.push(scenario);
  }
  if (said.length) rows.push(await row('recount of the reports', () => recountReports(house, said)));
  if (said.length) rows.push(await row('leak search', () => searchForLeaks(house, listener, said)));
  if (done.length) rows.push(await row('replays', () => allReplayed(house, company)));
  if (company.choosings.length) rows.push(await row('choosings', () => choosingsKept(house, listener, company.choosings)));
  if (done.length) rows.push(await row('links of messages', () => followLinks(house, company)));
  for (const twin of done.filter(({ slug }) => isTwice || slug === '01-fence-on-the-line'))
    rows.push(await row(`twin run, ${twin.slug}`, () => twinRun(twin)));
  const cut = chosen.find(({ slug }) => slug === '11-phone-refund');
  if (cut) rows.push(await row('killed midway', () => killedMidway(cut)));
  if (rows.some(({ result }) => result === 'failed')) for (const line of house.faults()) console.log(line);
} finally {
  await house.close();
}
report(rows);

/** Plays one dispute to its end and returns what differs from the table. */
async function play(company: Company, scenario: Scenario): Promise<{ differences: string[]; note: string }> {
  if (scenario.outcome.groundCode in endsBefore) return playBefore(company, scenario);
  const court = { courtId: 'OSKEMEN_CITY', caseNumber: `6310-26-00-2/${scenario.slug.slice(0, 2)}` };
  const joined = await begin(company, scenario, court);
  const { posted, differences: heard } = await talk(joined, scenario.messages);
  const differences = [...joined.differences, ...heard];
  await finish(joined, scenario, house);
  for (const [name, guest] of joined.guests)
    if ((await guest.call('GET', `/cases/${joined.cast.caseId}/rooms`)).status !== 404) differences.push(`${name} still reads a room`);
  const end = expected[scenario.outcome.kind as keyof typeof expected];
  const { caseId, people } = joined.cast;
  for (const [name, person] of people) {
    const { state, ground } = await person.ask<CaseView>('GET', `/cases/${caseId}`);
    if (state !== end.party || ground !== end.ground) differences.push(`${name} reads ${state} ${ground}, not ${end.party} ${end.ground}`);
    const rooms = await person.ask<{ state: string }[]>('GET', `/cases/${caseId}/rooms`);
    if (rooms.some((room) => room.state !== 'read_only')) differences.push(`${name} finds a room still open`);
  }
  const seen = await company.clerk.ask<CourtRow>('GET', `/court/cases/${caseId}`);
  if (seen.state !== end.court || seen.ground !== end.ground) differences.push(`the court reads ${seen.state} ${seen.ground}`);
  if (!courtWords.includes(seen.nextActor)) differences.push(`the court reads next actor ${seen.nextActor}`);
  for (const [side, said] of Object.entries(scenario.satisfaction))
    if (said)
      await people.get(`${side}1`)!.ask('PUT', `/cases/${caseId}/satisfaction`, { stage: 'mediation', answers: { overall: said.score } });
  await company.coordinator.ask('POST', `/cases/${caseId}/moves`, { action: 'close' });
  const { state } = await company.clerk.ask<CourtRow>('GET', `/court/cases/${caseId}`);
  if (state !== expected.closed.court) differences.push(`the court reads ${state} after closing`);
  return { differences, note: `${end.party} ${end.ground}, ${posted} messages` };
}

async function row(slug: string, work: () => Promise<{ differences: string[]; note: string }>): Promise<Row> {
  try {
    const { differences, note } = await work();
    return differences.length ? { slug, result: 'failed', note: differences.join('; ') } : { slug, result: 'passed', note };
  } catch (error) {
    return { slug, result: 'failed', note: (error as Error).message };
  }
}

function report(all: Row[]) {
  const width = Math.max(...all.map(({ slug }) => slug.length));
  for (const { slug, result, note } of all)
    console.log(`${slug.padEnd(width)}  ${result === 'waiting' ? `waiting: ${note}` : `${result}  ${note}`}`);
  const count = (result: Row['result']) => all.filter((one) => one.result === result).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed`);
  process.exitCode = count('failed') || !count('passed') ? 1 : 0;
}

function asked(args: string[]) {
  const at = args.indexOf('--dir');
  const given = at >= 0 ? args.splice(at, 2)[1] : undefined;
  const slugs = args.filter((one) => !one.startsWith('--'));
  return { dir: resolve(given ?? 'test/scenarios'), slugs, isTwice: args.includes('--twins'), s3: args.includes('--s3') };
}
