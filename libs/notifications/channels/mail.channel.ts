import type { Delivery } from '#platform';
import { calendarOf } from '../delivery/appointments.js';
import { writeMail } from '../texts/write.js';
import type { Kit, Sending } from './table.js';

/** A mail: the same Message-ID on every repeat. */
export function carryMail({ notice, letter, reached, appointments }: Sending, kit: Kit): Promise<Delivery> {
  const { subject, sender, text, html } = writeMail(letter, kit.addresses);
  const from = kit.config.MAIL_FROM;
  return kit.mail.send({
    to: reached.to,
    from: `"${sender}" <${from}>`,
    subject,
    text,
    html,
    messageId: `<${notice.id}@${from.slice(from.indexOf('@') + 1)}>`,
    headers: headersOf(notice, kit),
    ...(appointments ? { calendar: calendarOf(notice, appointments, from, reached.to) } : {}),
  });
}

/** RFC 3834: no machine need answer. RFC 2369 and 8058: less of it by one press, where less may be asked for. */
function headersOf(notice: Sending['notice'], { unsubscribe }: Kit): Record<string, string> {
  const isOptional = notice.urgency === 'courtesy' && notice.recipientKind === 'person';
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(isOptional ? { 'List-Unsubscribe': `<${unsubscribe(notice)}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}
