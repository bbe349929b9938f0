import { IconDeviceFloppy } from '@tabler/icons-react';
import { Banner } from '../parts/banner.js';
import { useText } from '../words.js';

/** Seldom seen: it comes when it is. */
export function TypedNote() {
  const t = useText('application');
  return (
    <div aria-live="polite">
      <Banner icon={IconDeviceFloppy}>{t('application.typed')}</Banner>
    </div>
  );
}
