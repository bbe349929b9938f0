import { useEffect, useRef } from 'react';

/** What one stood on may go away by itself: a card that was answered, a button whose time is over. The keyboard then stands on its message, else in the field. */
export function useKeptFocus() {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const room = box.current;
    if (!room) return;
    let way: HTMLElement[] = [];
    const onFocusIn = ({ target }: FocusEvent) => (way = wayUp(target as HTMLElement, room));
    const onFocusOut = ({ relatedTarget }: FocusEvent) => relatedTarget && (way = []);
    const watch = new MutationObserver(() => {
      if (way.length === 0 || way[0]!.isConnected || document.activeElement !== document.body) return;
      const item = way.find((one) => one.tagName === 'LI' && one.isConnected);
      (item ?? room.querySelector<HTMLElement>('textarea') ?? room.querySelector<HTMLElement>('[tabindex]'))?.focus();
    });
    room.addEventListener('focusin', onFocusIn);
    room.addEventListener('focusout', onFocusOut);
    watch.observe(room, { childList: true, subtree: true });
    return () => {
      room.removeEventListener('focusin', onFocusIn);
      room.removeEventListener('focusout', onFocusOut);
      watch.disconnect();
    };
  }, []);
  return box;
}

function wayUp(from: HTMLElement, to: HTMLElement): HTMLElement[] {
  const way = [];
  for (let at: HTMLElement | null = from; at && at !== to; at = at.parentElement) way.push(at);
  return way;
}
