import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { live } from './sockets.js';

/** What was read so shortly before the socket stood is not asked for again. */
const fresh = 3_000;
/** Lists in which any case may stand. */
const lists: readonly unknown[] = ['cases', 'offers', 'paper'];

/** What this page shows is asked for again when the cabinet says that it changed; after a break of the line, all of it. */
export function useLive() {
  const cache = useQueryClient();
  useEffect(() => {
    const again = (isMeant: (key: readonly unknown[]) => boolean) =>
      void cache.invalidateQueries({ predicate: ({ queryKey }) => isMeant(queryKey) });
    const onCase = ({ caseId }: { caseId: string }) => again((key) => key.includes(caseId) || lists.includes(key[0]));
    const onCaseload = () => again(([first]) => first === 'court' || first === 'cases' || first === 'desk');
    const onNotice = () => again(([first]) => first === 'notices');
    const shownAt = performance.now();
    let isBack = false;
    const onConnect = () => {
      if (isBack || performance.now() - shownAt > fresh) again(([first]) => first !== 'session' && first !== 'reference');
      isBack = true;
    };
    return live.hold((socket) => {
      isBack = socket.connected;
      socket.on('connect', onConnect).on('case.changed', onCase).on('caseload.changed', onCaseload).on('notice.arrived', onNotice);
      return () =>
        socket.off('connect', onConnect).off('case.changed', onCase).off('caseload.changed', onCaseload).off('notice.arrived', onNotice);
    });
  }, [cache]);
}
