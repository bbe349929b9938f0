import type { QueryRunner } from 'typeorm';

/** A function as it stands, with other words at a place it must have; whose it is and who may call it stay. */
export async function rewrite(db: QueryRunner, name: string, was: string, is: string) {
  const [{ text }] = (await db.query(
    `SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
    [name],
  )) as [{ text: string }];
  if (!text.includes(was)) throw new Error(`${name} is not as expected`);
  await db.query(text.replaceAll(was, is));
}
