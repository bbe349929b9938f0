import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Headers, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import pg from 'pg';
import { draftKept, fileKept, keptTables } from './kept.js';

/** The peer: NestJS on Fastify and a pool, as one writes it in an afternoon. The same rows and the same reply; no session, no rights, no contract, nothing sealed. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const page = (by: string) => `
  SELECT c.id, c.number, c.state, c.category, c.district, c.door, c.state_since AS since,
    (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL) AS "dueAt",
    (SELECT string_agg(coalesce(p.organisation, concat_ws(' ', p.surname, p.given, p.patronymic)), ' – ' ORDER BY p.side, p.ordinal)
     FROM parties p WHERE p.case_id = c.id) AS title
  FROM cases c WHERE c.desk_queue = $1 AND c.category = $2 ORDER BY c.${by}, c.id LIMIT 21`;
type Filed = { category: string; district: string; answers: object; parties: Record<'side' | 'surname' | 'given' | 'phone', string>[] };

class Cases {
  async list(queue: string, category: string) {
    const { rows } = await pool.query<{ id: string }>(page(queue === 'chase' ? 'chase_by' : 'state_since'), [queue, category]);
    return { rows: rows.slice(0, 20), next: rows.length > 20 ? rows[19]!.id : null };
  }

  /** The same for somebody signed in, who may send it twice: his session is looked up, his key claimed and the answer kept with the rest. */
  async fileOnce(filed: Filed, token: string, key: string) {
    return this.file(filed, { key, personId: await askerOf(token) });
  }

  /** With every promise that ours keeps besides (kept.ts). */
  async fileKept({ caseId }: { caseId: string }, token: string, key: string) {
    return fileKept(pool, { caseId, key, personId: await askerOf(token) });
  }

  draftKept(asked: { count: number; answers: object }) {
    return draftKept(pool, asked);
  }

  /** The whole of it in one transaction: the case, both parties, the date, the fact and the outbox. */
  async file({ category, district, answers, parties }: Filed, once?: { key: string; personId: string }) {
    const [id, eventId, now] = [randomUUID(), randomUUID(), new Date()];
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      if (once) await client.query(`INSERT INTO bare.acts (person_id, key, asked_at) VALUES ($1, $2, $3)`, [once.personId, once.key, now]);
      const { rows } = await client.query<{ number: string }>(
        `INSERT INTO bare.cases (id, number, state, state_since, category, district, answers) VALUES ($1, 'B-' || nextval('bare.numbers'), 'SUBMITTED', $2, $3, $4, $5) RETURNING number`,
        [id, now, category, district, answers],
      );
      for (const { side, surname, given, phone } of parties)
        await client.query(`INSERT INTO bare.parties (id, case_id, side, surname, given, phone) VALUES ($1, $2, $3, $4, $5, $6)`, [
          randomUUID(),
          id,
          side,
          surname,
          given,
          phone,
        ]);
      const due = new Date(now.getTime() + 2 * 86_400_000);
      await client.query(`INSERT INTO bare.deadlines (id, case_id, code, due_at) VALUES ($1, $2, 'SCREENING', $3)`, [
        randomUUID(),
        id,
        due,
      ]);
      const data = { action: 'submit', from: 'DRAFT', to: 'SUBMITTED' };
      await client.query(`INSERT INTO bare.events (id, case_id, type, at, data) VALUES ($1, $2, 'case.submitted', $3, $4)`, [
        eventId,
        id,
        now,
        data,
      ]);
      await client.query(`INSERT INTO bare.outbox (event_id) VALUES ($1)`, [eventId]);
      const answer = { id, number: rows[0]!.number, state: 'SUBMITTED', since: now, dueAt: due, parties };
      const keep = `UPDATE bare.acts SET answer = $3 WHERE person_id = $1 AND key = $2`;
      if (once) await client.query(keep, [once.personId, once.key, answer]);
      await client.query('COMMIT');
      return answer;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}
async function askerOf(token: string): Promise<string> {
  const who = `SELECT person_id AS "personId" FROM bare.sessions WHERE token_hash = sha256($1::bytea) AND expires_at > now()`;
  return (await pool.query<{ personId: string }>(who, [token])).rows[0]!.personId;
}
const own = (name: 'list' | 'file' | 'fileOnce' | 'fileKept' | 'draftKept') => Object.getOwnPropertyDescriptor(Cases.prototype, name)!;
// Decorators by hand: the runner strips types and knows no decorators.
Controller('cases')(Cases);
Get()(Cases.prototype, 'list', own('list'));
Query('queue')(Cases.prototype, 'list', 0);
Query('category')(Cases.prototype, 'list', 1);
Post()(Cases.prototype, 'file', own('file'));
Body()(Cases.prototype, 'file', 0);
Post('once')(Cases.prototype, 'fileOnce', own('fileOnce'));
Body()(Cases.prototype, 'fileOnce', 0);
Headers('authorization')(Cases.prototype, 'fileOnce', 1);
Headers('idempotency-key')(Cases.prototype, 'fileOnce', 2);
Post('kept')(Cases.prototype, 'fileKept', own('fileKept'));
Body()(Cases.prototype, 'fileKept', 0);
Headers('authorization')(Cases.prototype, 'fileKept', 1);
Headers('idempotency-key')(Cases.prototype, 'fileKept', 2);
Post('kept/drafts')(Cases.prototype, 'draftKept', own('draftKept'));
Body()(Cases.prototype, 'draftKept', 0);
class Bare {}
Module({ controllers: [Cases] })(Bare);

await pool.query(`
  CREATE SCHEMA IF NOT EXISTS bare;
  CREATE SEQUENCE IF NOT EXISTS bare.numbers;
  CREATE TABLE IF NOT EXISTS bare.cases (id uuid PRIMARY KEY, number text UNIQUE, state text NOT NULL, state_since timestamptz NOT NULL, category text, district text, answers jsonb);
  CREATE TABLE IF NOT EXISTS bare.parties (id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES bare.cases, side text, surname text, given text, phone text);
  CREATE INDEX IF NOT EXISTS parties_of_case ON bare.parties (case_id);
  CREATE TABLE IF NOT EXISTS bare.deadlines (id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES bare.cases, code text, due_at timestamptz);
  CREATE TABLE IF NOT EXISTS bare.events (id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES bare.cases, type text, at timestamptz, data jsonb);
  CREATE TABLE IF NOT EXISTS bare.outbox (event_id uuid PRIMARY KEY REFERENCES bare.events);
  CREATE TABLE IF NOT EXISTS bare.sessions (token_hash bytea PRIMARY KEY, person_id uuid NOT NULL, expires_at timestamptz NOT NULL);
  CREATE TABLE IF NOT EXISTS bare.acts (person_id uuid, key text, asked_at timestamptz NOT NULL, answer jsonb, PRIMARY KEY (person_id, key));
  INSERT INTO bare.sessions SELECT sha256(('token ' || n)::bytea), gen_random_uuid(), now() + interval '1 day' FROM generate_series(0, 15) n;
  ${keptTables}`);
const app = await NestFactory.create(Bare, new FastifyAdapter(), { logger: false });
app.setGlobalPrefix('api');
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send?.('ready');
