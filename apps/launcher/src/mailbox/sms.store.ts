import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from '../kept.js';

export type Sms = { id: string; at: string; to: string; from: string; text: string; parts: number };

/** Text messages as JSON files, numbered in the order they came. */
export class SmsStore {
  private readonly messages: Sms[] = [];

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
    for (const name of files) this.messages.push(JSON.parse(readFileSync(join(dir, name), 'utf8')) as Sms);
    this.messages.sort((one, other) => Number(one.id) - Number(other.id));
  }

  add(sms: Omit<Sms, 'id' | 'at' | 'parts'>): Sms {
    const id = String(Number(this.messages.at(-1)?.id ?? 0) + 1);
    const added = { id, at: new Date().toISOString(), ...sms, parts: partsOf(sms.text) };
    keep(join(this.dir, `${id}.json`), added);
    this.messages.push(added);
    return added;
  }

  list = (to?: string) => this.messages.filter((sms) => !to || sms.to === to).toReversed();
  find = (id: string) => this.messages.find((sms) => sms.id === id);
}

/** Kazakh and Russian go as UCS-2: 70 characters alone, 67 in each of many (3GPP TS 23.040). */
function partsOf(text: string) {
  const [alone, ofMany] = /^[\p{ASCII}]*$/u.test(text) ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / ofMany);
}
