import { useSyncExternalStore } from 'react';

function listen(changed: () => void) {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** Is the page itself looked at, or does it lie behind another? */
export const useIsVisible = () => useSyncExternalStore(listen, () => document.visibilityState !== 'hidden');
