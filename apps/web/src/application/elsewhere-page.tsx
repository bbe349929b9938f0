import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { CodeSent } from '#contract';
import { timeInWords } from '#language';
import { call } from '../api.js';
import { QrCode } from '../auth/qr-code.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** A draft goes on elsewhere: the link stands here, the code comes to the contact. Each is nothing without the other. */
export function ElsewherePage() {
  const t = useText('application');
  const { caseId = '' } = useParams();
  const asking = useMutation({ mutationFn: () => call(CodeSent, `/cases/${caseId}/resumptions`, { method: 'POST', body: {} }) });
  const sent = asking.data;
  const address = sent && `${location.origin}/resume/${sent.codeId}?next=/apply/${caseId}`;
  return (
    <div className="narrow">
      <PageHead title={t('application.elsewhere')} lead={t('application.elsewhere.lead')} back={`/apply/${caseId}/check`} />
      {asking.isError && <Failure of={asking.error} />}
      {sent && address && (
        <Card title={t('application.elsewhere.link')} live>
          <div style={{ maxWidth: '14rem' }}>
            <QrCode text={address} />
          </div>
          <p style={{ overflowWrap: 'anywhere' }}>{address}</p>
          <p>{t(`application.elsewhere.${sent.channel}`, { until: timeInWords(sent.expiresAt) })}</p>
        </Card>
      )}
      <Actions>
        <Button tone={sent ? 'second' : 'primary'} busy={asking.isPending} onClick={() => asking.mutate()}>
          {t(sent ? 'application.elsewhere.again' : 'application.elsewhere.ask')}
        </Button>
      </Actions>
    </div>
  );
}
