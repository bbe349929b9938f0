import { useEffect, useState } from 'react';
import type { InvitationView } from '#contract';
import { timeInWords } from '#language';
import type { Complaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { Failure } from '../parts/failure.js';
import { QuestionPage } from '../parts/question-page.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { useInvitationCode } from './invitation.js';

type Props = {
  letter: InvitationView;
  back: string;
  send: string;
  complaints: Complaints;
  attempt: number;
  refusal: unknown;
  busy: boolean;
  onCode: (codeId: string, code: string) => void;
};

/** An answer counts only with the code sent to the invited contact, so that nobody answers in another's place. */
export function AnswerCode({ letter, back, send, complaints, attempt, refusal, busy, onCode }: Props) {
  const t = useText('invited', 'auth');
  const [channel, setChannel] = useState(letter.channel);
  const { mutate: ask, data: sent, error } = useInvitationCode();
  useEffect(() => ask(channel), [ask, channel]);
  const other = letter.channels.find((one) => one !== channel);
  if (error) return <Failure of={error} onRetry={() => ask(channel)} />;
  if (!sent) return <Waiting word={t('common.sending')} />;
  return (
    <QuestionPage
      title={t('auth.code.title')}
      tabTitle={t('invited.title')}
      intro={`${t(`invited.code.${sent.channel}`)} ${t('auth.code.until', { time: timeInWords(sent.expiresAt) })}`}
      {...{ back, complaints, attempt, refusal, busy, send }}
      onSend={(form) => onCode(sent.codeId, String(form.get('code')))}
      aside={
        <>
          <Card kind="note" title={t('invited.decline.why')}>
            <p>{t('invited.decline.why.text')}</p>
          </Card>
          <Card kind="note" title={t('auth.code.none')}>
            <p>{t('auth.code.none.text')}</p>
            {other && (
              <Button tone="quiet" small onClick={() => setChannel(other)}>
                {t(`invited.code.other.${other}`)}
              </Button>
            )}
          </Card>
        </>
      }
    >
      <CodeInput label={t('auth.code.label')} complaint={complaints['code']} />
    </QuestionPage>
  );
}
