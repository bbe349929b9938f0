import { type CaseAction, caseActions, type CaseState, caseStates, grounds, liveStates } from '#contract';
import { actorKinds, groundsFor, guards, lifecycle, type Lifecycle } from './case.lifecycle.js';

const start: CaseState = 'DRAFT';
const end: CaseState = 'ARCHIVED';
const settled: readonly CaseState[] = ['SETTLED_FULL', 'SETTLED_PARTIAL'];

/** Every move as a line of the table. */
const rowsOf = (table: Lifecycle) =>
  caseStates.flatMap((from) =>
    (Object.keys(table[from]) as CaseAction[]).map((action) => ({ from, action, guards: [], grounds: [], ...table[from][action]! })),
  );

/** Called at boot: a table with a hole, a trap or a word nobody knows starts nothing. */
export function validateLifecycle(table: Lifecycle = lifecycle): void {
  const problems = [...shapeOf(table), ...wordsOf(table), ...groundsOf(table), ...doorOf(table)];
  if (problems.length > 0) throw new Error(`The lifecycle of a case does not hold:\n${problems.join('\n')}`);
}

/** Everything can be reached, everything ends in one place, every action is used. */
function shapeOf(table: Lifecycle): string[] {
  const rows = rowsOf(table);
  const reached = spread(start, (state) => rows.filter(({ from }) => from === state).map(({ to }) => to));
  const ending = spread(end, (state) => rows.filter(({ to }) => to === state).map(({ from }) => from));
  return [
    ...caseStates.filter((state) => !reached.has(state)).map((state) => `${state} cannot be reached`),
    ...caseStates.filter((state) => !ending.has(state)).map((state) => `${state} never ends`),
    ...rows.filter(({ from }) => from === end).map(({ action }) => `${action} leaves the end`),
    ...caseActions.filter((action) => rows.every((row) => row.action !== action)).map((action) => `${action} is never used`),
  ];
}

function spread(first: CaseState, neighbours: (state: CaseState) => CaseState[]): Set<CaseState> {
  const found = new Set([first]);
  for (const state of found) for (const next of neighbours(state)) found.add(next);
  return found;
}

function wordsOf(table: Lifecycle): string[] {
  return rowsOf(table).flatMap(({ from, action, to, by, guards: named }) => [
    ...(caseStates.includes(to) ? [] : [`${from} ${action}: unknown state ${to}`]),
    ...(caseActions.includes(action) ? [] : [`${from}: unknown action ${action}`]),
    ...(by.length > 0 ? [] : [`${from} ${action}: nobody may`]),
    ...by.filter((kind) => !actorKinds.includes(kind)).map((kind) => `${from} ${action}: unknown actor ${kind}`),
    ...named.filter((guard) => !Object.hasOwn(guards, guard)).map((guard) => `${from} ${action}: unknown guard ${guard}`),
  ]);
}

/** A settlement always carries ground 1, a termination never does, nothing else carries any; whoever may terminate has a ground to name. */
function groundsOf(table: Lifecycle): string[] {
  return rowsOf(table).flatMap(({ from, action, to, by, grounds: given }) => {
    const text = given.join(',');
    if (settled.includes(to)) return text === '1' ? [] : [`${from} ${action}: a settlement carries ground 1, not ${text || 'none'}`];
    if (to !== 'TERMINATED') return text === '' ? [] : [`${from} ${action}: carries ground ${text} but ends nothing`];
    const wrong = given.length === 0 || given.some((ground) => ground === '1' || !grounds.includes(ground));
    const mute = table === lifecycle ? by.filter((kind) => groundsFor(from, action, kind).length === 0) : [];
    return [
      ...(wrong ? [`${from} ${action}: ends by ground ${text || 'none'}`] : []),
      ...mute.map((kind) => `${kind} has no ground to end by`),
    ];
  });
}

/** Nobody is in mediation without a contract signed by all: its rooms open by one door. */
function doorOf(table: Lifecycle): string[] {
  const live: readonly CaseState[] = liveStates;
  return rowsOf(table)
    .filter(
      ({ from, to, action }) => live.includes(to) && !live.includes(from) && action !== 'conclude_contract' && from !== 'COURT_REFUSED',
    )
    .map(({ from, action, to }) => `${from} ${action} ${to}: mediation without a contract`);
}

/** The table as a Mermaid state diagram; docs/architecture.md shows it. */
export function printDiagram(): string {
  const arrows = new Map<string, CaseAction[]>();
  for (const { from, to, action } of rowsOf(lifecycle))
    arrows.set(`${from} --> ${to}`, [...(arrows.get(`${from} --> ${to}`) ?? []), action]);
  const lines = [...arrows].map(([arrow, actions]) => `  ${arrow}: ${actions.join(', ')}`);
  return ['stateDiagram-v2', `  [*] --> ${start}`, ...lines, `  ${end} --> [*]`, ''].join('\n');
}
