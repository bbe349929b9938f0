import type { Candidate } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import type { Stage } from '../../apps/launcher/src/demo/play.js';
import { mediatorsIn, type MediatorSeed, type Scenario } from '../../apps/launcher/src/demo/scenario.js';

export const register = () => mediatorsIn('test/scenarios');
export const isNamed = (seed: string) => {
  const { surname, given } = register().find(({ id }) => id === seed)!;
  return ({ name }: { name: string }) => name.includes(surname) && name.includes(given);
};

/**
 * Who may mediate a dispute, reckoned by hand from its file and the file of mediators alone: the cabinet's list must hold these and nobody
 * else. Who has as many cases as he takes is left to the cabinet, which knows what is open.
 */
export async function listedRightly({ coordinator }: Stage, scenario: Scenario, caseId: string, now: Date): Promise<string[]> {
  const on = dayOf(now.getTime(), kazakhstan.zone);
  const candidates = await coordinator.ask<Candidate[]>('GET', `/cases/${caseId}/candidates`);
  const differences = register().flatMap((entry) => {
    const one = candidates.find(isNamed(entry.id));
    const against = one?.reasons.filter((reason) => reason !== 'at_capacity') ?? ['absent'];
    const may = mayTake(entry, scenario, on);
    if (may === (against.length === 0)) return [];
    return [`${entry.id} ${may ? `is kept away: ${against.join(' ')}` : 'may be offered the case'}`];
  });
  const order = candidates.filter(({ eligible }) => eligible).map(({ total }) => total);
  if (order.some((total, at) => at > 0 && total > order[at - 1]!)) differences.push('the list is not in the order of its points');
  return differences;
}

/** What the desk looks for beside what the law asks: the kind and the field that the file names. */
export const isNeeded =
  ({ mediatorNeeds: { kind, fields } }: Scenario) =>
  (one: Candidate): boolean => {
    const entry = register().find(({ id }) => isNamed(id)(one));
    return (kind === 'any' || one.kind === kind) && fields.some((field) => entry?.fields.includes(field));
  };

function mayTake(entry: MediatorSeed, { slug, category, mediatorNeeds: needs, conflict }: Scenario, on: string): boolean {
  const isAway =
    entry.status !== 'active' && (!entry.statusFrom || entry.statusFrom <= on) && (!entry.statusUntil || on <= entry.statusUntil);
  return (
    !isAway &&
    entry.registerEntryDate <= on &&
    (!entry.certificate || on <= entry.certificate.validUntil) &&
    (category !== 'criminal' || entry.kind === 'professional') &&
    needs.languages.every((language) => entry.languages.includes(language)) &&
    entry.fields.includes(category) &&
    !entry.relationships.some(({ scenario, expected }) => scenario === slug && expected === 'recuse' && conflict?.mediatorId !== entry.id)
  );
}
