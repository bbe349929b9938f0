import { createHash } from 'node:crypto';
import type { callOutcomes, Language, noticeChannels, noticeStates, Side } from '#contract';
import type { Block, Paper, Words } from '#documents';
import { type TextKey, translate } from '#language';
import type { TemplateName } from '../rules/templates.js';

/**
 * Of which notices a certificate tells: what starts a clock, or says where a side stands. What is drafted inside mediation is not among
 * them, and no courtesy is: the court learns no more than it has to.
 */
export const certified = [
  'application.received',
  'application.returned',
  'application.refused',
  'application.withdrawn',
  'invitation',
  'invitation.declined',
  'invitation.unanswered',
  'consent.recorded',
  'contract.ready',
  'mediation.started',
  'mediation.extended',
  'mediation.ended',
  'case.settled',
  'court.ruled',
] as const satisfies TemplateName[];
type Certified = (typeof certified)[number];

type Try = {
  at: string;
  provider: string;
  outcome: 'sent' | 'retry' | 'failed';
  receipt: string | null;
  error: string | null;
  by: string | null;
};
export type Told = {
  template: Certified;
  to: string;
  channel: (typeof noticeChannels)[number];
  state: (typeof noticeStates)[number];
  plannedAt: string;
  sentAt: string | null;
  readAt: string | null;
  checkCode: string;
  tries: Try[];
};
export type Called = { at: string; to: string; outcome: (typeof callOutcomes)[number] };
/** The facts and nothing else; their hash stands on the paper and in the case's chain of events. */
export type NoticeFacts = { number: string; ruleSet: string; side: Side; names: string[]; at: string; told: Told[]; called: Called[] };

export const hashOf = (facts: NoticeFacts) => createHash('sha256').update(JSON.stringify(facts)).digest('hex');

const languages: Language[] = ['kk', 'ru'];
type Key = TextKey<'certificate'> extends `certificate.${infer K}` ? K : never;
const say = (key: Key, values: Record<string, string> = {}): Words =>
  Object.fromEntries(languages.map((language) => [language, translate(language, `certificate.${key}` as TextKey, values)]));

export function certificateOf(facts: NoticeFacts): Paper {
  const { number, ruleSet, side, names, told, called } = facts;
  return {
    languages,
    title: say('title'),
    at: new Date(facts.at),
    number,
    ruleSet,
    hash: hashOf(facts),
    content: [
      { facts: [[say('case'), number], ...names.map((name): [Words, Words] => [say(`side.${side}`), name])] },
      { text: say('lead') },
      ...(told.length > 0 ? tables(told) : [{ text: say('none') }]),
      ...calls(called),
    ],
  };
}

function tables(told: Told[]): Block[] {
  const tried = told.flatMap((one, at) => one.tries.map((each) => [`${at + 1}`, stamp(each.at), providerOf(each), answerOf(each)]));
  const sent = told.map((one, at) => [
    `${at + 1}`,
    say(`what.${one.template}`),
    one.to,
    say(`way.${one.channel}`),
    stamp(one.plannedAt),
    stateOf(one),
    one.checkCode,
  ]);
  const head = [say('no'), say('what'), say('to'), say('way'), say('planned'), say('state'), say('checkCode')];
  const list: Block[] = [{ heading: say('notices') }, { table: { head, rows: sent, widths: [16, '*', '*', 58, 54, '*', 56] } }];
  if (tried.length === 0) return list;
  const columns = [say('no'), say('time'), say('provider'), say('answer')];
  return [...list, { heading: say('tries') }, { table: { head: columns, rows: tried, widths: [16, 54, '*', '*'] } }];
}

function calls(called: Called[]): Block[] {
  if (called.length === 0) return [];
  const rows = called.map(({ at, to, outcome }) => [stamp(at), to, say(`call.${outcome}`)]);
  return [{ heading: say('calls') }, { table: { head: [say('time'), say('to'), say('state')], rows, widths: [54, '*', '*'] } }];
}

function stateOf({ channel, state, sentAt, readAt }: Told): Words {
  if (state !== 'sent' || !sentAt) return say(`state.${state === 'sent' ? 'waiting' : state}`);
  if (channel !== 'in_app') return say('state.sent', { at: stamp(sentAt) });
  return readAt ? say('state.read', { at: stamp(readAt) }) : say('state.shown', { at: stamp(sentAt) });
}

/** Another try that somebody at the desk asked for has no provider. */
const providerOf = ({ provider }: Try): Words => (provider === 'desk' ? '–' : provider === 'post' ? say('provider.post') : provider);

function answerOf({ provider, outcome, receipt, error, by }: Try): Words {
  const verdict =
    provider === 'desk' ? say('outcome.desk') : provider === 'post' ? say('outcome.post', { by: by ?? '–' }) : say(`outcome.${outcome}`);
  const quoted = provider === 'desk' ? null : (receipt ?? error);
  if (!quoted || typeof verdict === 'string') return verdict;
  return Object.fromEntries(languages.map((language) => [language, `${verdict[language]}: ${quoted}`]));
}

/** To the second, by the clock of Oskemen: 23.11.2026 11:05:12. */
function stamp(at: string): string {
  const [day = '', hour = ''] = new Date(Date.parse(at) + 5 * 3_600_000).toISOString().slice(0, 19).split('T');
  return `${day.split('-').toReversed().join('.')} ${hour}`;
}
