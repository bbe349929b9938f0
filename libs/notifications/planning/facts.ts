import { among, type Member, type Occurrence } from '../rules/audiences.js';
import { type Rule, rulesFor, type Way } from '../rules/rules.js';
import { type Template, templates, type Values } from '../rules/templates.js';
import type { Channel, Notice } from './notice.js';
import { afterQuietHours } from './quiet-hours.js';

/** Every notice of one fact, by the table of rules. Pure: what it needs was read before. */
export function noticesOf(fact: Occurrence, members: Member[], now: Date): Notice[] {
  const own = members.filter(({ caseId }) => caseId === null || caseId === fact.caseId);
  const told = rulesFor(fact.type, fact.data).flatMap((rule) =>
    own
      .filter((member) => among[rule.to](member, fact) && concerns(rule, member, fact) && !isDeskOfOwnCase(member, own))
      .flatMap((member) => noticeTo(member, rule, fact, now)),
  );
  return [...new Map(told.toReversed().map((notice) => [`${notice.recipientId} ${notice.channel}`, notice])).values()].toReversed();
}

/** An office is not held in one's own dispute. */
const isDeskOfOwnCase = ({ as, personId }: Member, own: Member[]) =>
  as === 'desk' && own.some((other) => other.partyId !== null && other.personId === personId);

/** A courtesy is not pressed on somebody whose account is closed, nor on who did it. */
const concerns = (rule: Rule, member: Member, { actorId }: Occurrence) =>
  !(rule.weight === 'courtesy' && member.disabled) && !(rule.unlessActor && actorId !== null && member.personId === actorId);

function noticeTo(member: Member, rule: Rule, fact: Occurrence, now: Date): Notice[] {
  const recipientId = member.personId ?? member.partyId;
  if (!recipientId) return [];
  const template: Template = templates[rule.template];
  const values = valuesOf(template, fact, member);
  const missing = template.needs.find((name) => (name === 'number' || name === 'at') && !values[name]);
  const isLegal = rule.weight === 'legal';
  return channelsOf(rule.by, member).map((channel) => ({
    sourceId: fact.id,
    sourceType: fact.type,
    caseId: fact.caseId,
    recipientKind: member.personId ? 'person' : 'party',
    recipientId,
    channel,
    template: rule.template,
    language: member.language,
    urgency: isLegal ? 'legal' : 'courtesy',
    values,
    dueAt: isLegal || rule.prompt || channel === 'in_app' ? now : afterQuietHours(now),
    ...(channel === 'letter' ? { flaw: 'no_contact' } : missing ? { flaw: `variable_missing:${missing}` } : {}),
  }));
}

/** Who can be reached by nothing is written a letter: the desk finds it among what was not delivered. */
function channelsOf(way: Way, { personId, hasEmail, hasPhone }: Member): Channel[] {
  const centre: Channel[] = personId ? ['in_app'] : [];
  if (way === 'centre') return centre;
  const contacts: Channel[] = [...(hasEmail ? (['email'] as const) : []), ...(hasPhone ? (['sms'] as const) : [])];
  if (contacts.length === 0) return [...centre, 'letter'];
  return [...centre, ...(way === 'every' ? contacts : contacts.slice(0, 1))];
}

function valuesOf(template: Template, { number, data }: Occurrence, { until, as }: Member): Values {
  const day = instant(template.secret === 'invitation' || as === 'offered' ? until : data['dueAt']);
  const hour = instant(data['startsAt']);
  return {
    ...(template.needs.includes('number') && number ? { number } : {}),
    ...(template.until && day ? { until: day } : {}),
    ...(template.needs.includes('at') && hour ? { at: hour } : {}),
  };
}

/** A date and nothing else, whatever a fact may hold. */
function instant(value: unknown): string | undefined {
  const at = typeof value === 'string' || value instanceof Date ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}
