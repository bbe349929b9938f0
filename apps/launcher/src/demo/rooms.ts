import type { KeepResource } from '#contract';

const room = (name: string, stepFree: boolean): KeepResource => ({ ...empty, kind: 'place', name, stepFree, bufferMinutes: 15 });
const interpreter = (name: string, languages: string[]): KeepResource => ({ ...empty, kind: 'interpreter', name, languages });
const empty = { languages: [], stepFree: false, weekly: [], bufferMinutes: 0, closed: false };

/** What the demo House of Friendship has besides people. Invented. */
export const rooms: KeepResource[] = [
  room('101', true),
  room('204', false),
  room('205', false),
  interpreter('Жақсыбекова Гүлнар', ['sgn']),
  interpreter('Ли Вэй', ['zh']),
  interpreter('Шмидт Анна', ['de', 'en']),
];
