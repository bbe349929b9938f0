import { among, type Member, type Occurrence } from '../rules/audiences.js';
import { kinds, kindOfTemplate } from '../rules/kinds.js';
import { type Rule, rulesFor } from '../rules/rules.js';
import { type Template, templates, type Values } from '../rules/templates.js';
import type { Channel, Notice } from './notice.js';
import { courteousHour } from './quiet-hours.js';
import { wants, type Wishes } from './wishes.js';

type Told = { fact: Occurrence; now: Date; wishes: Map<string, Wishes> };

/** Every notice of one fact, by the table of rules and by what its readers want. Pure: what it needs was read before. */
export function noticesOf(members: Member[], told: Told): Notice[] {
  const { fact } = told;
  const own = members.filter(({ caseId }) => caseId === null || caseId === fact.caseId);
  const notices = rulesFor(fact.type, fact.data).flatMap((rule) =>
    own
      .filter((member) => among[rule.to](member, fact) && concerns(rule, member, fact) && !isDeskOfOwnCase(member, own))
      .flatMap((member) => noticeTo(member, rule, told)),
  );
  return [...new Map(notices.toReversed().map((notice) => [`${notice.recipientId} ${notice.channel}`, notice])).values()].toReversed();
}

/** An office is not held in one's own dispute. */
const isDeskOfOwnCase = ({ as, personId }: Member, own: Member[]) =>
  as === 'desk' && own.some((other) => other.partyId !== null && other.personId === personId);

/** A courtesy is not pressed on somebody whose account is closed, nor on who did it. */
const concerns = (rule: Rule, member: Member, { actorId }: Occurrence) =>
  !(rule.weight === 'courtesy' && member.disabled) && !(rule.unlessActor && actorId !== null && member.personId === actorId);

function noticeTo(member: Member, rule: Rule, { fact, now, wishes }: Told): Notice[] {
  const recipientId = member.personId ?? member.partyId;
  if (!recipientId) return [];
  const template: Template = templates[rule.template];
  const values = valuesOf(template, fact, member);
  const missing = template.needs.find((name) => (name === 'number' || name === 'at') && !values[name]);
  const isLegal = rule.weight === 'legal';
  const said = member.personId ? wishes.get(member.personId) : undefined;
  return channelsOf(rule, member, said).map((channel) => ({
    sourceId: fact.id,
    sourceType: fact.type,
    caseId: fact.caseId,
    recipientKind: member.personId ? 'person' : member.as === 'witness' ? 'witness' : 'party',
    recipientId,
    channel,
    template: rule.template,
    language: member.language,
    urgency: isLegal ? 'legal' : 'courtesy',
    values,
    dueAt: isLegal || rule.prompt ? now : courtesyDue(channel, rule, { now, said, values }),
    ...(missing ? { flaw: `variable_missing:${missing}` } : {}),
  }));
}

/** After the burst it may be the first of, and not in the night of its reader. */
export function courtesyDue(
  channel: Channel,
  { template }: Pick<Rule, 'template'>,
  { now, said, values = {} }: { now: Date; said: Wishes | undefined; values?: Values },
) {
  if (channel === 'in_app' || channel === 'letter') return now;
  const burstMs = kinds[kindOfTemplate(template)].burstMinutes[channel] * 60_000;
  return courteousHour(new Date(now.getTime() + burstMs), said?.hours, values.at);
}

/**
 * Who can be reached by nothing is written a letter, which the desk prints and posts: of what is legal, and to whoever has no centre to
 * read in. Wishes bear on courtesies alone.
 */
export function channelsOf(
  { by, weight, template }: Pick<Rule, 'by' | 'weight' | 'template'>,
  { personId, hasEmail, hasPhone, hasDevice }: Pick<Member, 'personId' | 'hasEmail' | 'hasPhone' | 'hasDevice'>,
  said: Wishes | undefined,
): Channel[] {
  const centre: Channel[] = personId ? ['in_app'] : [];
  if (by === 'centre') return centre;
  const contacts = [...(hasEmail ? (['email'] as const) : []), ...(hasPhone ? (['sms'] as const) : [])];
  if (contacts.length === 0) return personId && weight === 'courtesy' ? centre : [...centre, 'letter'];
  const devices = hasDevice ? (['push'] as const) : [];
  if (weight === 'courtesy' && personId)
    return [...centre, ...[...contacts, ...devices].filter((channel) => wants(said, kindOfTemplate(template), channel, hasEmail))];
  return [...centre, ...(by === 'every' ? contacts : contacts.slice(0, 1)), ...devices];
}

function valuesOf(template: Template, { number, data }: Occurrence, { until, as }: Member): Values {
  const day = instant(template.secret === 'invitation' || as === 'offered' ? until : data['dueAt']);
  const hour = instant(data['startsAt']);
  return {
    ...(template.needs.includes('number') && number ? { number } : {}),
    ...(template.until && day ? { until: day } : {}),
    ...(template.needs.includes('at') && hour ? { at: hour } : {}),
    ...(template.needs.includes('root') ? rootIn(data) : {}),
  };
}

/** A date and nothing else, whatever a fact may hold. */
function instant(value: unknown): string | undefined {
  const at = typeof value === 'string' || value instanceof Date ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** The day of a root and the root: a date and a hash, and nothing else. */
function rootIn({ day, root }: Occurrence['data']): Values {
  return /^\d{4}-\d\d-\d\d$/.test(String(day)) && /^[0-9a-f]{64}$/.test(String(root)) ? { day: String(day), root: String(root) } : {};
}
