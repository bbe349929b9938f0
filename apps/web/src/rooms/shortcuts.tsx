import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../words.js';
import styles from './three-rooms.module.css';

/** By the key's place, so that it works in every layout. Nothing of one letter alone: who dictates or uses a switch would press it by chance. */
const fields: Record<string, string> = { Digit1: 'A', Digit2: 'joint', Digit3: 'B' };

/** Whoever sits at a wide screen has keys to press: there the list stands open. */
const wide = matchMedia('(min-width: 60rem)');

/** The mediator's rooms by keyboard: into each room's field, and the last message to one side taken back before it is said. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const t = useText('rooms');
  const rooms = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => void (event.altKey && event.shiftKey && press(event, rooms.current));
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div ref={rooms}>
      {children}
      <details className={styles.keys} open={wide.matches}>
        <summary>{t('rooms.shortcuts')}</summary>
        <dl>
          {(['send', 'A', 'joint', 'B', 'undo'] as const).map((key) => (
            <div key={key}>
              <dt>
                <kbd>{keys[key]}</kbd>
              </dt>
              <dd>{t(`rooms.shortcuts.${key}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

const keys = { send: 'Ctrl + Enter', A: 'Alt + Shift + 1', joint: 'Alt + Shift + 2', B: 'Alt + Shift + 3', undo: 'Alt + Shift + Z' };

function press(event: KeyboardEvent, rooms: HTMLElement | null) {
  const room = fields[event.code];
  if (room) rooms?.querySelector<HTMLElement>(`textarea[data-room="${room}"]`)?.focus();
  else if (event.code === 'KeyZ') [...(rooms?.querySelectorAll<HTMLElement>('[data-undo]') ?? [])].at(-1)?.click();
  else return;
  event.preventDefault();
}
