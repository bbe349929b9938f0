import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useText } from '../words.js';
import { useChangeDevice, useDevice } from './use-device.js';

/** Whether this very device shows that something has come. Nothing stands here where it can not. */
export function ThisDevice() {
  const found = useDevice();
  if (!found.data?.publicKey) return null;
  return <Switch publicKey={found.data.publicKey} here={found.data.here} />;
}

function Switch({ publicKey, here }: { publicKey: string; here: boolean }) {
  const t = useText('centre');
  const changing = useChangeDevice(publicKey);
  return (
    <Card kind="note" title={t('centre.device.title')} live>
      <p>{t('centre.device.text')}</p>
      {changing.isError && <p>{t('centre.device.blocked')}</p>}
      <p>
        <Button small tone="second" busy={changing.isPending} onClick={() => changing.mutate(!here)}>
          {t(here ? 'centre.device.off' : 'centre.device.on')}
        </Button>
      </p>
    </Card>
  );
}
