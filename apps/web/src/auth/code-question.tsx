import type { ReactNode } from 'react';
import { timeInWords } from '#language';
import type { Complaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { QuestionPage } from '../parts/question-page.js';
import { useText } from '../words.js';
import type { Sent } from './contact-question.js';

type Props = {
  sent: Sent;
  /** Said with "if it is registered", so that nobody learns whom we know; not where the contact is new to us. */
  mayBeUnknown?: boolean;
  send?: string;
  complaints: Complaints;
  attempt: number;
  refusal: unknown;
  busy: boolean;
  onSend: (form: FormData) => void;
  onAgain: () => void;
  children?: ReactNode;
};

/** Where a code was sent, and the field for it. */
export function CodeQuestion({ sent, mayBeUnknown = false, send, onAgain, children, ...rest }: Props) {
  const t = useText('auth');
  const { channel, contact, expiresAt } = sent;
  return (
    <QuestionPage
      {...rest}
      title={t('auth.code.title')}
      intro={`${t(mayBeUnknown ? `auth.code.${channel}` : `auth.code.new.${channel}`, { contact })} ${t('auth.code.until', { time: timeInWords(expiresAt) })}`}
      send={send ?? t('auth.code.confirm')}
      aside={
        <Card kind="note" title={t('auth.code.none')}>
          <p>{t('auth.code.none.text')}</p>
          <Button tone="quiet" small onClick={onAgain}>
            {t('auth.code.again')}
          </Button>
        </Card>
      }
    >
      <CodeInput label={t('auth.code.label')} complaint={rest.complaints['code']} />
      {children}
    </QuestionPage>
  );
}
