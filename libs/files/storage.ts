import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '#platform';

/** `name.half`: what a crash left of an object that was being written. */
export type Stored = { name: string; at: Date };

/** Where sealed bytes lie, under names that we make ourselves: ids, never what somebody called a file. */
export interface Storage {
  /** Whole or not at all. `durable`: on the disk itself before this resolves. */
  put(name: string, pieces: Iterable<Buffer>, durable?: boolean): Promise<void>;
  /** A stretch of it, in whatever pieces it comes. */
  read(name: string, from: number, bytes: number): AsyncIterable<Buffer>;
  /** What is not there is removed already. */
  remove(names: string[]): Promise<void>;
  /** All that lies there under names of ours, and since when by its own clock. */
  list(): AsyncIterable<Stored>;
}
export const STORAGE = Symbol('storage');

export const ourNames = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.p)?(\.half)?$/;
const atOnce = 1024 * 1024;

/** A folder of this machine, or one that several machines share. */
export class DiskStorage implements Storage {
  constructor(private readonly root: string) {}

  async put(name: string, pieces: Iterable<Buffer>, durable = false): Promise<void> {
    const path = this.pathOf(name);
    const half = `${path}.half`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(half, 'w', 0o600);
      try {
        for (const many of together(pieces, atOnce)) await file.writeFile(many);
        if (durable) await file.datasync();
      } finally {
        await file.close();
      }
      await rename(half, path);
    } catch (error) {
      await rm(half, { force: true }).catch(() => undefined);
      throw refusalOf(error);
    }
  }

  async *read(name: string, from: number, bytes: number): AsyncIterable<Buffer> {
    const file = await open(this.pathOf(name), 'r').catch((error: unknown) => {
      throw refusalOf(error);
    });
    try {
      for (let left = bytes, at = from; left > 0;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(left, atOnce)), 0, Math.min(left, atOnce), at);
        if (bytesRead === 0) throw new Error('An object of the storage is shorter than it was.');
        yield buffer.subarray(0, bytesRead);
        left -= bytesRead;
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  async remove(names: string[]): Promise<void> {
    for (const name of names) await rm(this.pathOf(name), { force: true });
  }

  async *list(): AsyncIterable<Stored> {
    for (const folder of await namesIn(this.root))
      for (const name of await namesIn(join(this.root, folder))) {
        const found = ourNames.test(name) ? await stat(join(this.root, folder, name)).catch(() => null) : null;
        if (found) yield { name, at: found.mtime };
      }
  }

  private pathOf(name: string): string {
    if (!ourNames.test(name)) throw new Error('Not a name of the storage.');
    return join(this.root, name.slice(34, 36), name);
  }
}

/** Nothing has been put yet where there is no folder. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')) return [];
    throw refusalOf(error);
  });
}

/** Pieces joined until they are so long: each write waits for its turn at the disk. */
function* together(pieces: Iterable<Buffer>, bytes: number): Iterable<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < bytes) continue;
    yield Buffer.concat(held);
    [held, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(held);
}

/** Full, or away: both are told, and the same act may be tried again. */
function refusalOf(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DomainError('file.storage_full');
  if (code && /^E[A-Z]+$/.test(code) && code !== 'ENOENT') return new DomainError('unavailable', { retryAfter: 5 });
  return error;
}
