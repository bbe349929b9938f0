import { DeliveryHealth } from '../desk/delivery-health.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** How delivery fares; behind it the queues themselves, which show ids and no more. */
export function DeliveryPage() {
  const t = useText('desk');
  return (
    <>
      <PageHead title={t('desk.health')} />
      <DeliveryHealth />
      <p>
        <a href="/api/queues">{t('desk.health.board')}</a>
      </p>
    </>
  );
}
