import type { NoticeHours, NoticeKind, WishChannel } from '#contract';

type Kind = {
  is: string;
  /** How long the first message of a burst waits for what comes after it: one message for all, none if it is read meanwhile. */
  burstMinutes: Record<WishChannel, number>;
};

/** The sorts of courtesy notices. A person may turn each on or off, channel by channel. */
export const kinds: Record<NoticeKind, Kind> = {
  case: { is: 'how an application or a case goes on', burstMinutes: { email: 10, sms: 10, push: 0 } },
  meeting: { is: 'proposed and booked hours, and reminders of them', burstMinutes: { email: 0, sms: 0, push: 0 } },
  room: { is: 'messages in rooms that were left unread', burstMinutes: { email: 0, sms: 0, push: 0 } },
  account: { is: 'roles and the like', burstMinutes: { email: 0, sms: 0, push: 0 } },
};

const byFirstWord: Record<string, NoticeKind> = { meeting: 'meeting', rooms: 'room', person: 'account', training: 'meeting' };
export const kindOfTemplate = (template: string): NoticeKind => byFirstWord[template.split('.')[0] ?? ''] ?? 'case';

/** What holds for who has said nothing: by e-mail, by text message where there is no address, on devices that asked for it. */
export const usuallyWanted = (channel: WishChannel, hasEmail: boolean) => channel !== 'sms' || !hasEmail;

/** Quiet hours of who has said nothing: the night of Oskemen. */
export const usualHours: NoticeHours = { zone: 'Asia/Almaty', quietFrom: '21:00', quietTo: '08:00' };

/** Of one appointment: told however late it is, if the morning would be too late. */
export const leastNoticeMs = 30 * 60_000;
