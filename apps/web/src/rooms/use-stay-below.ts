import { useLayoutEffect, useRef, useState } from 'react';
import type { RoomState } from './room-state.js';

const near = 48;

/** Keeps the newest in sight while one reads there, and leaves one who reads above where he is, with a count of what came meanwhile. */
export function useStayBelow({ messages, outgoing }: RoomState, selfId: string) {
  const list = useRef<HTMLOListElement>(null);
  const isBelow = useRef(true);
  const before = useRef({ first: 0, height: 0, unsent: 0 });
  const [seenSeq, setSeenSeq] = useState(0);
  const last = messages.at(-1)?.seq ?? 0;
  const first = messages[0]?.seq ?? 0;
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
  }, [first, last, outgoing.length]);

  const onScroll = () => {
    const box = list.current;
    if (!box) return;
    isBelow.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    if (isBelow.current) setSeenSeq(last);
  };

  const below = messages.filter(({ seq, authorId }) => seq > seenSeq && authorId !== selfId).length;
  return { list, onScroll, below: seenSeq === 0 ? 0 : below, toBelow };
}
