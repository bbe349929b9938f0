import { conflictQuestions } from '#contract';
import { RadioCards } from '../parts/option-cards.js';
import { useText } from '../words.js';

type Question = (typeof conflictQuestions)[number] | 'acquainted';
type Props = { of?: readonly Question[]; complaints: Record<string, string>; onAnswer: (question: string, answer: string) => void };

/** Whether an interest of one's own is in a case: each question answered. An acquaintance is asked of who is offered the case. */
export function ConflictQuestions({ of = conflictQuestions, complaints, onAnswer }: Props) {
  const t = useText('mediator', 'conflicts');
  return of.map((question) => (
    <RadioCards
      key={question}
      name={question}
      legend={t(question === 'acquainted' ? 'conflicts.declare.acquainted' : `mediator.declare.${question}`)}
      complaint={complaints[question]}
      options={[
        { value: 'no', label: t('common.no') },
        { value: 'yes', label: t('common.yes') },
      ]}
      onChange={({ target }) => onAnswer(question, target.value)}
    />
  ));
}
