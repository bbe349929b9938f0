import { setTimeout as pause } from 'node:timers/promises';
import type { CaseView } from '#contract';
import { answerDay, caseAs, file, type Filed, invite, readInvitation } from '../../apps/launcher/src/demo/play.js';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import type { Company } from './act.js';
import { consulted } from './consult.js';
import { answerDue, endsBefore } from './expected.js';

type Played = { differences: string[]; note: string };
const patienceMs = 40_000;

/** What the machine proposes to the desk, against the script; a person decides all the same. */
export async function screened({ coordinator }: Company, scenario: Scenario, caseId: string): Promise<string[]> {
  const { desk, parties } = await caseAs(coordinator, caseId);
  const differences: string[] = [];
  if (desk?.proposal !== scenario.screeningExpected) differences.push(`proposed ${desk?.proposal}, not ${scenario.screeningExpected}`);
  if (scenario.reasonCode && desk?.reasons[0] !== scenario.reasonCode)
    differences.push(`because of ${desk?.reasons.join(', ')}, not ${scenario.reasonCode}`);
  if (Boolean(scenario.flags['violence']) !== desk?.needsSafeProcess) differences.push('a safe process is not as the script says');
  for (const { id, side, accessibility = [] } of scenario.parties) {
    const seen = parties.filter((party) => party.side === side)[Number(id.slice(1)) - 1]?.needs;
    if (accessibility.some((need) => !seen?.accessibility.includes(need))) differences.push(`the needs of ${id} did not reach the desk`);
  }
  return differences;
}

/** A dispute that ends before there is a mediator: refused by two coordinators, declined, or met with silence. */
export async function playBefore(company: Company, scenario: Scenario): Promise<Played> {
  const stage = company.stage(undefined);
  const filed = await file(stage, scenario);
  const differences = await screened(company, scenario, filed.caseId);
  const code = scenario.outcome.groundCode as keyof typeof endsBefore;
  if (code === 'DECLINED' || code === 'NO_RESPONSE') {
    await invite(stage, scenario, filed);
    const due = (await caseAs(filed.people.get('A1')!, filed.caseId)).dueAt;
    const day = due && new Date(new Date(due).getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
    if (day !== answerDue[scenario.slug]) differences.push(`an answer is due on ${day}, not ${answerDue[scenario.slug]}`);
    if (code === 'DECLINED') await decline(company, scenario, filed);
    else company.house.setClock(new Date(new Date(due!).getTime() + 60_000));
  } else await refuse(company, scenario, filed);
  const end = await untilState(filed, endsBefore[code]);
  if (end.state !== endsBefore[code]) differences.push(`A1 reads ${end.state}, not ${endsBefore[code]}`);
  if ((await caseAs(company.coordinator, filed.caseId)).mediator) differences.push('a mediator was found for it');
  if (scenario.messagesPhase === 'consultation') differences.push(...(await consulted(company, scenario, filed)));
  await company.coordinator.ask('POST', `/cases/${filed.caseId}/moves`, { action: 'close' });
  return { differences, note: `${end.state} ${scenario.reasonCode ?? ''}`.trim() };
}

/** One coordinator proposes, who may not confirm it himself; another does. */
async function refuse({ coordinator, second }: Company, { reasonCode }: Scenario, { caseId }: Filed) {
  await coordinator.ask('PUT', `/cases/${caseId}/screening`, { decision: 'refuse', code: reasonCode });
  const alone = await coordinator.call('PUT', `/cases/${caseId}/refusal`, { confirm: true });
  if (alone.status !== 409) throw new Error(`a refusal by one coordinator alone: ${alone.status}`);
  await second.ask('PUT', `/cases/${caseId}/refusal`, { confirm: true });
}

/** The reason is the invited side's own: nothing of it comes back. */
async function decline({ house }: Company, scenario: Scenario, { people }: Filed) {
  const invited = people.get('B1')!;
  const code = await readInvitation(invited);
  house.setClock(answerDay(scenario));
  await invited.ask('POST', '/invitations/openings', { code });
  const shown = await invited.proof('/invitation/codes', { channel: invited.contact.includes('@') ? 'email' : 'sms' });
  await invited.ask('PUT', '/invitation/answer', { answer: 'decline', ...shown, reason: 'Себебін айтпаймын.' });
}

/** What time decides, the worker decides a little later. */
async function untilState({ caseId, people }: Filed, state: CaseView['state']): Promise<CaseView> {
  for (const until = Date.now() + patienceMs; ; await pause(250)) {
    const seen = await caseAs(people.get('A1')!, caseId);
    if (seen.state === state || Date.now() > until) return seen;
  }
}
