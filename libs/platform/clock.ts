import { readFileSync } from 'node:fs';

/** The only source of time. A controllable one exists in tests alone: a file that holds an ISO instant. */
export class Clock {
  constructor(private readonly file?: string) {}

  now(): Date {
    if (!this.file) return new Date();
    const at = new Date(readFileSync(this.file, 'utf8').trim());
    if (Number.isNaN(at.getTime())) throw new Error('The test clock holds no instant.');
    return at;
  }
}
