import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { AnswerChoosing, Candidate, ChoosingView } from '#contract';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { acceptOffer, byTotalAndName, type Filed, isUntied, type Stage } from '../../apps/launcher/src/demo/play.js';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import type { Before } from './gatherings.js';
import type { House } from './house.js';
import type { Listener } from './listener.js';
import { isNeeded } from './needs.js';
import { sinksOf } from './sinks.js';

type Outcome = 'sides' | 'house';
type Answers = Record<'A1' | 'B1', AnswerChoosing>;
/** Disputes in which the sides choose the mediator themselves, by how it ends: whom both left, or nobody, and then the cabinet proposes. */
export const chosenTogether: Record<string, Outcome | undefined> = {
  '01-fence-on-the-line': 'sides',
  '08-seeing-my-daughter-safely': 'house',
};
/** What a side said of the list, as it was sent: nobody but that side may ever receive it. */
export type Said = { scene: string; who: string; ids: string };

/** Both sides strike and rank from one list; the clockwork lays the answers side by side and offers the case. */
export async function chooseTogether(stage: Stage, scenario: Scenario, before: Before): Promise<DemoPerson> {
  const { filed, differences, house } = before;
  const { caseId, people } = filed;
  const expected = chosenTogether[scenario.slug]!;
  await stage.coordinator.ask('POST', `/cases/${caseId}/choosings`);
  const order = await fittest(stage, scenario, filed);
  const answers = expected === 'sides' ? inCommon(order, before.isOtherwise ?? false) : apart(order);
  let shown = '';
  for (const [name, answer] of Object.entries(answers)) {
    const person = people.get(name)!;
    const { id, listed, mine } = await roundOf(person, caseId);
    if (mine || (shown && shown !== JSON.stringify(listed))) differences.push(`${name} is shown another list, or an answer`);
    shown = JSON.stringify(listed);
    await person.ask('PUT', `/choosings/${id}/answer`, answer);
    for (const ids of [answer.ranked, answer.struck])
      if (ids.length > 1) before.choosings?.push({ scene: scenario.slug, who: name, ids: ids.join('","') });
  }
  const { outcome, mediatorId } = await decided(house, caseId);
  if (outcome !== expected) differences.push(`chosen together: ${outcome}`);
  const isMeant = expected === 'sides' ? mediatorId === order[1] : !order.includes(mediatorId);
  if (!isMeant) differences.push('another mediator than the sides’ answers lead to');
  return acceptOffer(stage, caseId, mediatorId);
}

/** The list that both sides see, in the order in which the desk would have looked. */
async function fittest({ coordinator }: Stage, scenario: Scenario, { people, caseId }: Filed): Promise<string[]> {
  const { listed } = await roundOf(people.get('A1')!, caseId);
  const candidates = await coordinator.ask<Candidate[]>('GET', `/cases/${caseId}/candidates`);
  const isFit = (one: Candidate) => isUntied(one) && isNeeded(scenario)(one);
  return candidates
    .filter(({ mediatorId }) => listed.some(({ id }) => id === mediatorId))
    .toSorted((one, other) => Number(isFit(other)) - Number(isFit(one)) || byTotalAndName(one, other))
    .map(({ mediatorId }) => mediatorId);
}

/**
 * Side B does not want whom the engine thinks best, side A not the last: the second is first of whom both left. `isOtherwise`: side B strikes
 * one more and ranks the others differently, with the same end, so that all that the other side receives must be the same.
 */
function inCommon([best, second, ...rest]: string[], isOtherwise: boolean): Answers {
  const last = rest.at(-1)!;
  const others = rest.slice(0, -1);
  const struck = isOtherwise ? [best!, ...others] : [best!];
  return {
    A1: { struck: [last], ranked: [best!, second!, ...others] },
    B1: { struck, ranked: isOtherwise ? [second!, last] : [last, second!, ...others] },
  };
}

/** Whom the one side leaves, the other strikes. */
function apart(order: string[]): Answers {
  const [some, others] = [order.filter((_, at) => at % 2 === 0), order.filter((_, at) => at % 2 === 1)];
  return { A1: { struck: some, ranked: others }, B1: { struck: others, ranked: some } };
}

const roundOf = async (who: DemoPerson, caseId: string) => (await who.ask<ChoosingView[]>('GET', `/cases/${caseId}/choosings`))[0]!;

/** Looked at past everybody: how often somebody had to ask would be one more thing that differs between two runs. */
async function decided(house: House, caseId: string): Promise<{ outcome: string; mediatorId: string }> {
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  try {
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await admin.query<{ outcome: string; mediatorId: string | null }>(
        `SELECT outcome, (SELECT o.mediator_id FROM offers o WHERE o.case_id = c.case_id AND o.answered_at IS NULL) AS "mediatorId"
         FROM choosings c WHERE c.case_id = $1 AND c.outcome IS NOT NULL`,
        [caseId],
      );
      const [done] = rows;
      if (done?.mediatorId) return { outcome: done.outcome, mediatorId: done.mediatorId };
      if (done) throw new Error(`chosen together: ${done.outcome}, and nobody is asked`);
      await pause(50);
    }
    throw new Error('both sides have chosen and nothing happens');
  } finally {
    await admin.end();
  }
}

/** Whom a side struck and how it ranked the others is received by that side alone, and stands in no mail, log, queue or file. */
export async function choosingsKept(house: House, listener: Listener, said: readonly Said[]): Promise<{ differences: string[]; note: string }> {
  const sinks = sinksOf(house, listener, house.adminUrl).filter(({ name }) => name !== 'tables as the backup reads them');
  const all = (await Promise.all(sinks.map((sink) => sink.read()))).flat();
  const found = said.flatMap(({ scene, who, ids }) => all.filter(({ text }) => text.includes(ids)).map((one) => ({ ...one, scene, by: who })));
  const differences = found.filter(({ who, by }) => who !== by).map(({ where, by }) => `${where} holds what ${by} said of the mediators`);
  return { differences, note: `${said.length} orders and strikes of sides, in ${all.length} places nobody else’s` };
} // prettier-ignore
