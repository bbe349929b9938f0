import { gunzipSync, gzipSync } from 'node:zlib';

/** How a text may lie hidden in another. Each has its maker, for planting, and its finder, for reading. */
export const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  json: (text) =>
    [...text].map((letter) => (letter.charCodeAt(0) > 126 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter)).join(''),
  hex: (text) => `\\x${Buffer.from(text).toString('hex')}`,
  base64: (text) => Buffer.from(text).toString('base64'),
  quotedPrintable: (text) =>
    [...Buffer.from(text)]
      .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)))
      .join(''),
  gzip: (text) => gzipSync(text).toString('base64'),
  gzipHex: (text) => gzipSync(text).toString('hex'),
};

/** Everything a text can be read as, two layers deep, the text itself first. */
export function readings(text: string, depth = 2): string[] {
  const found = [text];
  if (depth === 0) return found;
  const deeper: string[] = [];
  if (/\\u[0-9a-f]{4}/i.test(text))
    deeper.push(text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));
  if (/=[0-9A-F]{2}/.test(text)) deeper.push(quoted(text));
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)) deeper.push(...bytes(Buffer.from(run, 'hex')));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)) deeper.push(...bytes(Buffer.from(run, 'base64')));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/]{60,76}(?:\r?\n[A-Za-z0-9+/]+)+={0,2}/g))
    deeper.push(...bytes(Buffer.from(run.replaceAll(/\s/g, ''), 'base64')));
  for (const one of deeper) found.push(...readings(one, depth - 1));
  return found;
}

function bytes(raw: Buffer): string[] {
  if (raw[0] === 0x1f && raw[1] === 0x8b) {
    try {
      return [gunzipSync(raw).toString('utf8')];
    } catch {
      return [];
    }
  }
  const text = raw.toString('utf8');
  return text.includes('\uFFFD') && !/[\p{L}]{6,}/u.test(text) ? [] : [text];
}

function quoted(text: string): string {
  const flat = text.replaceAll(/=\r?\n/g, '');
  return flat.replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}
