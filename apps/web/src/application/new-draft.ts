import type { SaveAnswers } from '#contract';

/** Time-ordered id (UUIDv7), made here so that pressing twice opens one draft. Works without a secure context, as crypto.randomUUID does not. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const at = Date.now();
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(at / 256 ** (5 - i)) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The first answer, held in memory alone until the person is signed in and the draft is opened. */
let waiting: { id: string; answers: SaveAnswers } | null = null;

export function beginDraft(answers: SaveAnswers) {
  waiting = { id: newId(), answers };
}

export const waitingDraft = () => (waiting ??= { id: newId(), answers: {} });
export const forgetDraft = () => void (waiting = null);
