import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Upload } from 'tus-js-client';

type Place = Record<string, string>;
export type Line = { origin: string; cookie: string; saysFrom?: string };

const metadata = (place: Place, name: string, file: Buffer) => ({
  ...place,
  name,
  sha256: createHash('sha256').update(file).digest('hex'),
});
const headersOf = ({ origin, cookie, saysFrom = origin }: Line) => ({ origin: saysFrom, cookie, 'tus-resumable': '1.0.0' });

/** By the client that the protocol's own authors make; resolves with the file's id. */
export function sendByTus(
  line: Line,
  place: Place,
  name: string,
  file: Buffer,
  onProgress: (sent: number) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const way = new Upload(file, {
      endpoint: `${line.origin}/api/uploads`,
      metadata: metadata(place, name, file),
      headers: headersOf(line),
      chunkSize: 512 * 1024,
      retryDelays: Array.from({ length: 60 }, () => 250),
      storeFingerprintForResuming: false,
      onProgress,
      onSuccess: () => resolve(way.url!.split('/').at(-1)!),
      onError: reject,
    });
    way.start();
  });
}

/** Begun, and nothing sent; resolves with the upload's id. */
export async function begin(line: Line, place: Place, name: string, file: Buffer): Promise<string> {
  const pairs = Object.entries(metadata(place, name, file)).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const reply = await fetch(`${line.origin}/api/uploads`, {
    method: 'POST',
    headers: { ...headersOf(line), 'upload-length': String(file.length), 'upload-metadata': pairs.join(',') },
  });
  if (reply.status !== 201) throw new Error(`${reply.status} ${await reply.text()}`);
  return reply.headers.get('location')!.split('/').at(-1)!;
}

export async function offsetOf(line: Line, id: string): Promise<number> {
  const reply = await fetch(`${line.origin}/api/uploads/${id}`, { method: 'HEAD', headers: headersOf(line) });
  if (!reply.ok) throw new Error(String(reply.status));
  return Number(reply.headers.get('upload-offset'));
}

/** All that is left, of which the line lets `bytes` through and then breaks; resolves with the status, or 0. */
export function sendCut(line: Line, id: string, file: Buffer, offset: number, bytes = Infinity): Promise<number> {
  return new Promise((resolve) => {
    const rest = file.subarray(offset);
    const asked = request(
      `${line.origin}/api/uploads/${id}`,
      {
        method: 'PATCH',
        headers: {
          ...headersOf(line),
          'content-type': 'application/offset+octet-stream',
          'upload-offset': offset,
          'content-length': rest.length,
        },
      },
      (reply) => reply.resume().once('end', () => resolve(reply.statusCode ?? 0)),
    );
    asked.once('error', () => resolve(0));
    if (bytes >= rest.length) return void asked.end(rest);
    asked.write(rest.subarray(0, bytes), () => setTimeout(() => asked.destroy(), 2));
  });
}

export const sendFile = (origin: string, cookie: string, place: Place, name: string, file: Buffer) =>
  sendByTus({ origin, cookie }, place, name, file);
export const beginFile = (origin: string, cookie: string, place: Place, name: string, file: Buffer) =>
  begin({ origin, cookie }, place, name, file);
