import 'reflect-metadata';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import pg from 'pg';

/** The peer: NestJS on Fastify and a pool, as one writes it in an afternoon. The same rows and the same reply; no session, no rights, no contract. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const page = `
  SELECT c.id, c.number, c.state, c.category, c.district, c.door, c.state_since AS since,
    (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL) AS "dueAt",
    (SELECT string_agg(coalesce(p.organisation, concat_ws(' ', p.surname, p.given, p.patronymic)), ' – ' ORDER BY p.side, p.ordinal)
     FROM parties p WHERE p.case_id = c.id) AS title
  FROM cases c WHERE c.desk_queue = $1 AND c.category = $2 ORDER BY c.state_since, c.id LIMIT 21`;

class Cases {
  async list(queue: string, category: string) {
    const { rows } = await pool.query<{ id: string }>(page, [queue, category]);
    return { rows: rows.slice(0, 20), next: rows.length > 20 ? rows[19]!.id : null };
  }
}
// Decorators by hand: the runner strips types and knows no decorators.
Controller('cases')(Cases);
Get()(Cases.prototype, 'list', Object.getOwnPropertyDescriptor(Cases.prototype, 'list')!);
Query('queue')(Cases.prototype, 'list', 0);
Query('category')(Cases.prototype, 'list', 1);
class Bare {}
Module({ controllers: [Cases] })(Bare);

const app = await NestFactory.create(Bare, new FastifyAdapter(), { logger: false });
app.setGlobalPrefix('api');
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send?.('ready');
