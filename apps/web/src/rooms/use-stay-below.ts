import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RoomState } from './room-state.js';

const near = 48;
/** The line over the first message one has not seen. */
const lineIn = (box: HTMLElement | null) => box?.querySelector<HTMLElement>('[data-new]');
const isAbove = (box: HTMLElement) => (lineIn(box)?.getBoundingClientRect().bottom ?? Infinity) < box.getBoundingClientRect().top;

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => `${clientWidth} ${clientHeight}`;

/** Keeps the newest in sight while one reads there, and leaves one who reads above where he is, with a count of what came meanwhile. */
export function useStayBelow({ messages, outgoing, newAfter }: RoomState, selfId: string) {
  const list = useRef<HTMLOListElement>(null);
  const isBelow = useRef(true);
  /** The box as it was when it last settled: a telephone that is turned scrolls by itself, which says nothing of where one reads. */
  const settled = useRef('');
  const before = useRef({ first: 0, height: 0, unsent: 0 });
  const [seenSeq, setSeenSeq] = useState(0);
  const [isNewAbove, setNewAbove] = useState(false);
  const last = messages.at(-1)?.seq ?? 0;
  const first = messages[0]?.seq ?? 0;
  const toNew = () => lineIn(list.current)?.scrollIntoView({ block: 'start' });
  const toBelow = () => list.current?.scrollTo({ top: list.current.scrollHeight });

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const { first: earlierFirst, height, unsent } = before.current;
    const isScrolledBack = earlierFirst > 0 && first < earlierFirst;
    if (isScrolledBack && !isBelow.current) box.scrollTop += box.scrollHeight - height;
    else if (isBelow.current || outgoing.length > unsent) box.scrollTop = box.scrollHeight;
    before.current = { first, height: box.scrollHeight, unsent: outgoing.length };
    if (isBelow.current) setSeenSeq(last);
    setNewAbove(newAfter !== null && isAbove(box));
  }, [first, last, outgoing.length, newAfter]);

  // What stands there grows by itself, too: a card comes, a line says that it was not sent, the keyboard takes its half.
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const grown = new ResizeObserver(() => {
      if (isBelow.current) box.scrollTop = box.scrollHeight;
      settled.current = sizeOf(box);
    });
    const watch = () => [box, ...box.children].forEach((one) => grown.observe(one));
    const added = new MutationObserver(watch);
    added.observe(box, { childList: true });
    watch();
    return () => {
      added.disconnect();
      grown.disconnect();
    };
  }, []);

  const onScroll = () => {
    const box = list.current;
    if (!box || settled.current !== sizeOf(box)) return;
    isBelow.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    if (isBelow.current) setSeenSeq(last);
    setNewAbove(isAbove(box));
  };

  const below = messages.filter(({ seq, authorId }) => seq > seenSeq && authorId !== selfId).length;
  return { list, onScroll, below: seenSeq === 0 ? 0 : below, toBelow, isNewAbove, toNew };
}
