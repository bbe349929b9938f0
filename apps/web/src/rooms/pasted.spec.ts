import { expect, it } from 'vitest';
import type { RoomView } from '#contract';
import { privateSourceOf, remember, typedLength } from './pasted.js';

const room = (id: string, side: RoomView['side']): RoomView => ({
  id,
  caseId: 'case',
  kind: side ? 'caucus' : 'joint',
  side,
  state: 'open',
  lastSeq: 0,
  readSeq: 0,
  unread: 0,
  members: [],
  mayPost: true,
  mayModerate: false,
  slowSeconds: null,
  isClosed: false,
  handover: null,
});
const [first, joint, second] = [room('a', 'A'), room('j', null), room('b', 'B')];
const known = [
  { room: first, bodies: ['Мастер сделает всё за 340 наличными'] },
  { room: joint, bodies: ['Договорились смотреть смету по строкам'] },
  { room: second, bodies: [] },
];

it('knows a text of a private room wherever else it is pasted', () => {
  expect(privateSourceOf('сделает   всё за 340', joint, known)).toBe('A');
  expect(privateSourceOf('Она пишет: мастер сделает всё за 340 наличными!', second, known)).toBe('A');
  expect(privateSourceOf('сделает всё за 340', first, known)).toBeNull();
});

it('says nothing of what the joint room knows, of other words, and of a word that is alike by chance', () => {
  expect(privateSourceOf('смету по строкам', second, known)).toBeNull();
  expect(privateSourceOf('совсем другие слова', joint, known)).toBeNull();
  expect(privateSourceOf('340', joint, known)).toBeNull();
});

it('knows even a short text when it was copied there', () => {
  remember(first, '340');
  expect(privateSourceOf('340', joint, known)).toBe('A');
  expect(privateSourceOf('340', first, known)).toBeNull();
  remember(joint, 'смету');
  expect(privateSourceOf('340', joint, known)).toBeNull();
});

it('knows a whole message that was typed anew, and asks nothing of a greeting or of what its author has let out', () => {
  expect(privateSourceOf('Мастер сделает всё за 340 наличными, и точка', joint, known, typedLength)).toBe('A');
  const greeted = [...known, { room: first, bodies: ['Здравствуйте, начнём'] }];
  expect(privateSourceOf('Здравствуйте, начнём с забора', second, greeted, typedLength)).toBeNull();
  const released = [...known, { room: joint, bodies: ['Мастер сделает всё за 340 наличными'] }];
  expect(privateSourceOf('Итак: мастер сделает всё за 340 наличными. Согласны?', second, released, typedLength)).toBeNull();
});
