import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Master keys by id; the last one is current. Format: "id:base64,id:base64", 32 bytes each, or "file:PATH" of a file that holds them:
 * such a ring is read again when it is to wrap, and when a key was wrapped by a master that came later (`npm run keys:rotate`).
 */
export class Keyring {
  private keys = new Map<string, Buffer>();
  private current = '';

  constructor(private readonly source: string) {
    this.read();
  }

  wrap(dataKey: Buffer, label: string) {
    if (this.isFile) this.read();
    return { masterId: this.current, wrapped: seal(this.keys.get(this.current)!, dataKey, `${label}:${this.current}`) };
  }

  unwrap(wrapped: Buffer, masterId: string, label: string): Buffer {
    if (!this.keys.has(masterId) && this.isFile) this.read();
    const master = this.keys.get(masterId);
    if (!master) throw new Error(`The master key ${masterId} is not configured.`);
    return open(master, wrapped, `${label}:${masterId}`);
  }

  private get isFile() {
    return this.source.startsWith('file:');
  }

  private read() {
    const text = this.isFile ? readFileSync(this.source.slice('file:'.length), 'utf8') : this.source;
    this.keys = new Map(
      text.split(',').map((pair) => {
        const [id = '', key = ''] = pair.trim().split(':');
        const bytes = Buffer.from(key, 'base64');
        if (!id || bytes.length !== 32) throw new Error('A master key is "id:base64" of 32 bytes.');
        return [id, bytes];
      }),
    );
    this.current = [...this.keys.keys()].at(-1)!;
  }
}

/** AES-256-GCM (NIST SP 800-38D): nonce 12, tag 16, ciphertext. The additional data binds the text to its place. */
export function seal(key: Buffer, plain: Buffer, additional: string): Buffer {
  const nonce = freshBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(additional));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

const pool = Buffer.alloc(8_192);
let spent = pool.length;

/** Random bytes of one's own. Asked of the system for many at once, each given once and not kept. */
export function freshBytes(count: number): Buffer {
  if (spent + count > pool.length) {
    randomFillSync(pool);
    spent = 0;
  }
  const bytes = Buffer.from(pool.subarray(spent, spent + count));
  pool.fill(0, spent, (spent += count));
  return bytes;
}

export function open(key: Buffer, sealed: Buffer, additional: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(additional));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

/** A keyed hash for look-up (contacts, id numbers, codes). `domain` keeps equal values of different kinds apart. */
export class KeyedHash {
  constructor(private readonly key: string) {}

  of(domain: string, value: string): Buffer {
    return createHmac('sha256', this.key).update(domain).update('\0').update(value).digest();
  }
}
