import type kk from '../kk/documents.js';

export default {
  house: 'House of Friendship',
  place: 'Oskemen',
  dated: '{date}, {time} (UTC+5)',
  number: 'No. {number}',
  rules: 'Rule set: {version}',
  language: 'Language of the document: {languages}',
  'language.kk': 'Kazakh',
  'language.ru': 'Russian',
  'language.en': 'English',
  page: 'page {page}/{pages}',
  hash: 'Hash of the document (SHA-256)',
  check: 'Check this document:',
} satisfies Record<keyof typeof kk, string>;
