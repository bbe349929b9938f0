import { Test } from '@nestjs/testing';
import { CodesService, Throttle, unownedKey } from '#people';
import { Clock, Database, KeyedHash, Keys } from '#platform';
import type { FreshDatabase } from './database.js';

/** One-time codes over a test's own database. */
export async function codesOf({ db, clock, keys, hashes }: FreshDatabase): Promise<CodesService> {
  const given = [
    { provide: Database, useValue: db },
    { provide: Clock, useValue: clock },
    { provide: Keys, useValue: keys },
    { provide: KeyedHash, useValue: hashes },
  ];
  const made = await Test.createTestingModule({ providers: [CodesService, Throttle, ...given] }).compile();
  return made.get(CodesService);
}

/** What the message with this code says. */
export async function codeSent(fresh: FreshDatabase, codeId: string): Promise<string> {
  const [row] = await fresh.admin<{ code_sealed: Buffer }>('SELECT code_sealed FROM one_time_codes WHERE id = $1', [codeId]);
  return fresh.db.transaction({ id: null, role: 'system' }, (tx) => fresh.keys.open(tx, unownedKey, row!.code_sealed, codeId));
}
