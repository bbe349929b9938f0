import { Button } from '../parts/button.js';
import { useText } from '../words.js';

/** The next stretch of a list, when there is one. */
export function More({ of }: { of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const t = useText();
  if (!of.hasNextPage) return null;
  return (
    <p>
      <Button tone="second" busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t('common.more')}
      </Button>
    </p>
  );
}
