import type { CaseView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

/** Whom the case is offered to, or the way to choose somebody. */
export function AssignmentCard({ found: { id, desk, actions } }: { found: CaseView }) {
  const t = useText('desk');
  const dates = useDates();
  const mayOffer = actions.includes('offer_mediator');
  const mayReplace = actions.includes('replace_mediator');
  const replace = useCaseChange(id, () => ({ path: `/cases/${id}/replacement` }));
  if (!mayOffer && !desk?.offer && !mayReplace) return null;
  return (
    <Card kind={mayOffer ? 'panel' : 'card'} title={t(mayOffer || desk?.offer ? 'desk.offer' : 'desk.replace.title')}>
      {desk?.offer && <p>{t('desk.offer.waits', { name: desk.offer.mediator, when: dates.moment(desk.offer.expiresAt) })}</p>}
      {mayOffer && <ButtonLink to={`/desk/cases/${id}/mediator`}>{t('desk.offer.choose')}</ButtonLink>}
      {mayReplace && (
        <Confirm
          label={t('desk.replace')}
          tone="quiet"
          question={t('desk.replace.question')}
          text={t('desk.replace.text')}
          confirmLabel={t('desk.replace.yes')}
          busy={replace.isPending}
          onConfirm={() => replace.mutate()}
        />
      )}
      {replace.error && <Failure of={replace.error} />}
    </Card>
  );
}
