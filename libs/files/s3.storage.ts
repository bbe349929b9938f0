import { AwsClient } from 'aws4fetch';
import { DomainError } from '#platform';
import { ourNames, type Storage, type Stored } from './storage.js';

const patienceMs = 60_000;

/** A bucket that speaks S3, by the requests that every such storage knows: `https://KEY:SECRET@host/bucket?region=name`. It learns ids and sizes, and holds sealed bytes. */
export class S3Storage implements Storage {
  private readonly client: AwsClient;
  private readonly base: string;

  constructor(address: string) {
    const { username, password, protocol, host, pathname, searchParams } = new URL(address);
    this.base = `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
    this.client = new AwsClient({
      accessKeyId: decodeURIComponent(username),
      secretAccessKey: decodeURIComponent(password),
      service: 's3',
      region: searchParams.get('region') ?? 'us-east-1',
      retries: 2,
    });
  }

  /** Whole or not at all: an object is there once all of it has come. */
  async put(name: string, pieces: Iterable<Buffer>): Promise<void> {
    await this.ask(name, { method: 'PUT', body: new Uint8Array(Buffer.concat([...pieces])) });
  }

  async *read(name: string, from: number, bytes: number): AsyncIterable<Buffer> {
    const { body } = await this.ask(name, { headers: { range: `bytes=${from}-${from + bytes - 1}` } });
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) yield Buffer.from(chunk);
  }

  async remove(names: string[]): Promise<void> {
    for (const name of names) await this.ask(name, { method: 'DELETE' }, [404]);
  }

  /** ListObjectsV2, a thousand at a time. */
  async *list(): AsyncIterable<Stored> {
    const { origin, pathname } = new URL(this.base);
    const [bucket, ...folders] = pathname.slice(1).split('/');
    const prefix = folders.map((folder) => `${folder}/`).join('');
    for (let next: string | null = ''; next !== null;) {
      const asked = new URLSearchParams({ 'list-type': '2', prefix, ...(next ? { 'continuation-token': next } : {}) });
      const page = await (await this.fetch(`${origin}/${bucket}?${asked.toString()}`, {})).text();
      for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const name = textIn(entry, 'Key')?.slice(prefix.length) ?? '';
        if (ourNames.test(name)) yield { name, at: new Date(textIn(entry, 'LastModified') ?? Number.NaN) };
      }
      next = textIn(page, 'NextContinuationToken');
    }
  }

  private ask(name: string, init: RequestInit, alsoFine: number[] = []): Promise<Response> {
    return this.fetch(`${this.base}/${name}`, init, alsoFine);
  }

  private async fetch(address: string, init: RequestInit, alsoFine: number[] = []): Promise<Response> {
    const reply = await this.client
      .fetch(address, { ...init, signal: AbortSignal.timeout(patienceMs) })
      .catch(() => new Response(null, { status: 503 }));
    if (reply.ok || alsoFine.includes(reply.status)) return reply;
    await reply.body?.cancel();
    if (reply.status === 507) throw new DomainError('file.storage_full');
    throw new DomainError('unavailable', { retryAfter: 5 });
  }
}

/** What stands in the first element of this name. */
const textIn = (xml: string, name: string): string | null =>
  new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null;
