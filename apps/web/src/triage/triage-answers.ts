import { triage, type TriageAnswers, type TriageQuestion, triageQuestions } from '#contract';

/** What was answered, in memory alone: neither the address nor this device keeps it. */
let given: TriageAnswers = {};

export const answersGiven = (): TriageAnswers => given;
/** Answers before this question: those after it no longer hold, the question may lead elsewhere now. */
export function answer(question: TriageQuestion, option: string) {
  given = { ...before(question), [question]: option };
}
export const startAgain = () => void (given = {});

export const before = (question: TriageQuestion): TriageAnswers =>
  Object.fromEntries(triageQuestions.slice(0, placeOf(question)).flatMap(({ id }) => (given[id] ? [[id, given[id]]] : [])));
export const placeOf = (question: TriageQuestion) => triageQuestions.findIndex(({ id }) => id === question);

/** The address of what comes next: a question by its name, never by its answer. */
export function nextPath(): string {
  const next = triage(given);
  return 'ask' in next ? `/triage/${next.ask}` : '/triage/end';
}
