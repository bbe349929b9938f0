import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { sha256Of, type Sequence, type TableCopy } from './manifest.js';

type Table = { schema: string; name: string; columns: string[] };

/** Every ordinary table, with the columns that hold data of their own. */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT n.nspname AS schema, c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
    GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows;
}

export async function sequencesOf(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `SELECT schemaname AS schema, sequencename AS name, last_value::text AS last FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1, 2`,
  );
  return rows;
}

export const nameOf = ({ schema, name }: { schema: string; name: string }) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

export async function copyOut(client: Client, table: Table, dir: string): Promise<TableCopy> {
  const file = `${table.schema}.${table.name}.copy.gz`;
  const path = join(dir, file);
  const rows = client.query(copyTo(`COPY ${withColumns(table)} TO STDOUT`));
  await pipeline(rows, createGzip(), createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
  return { ...table, file, rows: rows.rowCount, sha256: await sha256Of(path) };
}

export async function copyIn(client: Client, table: TableCopy, dir: string) {
  const rows = client.query(copyFrom(`COPY ${withColumns(table)} FROM STDIN`));
  await pipeline(createReadStream(join(dir, table.file)), createGunzip(), rows);
  if (rows.rowCount !== table.rows) throw new Error(`${nameOf(table)}: ${rows.rowCount} rows came back, the manifest says ${table.rows}`);
}

const withColumns = (table: Table) => `${nameOf(table)} (${table.columns.map(escapeIdentifier).join(', ')})`;
