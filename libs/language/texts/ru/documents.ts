import type kk from '../kk/documents.js';

export default {
  house: 'Дом дружбы',
  place: 'г. Усть-Каменогорск',
  dated: '{date}, {time} (UTC+5)',
  number: '№ {number}',
  rules: 'Версия правил: {version}',
  language: 'Язык документа: {languages}',
  'language.kk': 'казахский',
  'language.ru': 'русский',
  'language.en': 'английский',
  page: 'стр. {page}/{pages}',
  hash: 'Хеш документа (SHA-256)',
  check: 'Проверить документ:',
} satisfies Record<keyof typeof kk, string>;
