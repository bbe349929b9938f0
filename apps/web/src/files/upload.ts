import { type FileView, fileLimits, type StartUpload, UploadView } from '#contract';
import { call, Problem } from '../api.js';

export type UploadPlace = Pick<StartUpload, 'purpose' | 'caseId' | 'roomId' | 'side'>;
type Told = {
  /** Bytes that have arrived. */
  sent: (bytes: number) => void;
  /** All has arrived; it is looked at, or waits for the scanner. */
  checking: (isWaiting: boolean) => void;
};

const pauses = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];
const [partBytes, askAgainMs] = [1024 * 1024, 5_000];

/** Sends a file by tus: cut off, it goes on where it stopped, also when the same file is chosen again on another day. */
export function upload(file: File, place: UploadPlace, told: Told, stop: AbortSignal): Promise<FileView> {
  return sending(file, place, told, stop).then((id) => settled(id, told, stop));
}

async function sending(file: File, place: UploadPlace, told: Told, stop: AbortSignal): Promise<string> {
  if (file.size > fileLimits.bytes) throw new Problem('file.too_large', 413);
  const [{ Upload }, sha256] = await Promise.all([import('tus-js-client'), hashOf(file)]);
  const metadata = Object.fromEntries(Object.entries({ ...place, name: file.name, sha256 }).filter(([, value]) => value)) as Record<
    string,
    string
  >;
  return new Promise((resolve, reject) => {
    const way = new Upload(file, {
      endpoint: '/api/uploads',
      metadata,
      chunkSize: partBytes,
      retryDelays: pauses,
      storeFingerprintForResuming: false,
      onProgress: told.sent,
      onSuccess: () => resolve(way.url?.split('/').at(-1) ?? ''),
      onError: (error) => reject(problemOf(error)),
      onShouldRetry: (error) => !isDecided(statusOf(error)),
    });
    stop.addEventListener('abort', () => void way.abort(true).catch(() => undefined));
    way.start();
  });
}

/** A file that waits for the scanner is asked for again, for as long as the page is open. */
async function settled(id: string, told: Told, stop: AbortSignal): Promise<FileView> {
  for (;;) {
    const { state, file } = await call(UploadView, `/uploads/${id}`, { signal: stop });
    if (file) return file;
    told.checking(state === 'waiting');
    await new Promise((again) => setTimeout(again, askAgainMs));
  }
}

const hashOf = async (file: File) =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

type TusFailure = { originalResponse?: { getStatus(): number; getBody(): string } | null };
const statusOf = (error: unknown) => (error as TusFailure).originalResponse?.getStatus() ?? 0;
/** Refused for good; 409 only says that another tab was faster. */
const isDecided = (status: number) => (status >= 400 && status < 500 && status !== 409 && status !== 429) || status === 507;

function problemOf(error: unknown): Problem {
  const status = statusOf(error);
  try {
    const { code } = JSON.parse((error as TusFailure).originalResponse?.getBody() ?? '{}') as { code: Problem['code'] };
    return new Problem(code ?? 'offline', status);
  } catch {
    return new Problem(status === 0 ? 'offline' : 'unavailable', status);
  }
}
