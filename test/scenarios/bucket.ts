import { freePort } from '../../apps/launcher/src/port.js';

/** A server that speaks S3, with one bucket, whose objects lie as files below `directory`. */
export async function startBucket(directory: string, port?: number): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  const at = port ?? (await freePort(0));
  const { default: S3rver } = (await import('s3rver' as string)) as {
    default: new (options: object) => { run(): Promise<void>; close(): Promise<void> };
  };
  const server = new S3rver({
    port: at,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'files', configs: [] }],
  });
  await server.run();
  return { url: `http://S3RVER:S3RVER@127.0.0.1:${at}/files`, port: at, close: () => server.close() };
}
