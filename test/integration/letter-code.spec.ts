import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, IntakePapersService } from '#cases';
import type { Language, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { LettersService } from '#notifications';
import type { Config } from '#platform';
import { Planner } from '../../libs/notifications/planning/planner.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { type Intake, intakeOn } from '../support/intake.js';
import { scanned } from '../support/paper-code.js';

const config = { WEB_ORIGIN: ['https://kelisim.test'] } as Config;
const [kk, ru] = [
  { kind: 'person', surname: 'Қанатова', given: 'Әлия', phone: '8 701 555 00 01', language: 'kk' },
  { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: '8 701 555 00 02', language: 'ru' },
] as const;

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
let caseId: string;
let invited: { id: string; language: Language; name: string; notice: string }[];

/** Two who are written to on paper, each in a language of his own. */
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
  ({ id: caseId } = await intake.filed({ answers: intake.complete({ other: kk, otherMore: [ru] }) }));
  await intake.screening.decide(desk, caseId, { decision: 'allow', summary: 'Қоршау туралы' });
  await fresh.admin(`UPDATE parties SET phone_sealed = NULL WHERE case_id = $1 AND side = 'B'`, [caseId]);
  const facts = await fresh.admin<{ id: string }>(`SELECT id FROM events WHERE case_id = $1 AND type = 'case.invited'`, [caseId]);
  await new Planner(fresh.workerDb, fresh.clock).plan(facts.map(({ id }) => id));
  invited = await fresh.admin(
    `SELECT p.id, p.language, p.surname || ' ' || p.given AS name, n.id AS notice FROM parties p
     JOIN notifications n ON n.recipient_id = p.id AND n.channel = 'letter' AND n.template = 'invitation' WHERE p.case_id = $1 ORDER BY p.ordinal`,
    [caseId],
  );
});
afterAll(() => fresh.drop());

const papers = {
  'the proposal that the desk hands over': (of: { id: string; notice: string }) =>
    new IntakePapersService(fresh.db, fresh.clock, fresh.keys, config).letter(desk, caseId, of.id),
  'the letter that is posted': (of: { id: string; notice: string }) =>
    new LettersService(fresh.db, fresh.clock, fresh.keys, config).print(desk, of.notice),
};

it.each(Object.entries(papers))('a telephone held over %s reads the address of that reader’s own invitation', async (_, print) => {
  expect(invited.map(({ language }) => language)).toEqual(['kk', 'ru']);
  const addresses = [];
  for (const [index, of] of invited.entries()) {
    const { text, bottom } = await scanned((await print(of)).pdf);
    const [, code = ''] = /^https:\/\/kelisim\.test\/i\/([0-9A-Z-]+)$/.exec(text) ?? [];
    const { id } = await intake.invitations.open(code, { network: `192.0.2.${index}` });
    expect(await intake.invitations.view(id)).toMatchObject({ state: 'open', invited: of.name, language: of.language });
    expect(bottom).toBeLessThan(1 / 3);
    addresses.push(text);
  }
  expect(new Set(addresses).size).toBe(2);
});
