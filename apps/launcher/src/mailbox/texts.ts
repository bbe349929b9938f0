const kk = {
  title: 'Жергілікті пошта жәшігі',
  note: 'Бұл бетті тек осы компьютерден көруге болады. Хаттар мен SMS ешкімге жіберілмейді.',
  skip: 'Мазмұнға өту',
  mails: 'Хаттар',
  sms: 'SMS',
  noMails: 'Әзірге хат жоқ.',
  noSms: 'Әзірге SMS жоқ.',
  refresh: 'Жаңарту',
  from: 'Кімнен',
  to: 'Кімге',
  subject: 'Тақырып',
  noSubject: '(тақырыпсыз)',
  received: 'Келген уақыты',
  text: 'Мәтін',
  html: 'Безендірілген түрі',
  raw: 'Бастапқы түрі',
  attachments: 'Тіркемелер',
  notFound: 'Мұндай бет жоқ.',
};

const ru: Record<keyof typeof kk, string> = {
  title: 'Локальный почтовый ящик',
  note: 'Эту страницу видно только с этого компьютера. Письма и SMS никому не отправляются.',
  skip: 'К содержанию',
  mails: 'Письма',
  sms: 'SMS',
  noMails: 'Писем пока нет.',
  noSms: 'SMS пока нет.',
  refresh: 'Обновить',
  from: 'От кого',
  to: 'Кому',
  subject: 'Тема',
  noSubject: '(без темы)',
  received: 'Получено',
  text: 'Текст',
  html: 'Оформленный вид',
  raw: 'Исходный вид',
  attachments: 'Вложения',
  notFound: 'Такой страницы нет.',
};

export const texts = { kk, ru };
export type Language = keyof typeof texts;

/** Asked for in the address, else the browser's first of the two, else Kazakh. */
export function languageOf(asked: string | null, accepted = ''): Language {
  const wished = [asked ?? '', ...accepted.split(',').map((part) => part.trim().slice(0, 2))];
  return wished.find((language): language is Language => language in texts) ?? 'kk';
}
