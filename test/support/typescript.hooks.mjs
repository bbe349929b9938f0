import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from '@swc/core';

const options = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
};

export async function resolve(specifier, context, next) {
  if (/^\.\.?\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  return { format: 'module', source: transformed(filename), shortCircuit: true };
}

/** A test run starts dozens of processes from the same sources: each is transformed once, and found again by its path and words. */
const kept = fileURLToPath(new URL('../../node_modules/.cache/kelisim-sources', import.meta.url));
mkdirSync(kept, { recursive: true });

function transformed(filename) {
  const source = readFileSync(filename, 'utf8');
  const hash = createHash('sha1')
    .update(JSON.stringify([version, options, filename, source]))
    .digest('hex');
  const path = join(kept, `${hash}.mjs`);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const { code } = transformSync(source, { ...options, filename });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, path);
  return code;
}
