import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';

type Court = { id: string; code: string | null; level: string; kk: string; ru: string; en: string };

/** Registers that rows refer to and that come as data: the courts of the oblast. Names are kept up to date, but for those that an administrator has taken in; nothing is removed. */
export async function fillRegisters(owner: DataSource) {
  const file = new URL('../libs/cases/data/courts.json', import.meta.url);
  const { courts } = JSON.parse(readFileSync(file, 'utf8')) as { courts: Court[] };
  for (const { id, code, level, kk, ru, en } of courts) {
    await owner.query(
      `INSERT INTO courts (id, code, level, kk, ru, en) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET code = $2, level = $3, kk = $4, ru = $5, en = $6 WHERE courts.imported_at IS NULL`,
      [id, code, level, kk, ru, en],
    );
  }
}
