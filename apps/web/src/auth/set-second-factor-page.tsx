import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { SecondFactorCode, SecondFactorStart } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { QuestionPage } from '../parts/question-page.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';
import { QrCode } from './qr-code.js';
import styles from './set-second-factor-page.module.css';

type Start = z.infer<typeof SecondFactorStart>;

/** The secret is drawn here, on this device: it goes to no picture service. */
export function SetSecondFactorPage() {
  const t = useText('auth');
  const starting = useMutation({ mutationFn: () => call(SecondFactorStart, '/second-factors', { method: 'POST', body: {} }) });
  if (starting.data) return <ScanAndConfirm start={starting.data} />;
  return (
    <div className="cols">
      <div>
        <PageHead title={t('auth.setup.title')} />
        <p>{t('auth.setup.text')}</p>
        {starting.isError && <Failure of={starting.error} />}
        <Actions>
          <Button busy={starting.isPending} onClick={() => starting.mutate()}>
            {t('auth.setup.start')}
          </Button>
        </Actions>
      </div>
      <aside>
        <Card kind="note" title={t('auth.second.why.title')}>
          <p>{t('auth.second.why')}</p>
        </Card>
      </aside>
    </div>
  );
}

function ScanAndConfirm({ start: { secret, uri } }: { start: Start }) {
  const t = useText('auth');
  const arrive = useArrive();
  const { complaints, attempt, check } = useComplaints({ code: 'code' });
  const confirming = useMutation({
    mutationFn: (body: object) => call(z.unknown(), '/second-factors/confirmation', { method: 'PUT', body }),
    onSuccess: arrive,
  });
  const send = (form: FormData) => {
    const read = check(SecondFactorCode, { code: form.get('code') });
    if (read) confirming.mutate(read);
  };
  return (
    <QuestionPage
      title={t('auth.setup.title')}
      intro={t('auth.setup.text')}
      {...{ complaints, attempt }}
      refusal={confirming.error}
      busy={confirming.isPending}
      send={t('auth.setup.finish')}
      onSend={send}
    >
      <div className={styles.secret}>
        <figure>
          <QrCode text={uri} />
          <figcaption className="small muted">{t('auth.setup.picture')}</figcaption>
        </figure>
        <p>
          {t('auth.setup.secret')}:<br />
          <code>{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
      </div>
      <CodeInput label={t('auth.setup.label')} hint={t('auth.second.hint')} complaint={complaints['code']} />
    </QuestionPage>
  );
}
