import type { CaseView } from '#contract';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useDates, useText } from '../words.js';

/** Whom the case is offered to, or the way to choose somebody. */
export function AssignmentCard({ found: { id, desk, actions } }: { found: CaseView }) {
  const t = useText('desk');
  const dates = useDates();
  const mayOffer = actions.includes('offer_mediator');
  if (!mayOffer && !desk?.offer) return null;
  return (
    <Card kind={mayOffer ? 'panel' : 'card'} title={t('desk.offer')}>
      {desk?.offer && <p>{t('desk.offer.waits', { name: desk.offer.mediator, when: dates.moment(desk.offer.expiresAt) })}</p>}
      {mayOffer && <ButtonLink to={`/desk/cases/${id}/mediator`}>{t('desk.offer.choose')}</ButtonLink>}
    </Card>
  );
}
