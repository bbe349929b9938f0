import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { OfferCard } from './offer-card.js';
import { useOffers } from './use-offers.js';

export function OffersPage() {
  const t = useText('mediator');
  const found = useOffers();
  return (
    <>
      <PageHead title={t('mediator.offers')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>{t('mediator.offers.none')}</p>}
      <div className="stack narrow">
        {found.data?.map((offer) => (
          <OfferCard key={offer.id} offer={offer} level={2} />
        ))}
      </div>
    </>
  );
}
