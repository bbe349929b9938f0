import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks at the terminal. A secret is not shown while it is typed. */
export async function ask(question: string, { secret = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(`no terminal to ask at: give ${question} as an option or in the environment`);
  process.stdout.write(`${question}: `);
  const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: secret ? dark : process.stdout, terminal: true });
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    if (secret) process.stdout.write('\n');
  }
}
