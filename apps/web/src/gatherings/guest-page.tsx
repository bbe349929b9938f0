import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { guestPledge, type GuestView, type PledgeGuest } from '#contract';
import { call } from '../api.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { Declaration } from './declaration.js';
import { useMyGuesthoods } from './use-gatherings.js';

/** Where somebody is asked in who is no party: the pledge, the way into the rooms, the way out. */
export function GuestPage() {
  const t = useText('gatherings');
  const found = useMyGuesthoods();
  return (
    <>
      <PageHead title={t('gatherings.mine.title')} lead={t('gatherings.mine.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>{t('gatherings.mine.none')}</p>}
      <div className="stack">
        {found.data?.map((guest) => (
          <Guesthood key={guest.id} guest={guest} />
        ))}
      </div>
    </>
  );
}

function Guesthood({ guest }: { guest: GuestView }) {
  const { id, caseId, capacity, askedBy, hasPledged, hasDeclared, isAdmitted } = guest;
  const t = useText('gatherings');
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (pledge: PledgeGuest | null) =>
      pledge
        ? call(z.unknown(), `/guests/${id}/pledge`, { method: 'PUT', body: pledge })
        : call(z.unknown(), `/guests/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['guesthoods'] }),
  });
  return (
    <Card title={t('gatherings.mine.card', { name: askedBy, capacity: t(`gatherings.capacity.${capacity}`) })}>
      {hasPledged && <p>{t(isAdmitted ? 'gatherings.mine.admitted' : 'gatherings.mine.notYet')}</p>}
      {isAdmitted && (
        <p>
          <ButtonLink to={capacity === 'co_mediator' && hasDeclared ? `/mediator/cases/${caseId}` : `/rooms/${caseId}`}>
            {t('gatherings.mine.enter')}
          </ButtonLink>
        </p>
      )}
      {capacity === 'co_mediator' && !hasDeclared && (
        <Declaration
          parties={guest.parties}
          busy={act.isPending}
          onDeclared={(declaration) => act.mutate({ ...guestPledge, declaration })}
        />
      )}
      {!hasPledged && capacity !== 'co_mediator' && (
        <Confirm
          label={t('gatherings.mine.pledge')}
          tone="primary"
          question={t('gatherings.mine.pledge.question')}
          text={t(capacity === 'interpreter' ? 'gatherings.mine.pledge.text.interpreter' : 'gatherings.mine.pledge.text')}
          confirmLabel={t('gatherings.mine.pledge.yes')}
          busy={act.isPending}
          onConfirm={() => act.mutate(guestPledge)}
        />
      )}
      {hasPledged && (
        <Confirm
          label={t('gatherings.mine.leave')}
          tone="quiet"
          question={t('gatherings.mine.leave.question')}
          text={t('gatherings.mine.leave.text')}
          confirmLabel={t('gatherings.mine.leave.yes')}
          busy={act.isPending}
          onConfirm={() => act.mutate(null)}
        />
      )}
      {act.error && <Failure of={act.error} />}
    </Card>
  );
}

/** On the first page after signing in: somebody has asked. */
export function GuestHint() {
  const t = useText('gatherings');
  const found = useMyGuesthoods();
  if (!found.data?.length) return null;
  return (
    <Card kind="panel" title={t('gatherings.mine.title')}>
      <ButtonLink small to="/guest">
        {t('gatherings.mine.see')}
      </ButtonLink>
    </Card>
  );
}
