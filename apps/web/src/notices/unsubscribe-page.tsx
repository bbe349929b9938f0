import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { z } from 'zod';
import { call } from '../api.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** Where the link of a mail leads: opening it ends nothing, the button does, and nobody has to sign in. */
export function UnsubscribePage() {
  const t = useText('centre');
  const { token = '' } = useParams();
  const ending = useMutation({
    mutationFn: () => call(z.unknown(), `/unsubscriptions/${encodeURIComponent(token)}`, { method: 'POST' }),
  });
  return (
    <>
      <PageHead title={t('centre.unsubscribe.title')} />
      <div aria-live="polite">
        {ending.isSuccess && (
          <>
            <Notice icon={IconCircleCheck}>{t('centre.unsubscribe.done')}</Notice>
            <p>{t('centre.unsubscribe.back')}</p>
          </>
        )}
        {ending.isError && <Failure of={ending.error} />}
      </div>
      {!ending.isSuccess && (
        <>
          <p>{t('centre.unsubscribe.text')}</p>
          <Actions>
            <Button busy={ending.isPending} onClick={() => ending.mutate()}>
              {t('centre.unsubscribe.do')}
            </Button>
          </Actions>
        </>
      )}
    </>
  );
}
