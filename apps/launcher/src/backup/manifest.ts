import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export type TableCopy = { schema: string; name: string; columns: string[]; file: string; rows: number; sha256: string };
export type FileCopy = { file: string; sha256: string };
export type Sequence = { schema: string; name: string; last: string };

export type Manifest = {
  kind: 'kelisim-main' | 'kelisim-keys';
  takenAt: string;
  migrations: string[];
  tables: TableCopy[];
  sequences: Sequence[];
  files: FileCopy[];
};

const nameIn = (dir: string) => join(dir, 'manifest.json');

/** Written last: a folder without it is an attempt, not a backup. */
export function writeManifest(dir: string, manifest: Manifest) {
  writeFileSync(nameIn(dir), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

/** Reads the manifest and checks every file it names, before anything is done with any of them. */
export async function checkedManifest(dir: string, kind: Manifest['kind']): Promise<Manifest> {
  const manifest = parsed(dir);
  if (manifest.kind !== kind) throw new Error(`${dir} holds a backup of another kind: ${manifest.kind}`);
  for (const { file, sha256 } of [...manifest.tables, ...manifest.files]) {
    if ((await sha256Of(join(dir, file))) !== sha256)
      throw new Error(`${join(dir, file)} is damaged: its SHA-256 is not that of the manifest`);
  }
  return manifest;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function parsed(dir: string): Manifest {
  try {
    return JSON.parse(readFileSync(nameIn(dir), 'utf8')) as Manifest;
  } catch (error) {
    throw new Error(`${dir} is no finished backup: manifest.json cannot be read`, { cause: error });
  }
}
