import type { Language, Role } from '#contract';
import type { MediatorSeed } from './scenario.js';

/** Who works at the demo House of Friendship. Invented people; passwords and second factors are made at the first start. */
export type Post = {
  name: string;
  role: Role;
  surname: string;
  given: string;
  patronymic: string;
  email: string;
  language: Language;
  courtId?: string;
};

export const posts: Post[] = [
  {
    name: 'admin',
    role: 'administrator',
    surname: 'Ақжолова',
    given: 'Сәуле',
    patronymic: 'Ермекқызы',
    email: 'admin@example.kz',
    language: 'kk',
  },
  {
    name: 'coordinator',
    role: 'coordinator',
    surname: 'Нұрланова',
    given: 'Айгерім',
    patronymic: 'Серікқызы',
    email: 'coordinator@example.kz',
    language: 'kk',
  },
  {
    name: 'coordinator2',
    role: 'coordinator',
    surname: 'Сергеева',
    given: 'Ольга',
    patronymic: 'Николаевна',
    email: 'coordinator2@example.kz',
    language: 'ru',
  },
  {
    name: 'clerk',
    role: 'court',
    surname: 'Тілеуова',
    given: 'Динара',
    patronymic: 'Маратқызы',
    email: 'clerk@example.kz',
    language: 'kk',
    courtId: 'OSKEMEN_CITY',
  },
  {
    name: 'council',
    role: 'council',
    surname: 'Жақыпов',
    given: 'Марат',
    patronymic: 'Әлібекұлы',
    email: 'council@example.kz',
    language: 'kk',
  },
];

export const postOf = (mediator: MediatorSeed): Post => ({
  name: mediator.id.toLowerCase(),
  role: 'mediator',
  surname: mediator.surname,
  given: mediator.given,
  patronymic: mediator.patronymic,
  email: mediator.email,
  language: mediator.languages[0] ?? 'kk',
});
