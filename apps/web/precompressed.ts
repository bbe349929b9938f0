import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = /\.(js|css|html|svg)$/;

/** Lays a .br and a .gz beside each file, so that the api sends them as they lie and spends nothing on it. */
export const precompressed: Plugin = {
  name: 'precompressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const beside = await readdir(dir); // what lies beside the bundle: the first script of a weak line is among it
    const files = [...new Set([...Object.keys(bundle), ...beside])].filter((name) => worthIt.test(name));
    await Promise.all(files.map((name) => compress(join(dir, name))));
  },
};

async function compress(path: string) {
  const plain = await readFile(path);
  await writeFile(`${path}.gz`, gzipSync(plain, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
}
