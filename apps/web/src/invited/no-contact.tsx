import { PageHead } from '../parts/page-head.js';
import { PhoneLink } from '../parts/help-block.js';
import { useReference } from '../reference.js';
import { useText } from '../words.js';

/** Invited by a letter alone: a code that proves who answers has nowhere to go before the House takes down a telephone or an e-mail. */
export function NoContact() {
  const t = useText('invited');
  const house = useReference()?.house;
  return (
    <div className="narrow">
      <PageHead title={t('invited.paper.title')} tabTitle={t('invited.title')} back="/invitation" />
      <p>{t('invited.paper.text')}</p>
      {house && (
        <p>
          <PhoneLink number={house.phone} />
        </p>
      )}
    </div>
  );
}
