import { randomUUID } from 'node:crypto';

/** A body that would be accepted from who may: so that what refuses a stranger is the rule, not the form. */
const bodies: Record<string, (at: Date) => unknown> = {
  'PATCH /people/me': () => ({ language: 'ru' }),
  'PUT /notices/settings': () => ({ wishes: [{ kind: 'case', channel: 'email', wanted: false }] }),
  'POST /people/me/contacts': () => ({ codeId: randomUUID(), code: '000000' }),
  'PUT /sessions/current/role': () => ({ role: 'citizen' }),
  'PUT /sessions/current/second-factor': () => ({ code: '000000' }),
  'PUT /second-factors/confirmation': () => ({ code: '000000' }),
  'POST /staff-invitations': () => ({ surname: 'А', given: 'Б', email: 'x@example.kz', role: 'coordinator', language: 'kk' }),
  'POST /cases': () => ({ id: randomUUID(), language: 'kk' }),
  'PUT /cases/:id/application': () => ({ answers: { title: 'x' } }),
  'POST /cases/:id/moves': () => ({ action: 'terminate', ground: '4' }),
  'POST /cases/:id/invitation-letters': () => ({ partyId: randomUUID() }),
  'PUT /cases/:id/filing': () => ({ codeId: randomUUID(), code: '000000', consent: { version: '1' } }),
  'PUT /cases/:id/screening': () => ({ decision: 'allow', summary: 'x' }),
  'PUT /cases/:id/refusal': () => ({ confirm: true }),
  'PUT /cases/:id/court': () => ({ courtId: 'OSKEMEN_CITY', caseNumber: '6310-26-00-2/1' }),
  'PUT /cases/:id/offer': () => ({ mediatorId: randomUUID() }),
  'PUT /delivery/provider-rests': () => ({ provider: 'mx.example.kz:25', rests: true }),
  'POST /cases/:id/calls': () => ({ partyId: randomUUID(), outcome: 'no_answer' }),
  'POST /cases/:id/notice-certificates': () => ({ side: 'B' }),
  'PUT /offers/:id/answer': () => ({ answer: 'declined' }),
  'POST /cases/:id/papers': () => ({ kind: 'contract' }),
  'PUT /papers/:id/confirmation': () => ({ hash: '0'.repeat(64), codeId: randomUUID(), code: '000000' }),
  'POST /rooms/:id/messages': () => ({ clientId: randomUUID(), body: 'x' }),
  'PUT /rooms/:id/read-mark': () => ({ seq: 1 }),
  'PUT /rooms/:id/edit': () => ({ seq: 1, version: 0, body: 'x' }),
  'PUT /rooms/:id/retraction': () => ({ seq: 1, version: 0 }),
  'POST /rooms/:id/releases': () => ({ seq: 1, version: 0, targetId: randomUUID() }),
  'PUT /releases/:id/answer': () => ({ agrees: false }),
  'PUT /rooms/:id/handover': () => ({ agrees: false }),
  'POST /cases/:id/message-searches': () => ({ words: 'келісемін' }),
  'PUT /cases/:id/notes': () => ({ id: randomUUID(), partyId: null, issue: '', body: 'x' }),
  'PUT /rooms/:id/setting': () => ({ state: 'paused' }),
  'PUT /rooms/:id/mute': () => ({ personId: randomUUID(), minutes: 5 }),
  'POST /cases/:id/proposals': (at) => ({ id: randomUUID(), mode: 'room', slots: [{ from: after(at, 72), to: after(at, 73) }] }),
  'PUT /meetings/:id/course': () => ({ state: 'running' }),
  'PUT /meetings/:id/attendance': () => ({ held: true, people: [] }),
  'PUT /people/me/working-hours': () => ({ weekly: [], exceptions: [], modes: ['room'], bufferMinutes: 0, dailyLimit: 1 }),
  'PUT /people/me/availability': () => ({ zone: 'Asia/Almaty', unavailable: [], picks: [], needs: { interpreter: null, stepFree: false } }),
  'PUT /resources/:id': () => ({ kind: 'place', name: '1', languages: [], stepFree: true, weekly: [], bufferMinutes: 0, closed: false }),
  'PUT /proposals/:id/answer': () => ({ acceptedSlotIds: [] }),
};

export const bodyFor = (method: string, path: string, at: Date) => bodies[`${method} ${path}`]?.(at) ?? {};

const after = (at: Date, hours: number) => new Date(Math.ceil(at.getTime() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString();
