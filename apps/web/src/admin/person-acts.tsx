import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { PersonRow } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';

type Act = { part: 'disablement' | 'second-factor'; method: 'PUT' | 'DELETE' };

/** Shut out, let in again, take off a lost second factor; nobody does it to oneself. */
export function PersonActs({ person: { id, name, disabled, hasSecondFactor } }: { person: PersonRow }) {
  const t = useText('admin');
  const cache = useQueryClient();
  const selfId = useSession()?.person.id;
  const act = useMutation({
    mutationFn: ({ part, method }: Act) => call(z.unknown(), `/people/${id}/${part}`, { method }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['people'] }),
  });
  if (id === selfId) return t('parts.side.you');
  return (
    <div className="stack">
      {act.error && <Failure of={act.error} />}
      {disabled ? (
        <Button small tone="second" busy={act.isPending} onClick={() => act.mutate({ part: 'disablement', method: 'DELETE' })}>
          {t('admin.enable')}
        </Button>
      ) : (
        <Confirm
          tone="quiet"
          label={t('admin.disable')}
          question={t('admin.disable.question', { name })}
          text={t('admin.disable.text')}
          confirmLabel={t('admin.disable.confirm')}
          busy={act.isPending}
          onConfirm={() => act.mutate({ part: 'disablement', method: 'PUT' })}
        />
      )}
      {hasSecondFactor && (
        <Confirm
          tone="quiet"
          label={t('admin.reset')}
          question={t('admin.reset.question', { name })}
          text={t('admin.reset.text')}
          confirmLabel={t('admin.reset.confirm')}
          busy={act.isPending}
          onConfirm={() => act.mutate({ part: 'second-factor', method: 'DELETE' })}
        />
      )}
    </div>
  );
}
