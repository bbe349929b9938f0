import { callbackify } from 'node:util';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail.store.js';

const largestMail = 25 * 1024 * 1024;

/** Takes every mail and keeps it; the sender hears 250 only once the file is written. */
export function smtpSink(mails: MailStore): SMTPServer {
  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
    const mail = await buffer(stream);
    if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too large'), { responseCode: 552 });
    const from = envelope.mailFrom ? envelope.mailFrom.address : '';
    return `Kept as ${mails.add({ from, to: envelope.rcptTo.map(({ address }) => address) }, mail)}`;
  };
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMail,
    closeTimeout: 1_000,
    onData: callbackify(take),
  });
}
