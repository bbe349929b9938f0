import { useText } from '../words.js';

const [kilo, mega] = [1024, 1024 * 1024];

/** How much, in words one reads at a glance. */
export function useSize() {
  const t = useText('files');
  return (bytes: number) =>
    bytes < mega ? t('files.kilo', { number: Math.ceil(bytes / kilo) }) : t('files.mega', { number: Math.round(bytes / mega) });
}
