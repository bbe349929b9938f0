import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedIn, StartUpload, UploadView } from '#contract';
import {
  DiskStorage,
  FilesMaking,
  FilesService,
  Leavings,
  noScanner,
  type Scanner,
  type Storage,
  UploadsService,
  WaitingFiles,
} from '#files';
import type { FreshDatabase } from './database.js';

type Place = Pick<StartUpload, 'purpose' | 'caseId' | 'roomId' | 'side'>;

/** The services of files as one api process holds them, with a folder of their own. */
export function startFiles(
  { db, clock, keys, hashes }: FreshDatabase,
  { scanner = noScanner, storage }: { scanner?: Scanner; storage?: Storage } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-files-'));
  const kept = storage ?? new DiskStorage(folder);
  const leavings = new Leavings(db, clock, kept);
  const making = new FilesMaking(db, clock, keys, hashes, kept, scanner, leavings);
  const uploads = new UploadsService(db, clock, keys, hashes, kept, making, leavings);
  const begin = (actor: SignedIn, place: Place, name: string, file: Buffer) =>
    uploads.start(actor, { ...place, name, bytes: file.length, sha256: hashOf(file) });
  return {
    folder,
    uploads,
    leavings,
    waiting: new WaitingFiles(db, making),
    files: new FilesService(db, clock, keys, kept, leavings),
    begin,
    /** All of it at once. */
    async send(actor: SignedIn, place: Place, name: string, file: Buffer): Promise<UploadView> {
      const { id, received } = await begin(actor, place, name, file);
      await uploads.receive(actor, id, received, flow(file.subarray(received)));
      return uploads.show(actor, id);
    },
    /** Every file below the folder. */
    onDisk: () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
export type Files = ReturnType<typeof startFiles>;

export const hashOf = (file: Buffer) => createHash('sha256').update(file).digest('hex');

/** As a request brings it: piece by piece; `cutAt`: the line breaks there. */
export async function* flow(file: Buffer, cutAt = Infinity, step = 40_000): AsyncIterable<Buffer> {
  for (let at = 0; at < file.length; at += step) {
    if (at >= cutAt) throw new Error('aborted');
    yield file.subarray(at, Math.min(at + step, cutAt));
  }
  if (cutAt < file.length) throw new Error('aborted');
}

export async function whole(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}
