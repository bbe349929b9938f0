import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { InviteStaff, Role } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { atOnce, consent, type People, peopleOn } from '../../test/support/people.js';

let fresh: FreshDatabase;
let here: People;
let admin: { id: string; role: 'administrator' };
const password = 'тау басында қар';
let next = 0;
const newEmail = () => `staff${(next += 1)}@example.kz`;
const person = { surname: 'Омаров', given: 'Тимур', patronymic: '', language: 'ru', channel: 'email', consent, password } as const;
beforeAll(async () => {
  fresh = await freshDatabase();
  here = peopleOn(fresh);
  await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('oskemen', 'city', 'с', 'с', 'c')`);
  admin = {
    id: await here.offices.createAdministrator({ ...person, contact: 'admin@example.kz' }, { another: false }),
    role: 'administrator',
  };
});
beforeEach(() => fresh.clock.advance({ days: 1 }));
afterAll(() => fresh.drop());

const invitation = (changes: Partial<InviteStaff> = {}): InviteStaff => ({
  surname: 'Нұрланова',
  given: 'Айжан',
  patronymic: '',
  email: newEmail(),
  role: 'coordinator',
  courtId: null,
  language: 'kk',
  ...changes,
});
const invite = async (changes: Partial<InviteStaff> = {}) => {
  const { id } = await here.staff.invite(admin, invitation(changes));
  return { id, code: (await here.delivered('staff_invitations', id))! };
};
const use = (code: string, from = {}) => here.staff.use({ code, password, consent }, from);
const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code));
/** Sessions that were not ended: a socket lives as long as its session's row says so. */
const living = async (personId: string) =>
  (await fresh.admin('SELECT 1 FROM sessions WHERE person_id = $1 AND revoked_at IS NULL', [personId])).length;
const others = (['citizen', 'mediator', 'coordinator', 'court', 'council'] as Role[]).map((role) => ({ id: newId(), role }));

it('makes one first administrator, and another only when asked in so many words', async () => {
  const again = (another: boolean) => here.offices.createAdministrator({ ...person, contact: newEmail() }, { another });
  await expect(again(false)).rejects.toMatchObject({ code: 'conflict' });
  await again(true);
  const { session } = await fresh.db.transaction(admin, (tx) => here.sessions.open(tx, { personId: admin.id, ownDevice: false }));
  expect(session).toMatchObject({ role: 'administrator', roles: ['administrator'], secondFactor: 'to_set' });
});

it('invites staff for one use: the account, its role, a second factor to set', async () => {
  const { code } = await invite({ role: 'court', courtId: 'oskemen' });
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  const { token, session } = await use(code.toLowerCase().replace(/(.{5})/g, '$1-'));
  expect(session).toMatchObject({ role: 'court', roles: ['court'], courtId: 'oskemen', secondFactor: 'to_set' });
  expect(await here.sessions.authenticate(token)).toMatchObject({ actor: { courtId: 'oskemen' } });
  await expect(use(code)).rejects.toMatchObject({ code: 'invitation.unusable' });
});

it('lets one of two concurrent uses through', async () => {
  const { code } = await invite();
  const uses = Array.from({ length: 3 }, () => () => use(code));
  expect((await atOnce(fresh, uses)).toSorted()).toEqual(['invitation.unusable', 'invitation.unusable', 'ok']);
});

it('lets an invitation live 72 hours', async () => {
  const [kept, late] = [await invite(), await invite()];
  fresh.clock.advance({ hours: 71, minutes: 59 });
  await use(kept.code);
  fresh.clock.advance({ minutes: 1 });
  await expect(use(late.code)).rejects.toMatchObject({ code: 'invitation.unusable' });
});

it('stops one network that guesses invitations, and not the next', async () => {
  const { code } = await invite();
  const seen = await outcomes(Array.from({ length: 21 }, (_, i) => use(`GUESS${i}`, { network: 'spray' })));
  expect(seen.filter((one) => one === 'invitation.unusable')).toHaveLength(20);
  await expect(use(code, { network: 'spray' })).rejects.toMatchObject({ code: 'too_many_attempts' });
  await use(code, { network: 'home' });
});

it('refuses a weak password and a missing consent, and the invitation still serves', async () => {
  const { code } = await invite();
  await expect(here.staff.use({ code, password: 'Нұрланова-2026', consent }, {})).rejects.toMatchObject({ code: 'password.weak' });
  await expect(here.staff.use({ code, password, consent: { version: '0' } }, {})).rejects.toMatchObject({ code: 'consent.required' });
  await use(code);
});

it('gives the role to the account that holds the address', async () => {
  const email = newEmail();
  const { session } = await here.register(email);
  const { code } = await invite({ email, role: 'mediator' });
  const used = await use(code);
  expect(used.session).toMatchObject({ person: { id: session.person.id, surname: 'Сыдықова' }, role: 'mediator' });
  expect(used.session.roles.toSorted()).toEqual(['citizen', 'mediator']);
});

it('invites to a court that is there, by e-mail, to an office', async () => {
  const refused = (changes: Partial<InviteStaff>) => here.staff.invite(admin, invitation(changes));
  await expect(refused({ role: 'court', courtId: 'nowhere' })).rejects.toMatchObject({ code: 'court.unknown' });
  await expect(refused({ email: '+77010000001' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(refused({ role: 'citizen' })).rejects.toMatchObject({ code: 'invalid' });
});

it('opens to the administrator alone', async () => {
  const { session } = await here.register(newEmail());
  const target = session.person.id;
  for (const other of others) {
    const refusals = await outcomes([
      here.staff.invite(other, invitation()),
      here.staff.list(other),
      here.offices.list(other, { limit: 20 }),
      here.offices.disable(other, target),
      here.offices.enable(other, target),
      here.offices.grantRole(other, target, { role: 'coordinator' }),
      here.offices.revokeRole(other, target, 'citizen'),
    ]);
    expect(new Set(refusals)).toEqual(new Set(['not_found']));
  }
  const impostor = { id: target, role: 'administrator' } as const;
  await expect(here.offices.disable(impostor, admin.id)).rejects.toMatchObject({ code: 'not_found' });
});

it('shuts somebody out at once: sessions, password, code, invitations; and lets him in again', async () => {
  const email = newEmail();
  const { token, session } = await here.register(email, { password });
  const stranger = await here.register(newEmail());
  const shown = await here.ask(email, 'sign_in');
  await here.offices.disable(admin, session.person.id);
  expect(await here.sessions.authenticate(token)).toBeNull();
  expect(await living(session.person.id)).toBe(0);
  expect(await here.sessions.authenticate(stranger.token)).not.toBeNull();
  await expect(here.signIn.byPassword(email, password, {})).rejects.toMatchObject({ code: 'person.disabled' });
  await expect(here.signIn.byPassword(email, 'another password', {})).rejects.toMatchObject({ code: 'sign_in.refused' });
  const opened = here.signIn
    .byCode(shown, {})
    .then((personId) => fresh.db.transaction(admin, (tx) => here.sessions.open(tx, { personId, ownDevice: false })));
  await expect(opened).rejects.toMatchObject({ code: 'person.disabled' });
  expect((await here.ask(email, 'sign_in')).code).toBe('');
  await here.offices.enable(admin, session.person.id);
  await here.signIn.byPassword(email, password, {});
  const told = await fresh.admin(`SELECT type FROM events WHERE data->>'personId' = $1 AND actor_id = $2 ORDER BY seq`, [
    session.person.id,
    admin.id,
  ]);
  expect(told).toEqual([{ type: 'person.disabled' }, { type: 'person.enabled' }]);
});

it('says what work waits for other hands: numbers to the administrator, the cases to the desk', async () => {
  const { session } = await here.register(newEmail());
  const mediator = await use((await invite({ role: 'mediator' })).code);
  const [client, mine] = [session.person.id, mediator.session.person.id];
  const add = (state: string, mediatorId: string | null) =>
    fresh.admin(
      `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, created_at, rules_on)
       VALUES ($1::uuid, $1::text, $2, $3, 'c', 'd', 'kk', $4, $5, $3, $6)`,
      [newId(), state, fresh.clock.now(), client, mediatorId, '2026-09-07'],
    );
  for (const state of ['IN_MEDIATION', 'CONTRACT_DRAFT', 'CLOSED']) await add(state, mine);
  await add('SUBMITTED', null);
  await here.offices.disable(admin, mine);
  await here.offices.disable(admin, mine);
  expect(await fresh.admin(`SELECT data FROM events WHERE type = 'person.disabled' AND data->>'personId' = $1`, [mine])).toEqual([
    { data: { personId: mine, mediating: 2, offered: 0, disputing: 0 } },
  ]);
  const { rows } = await here.offices.list(admin, { limit: 100 });
  expect(rows.find(({ id }) => id === mine)).toMatchObject({ disabled: true, openWork: 2 });
  expect(rows.find(({ id }) => id === client)).toMatchObject({ disabled: false, openWork: 0 });
  const told = await fresh.admin(
    `SELECT c.state, e.actor_id, e.case_id FROM events e JOIN cases c ON c.id = e.case_id JOIN outbox o ON o.event_id = e.id WHERE e.type = 'case.handover_raised'`,
  );
  expect(told.map(({ state }) => state).toSorted()).toEqual(['CONTRACT_DRAFT', 'IN_MEDIATION']);
  expect(new Set(told.map(({ actor_id }) => actor_id))).toEqual(new Set([admin.id]));
  const seen = (role: Role) =>
    fresh.db.transaction({ id: admin.id, role }, (tx) => tx.query(`SELECT 1 FROM events WHERE type = 'case.handover_raised'`));
  expect(await seen('coordinator')).toHaveLength(2);
  expect(await seen('administrator')).toEqual([]);
  const asked = { id: client, role: 'coordinator' } as const;
  await fresh.db.transaction(asked, (tx) => tx.query('SELECT raise_handover($1, $1, $2)', [mine, fresh.clock.now()]));
  expect(await seen('coordinator')).toHaveLength(2);
  expect(await fresh.db.transaction(asked, (tx) => tx.query('SELECT * FROM open_work_of($1)', [mine]))).toEqual([
    { mediating: '0', offered: '0', disputing: '0' },
  ]);
});

it('kills the invitations of an administrator who was shut out', async () => {
  const other = {
    id: await here.offices.createAdministrator({ ...person, contact: newEmail() }, { another: true }),
    role: 'administrator',
  } as const;
  const { id } = await here.staff.invite(other, invitation());
  const code = (await here.delivered('staff_invitations', id))!;
  await here.offices.disable(admin, other.id);
  await expect(use(code)).rejects.toMatchObject({ code: 'invitation.unusable' });
  await expect(here.offices.disable(other, admin.id)).rejects.toMatchObject({ code: 'not_found' });
});

it('leaves an administrator, whoever disables whom at once', async () => {
  const make = async () =>
    ({ id: await here.offices.createAdministrator({ ...person, contact: newEmail() }, { another: true }), role: 'administrator' }) as const;
  const [one, two] = [await make(), await make()];
  const seen = await atOnce(fresh, [() => here.offices.disable(one, two.id), () => here.offices.disable(two, one.id)]);
  expect(seen.toSorted()).toEqual(['not_found', 'ok']);
  await expect(here.offices.disable(admin, admin.id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(here.offices.revokeRole(admin, admin.id, 'administrator')).rejects.toMatchObject({ code: 'conflict' });
});

it('takes a role away with the sessions that act in it, and no others', async () => {
  const { token, session } = await here.register(newEmail());
  const personId = session.person.id;
  await here.offices.grantRole(admin, personId, { role: 'mediator' });
  const mediating = await fresh.db.transaction(admin, (tx) => here.sessions.open(tx, { personId, ownDevice: false, role: 'mediator' }));
  await here.offices.revokeRole(admin, personId, 'mediator');
  expect(await here.sessions.authenticate(mediating.token)).toBeNull();
  expect(await living(personId)).toBe(1);
  expect(await here.sessions.authenticate(token)).not.toBeNull();
  await expect(here.offices.revokeRole(admin, personId, 'mediator')).rejects.toMatchObject({ code: 'role.not_held' });
  await expect(here.sessions.changeRole(await here.actorOf(token), 'mediator')).rejects.toMatchObject({ code: 'role.not_held' });
});

it('lists people page by page, and finds them by name', async () => {
  const { session } = await here.register(newEmail(), { surname: 'Ұзақбаева' });
  const first = await here.offices.list(admin, { limit: 2 });
  expect(first.rows).toHaveLength(2);
  const second = await here.offices.list(admin, { limit: 2, after: first.next! });
  expect(second.rows.map(({ id }) => id)).not.toContain(first.rows[1]!.id);
  expect(await here.offices.list(admin, { limit: 20, name: 'ұзақ' })).toMatchObject({ rows: [{ id: session.person.id }], next: null });
  expect((await here.offices.list(admin, { limit: 20, name: '%' })).rows).toEqual([]);
});
