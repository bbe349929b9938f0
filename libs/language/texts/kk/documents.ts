export default {
  house: 'Достық үйі',
  place: 'Өскемен қ.',
  dated: '{date}, {time} (UTC+5)',
  number: '№ {number}',
  rules: 'Ережелер нұсқасы: {version}',
  language: 'Құжат тілі: {languages}',
  'language.kk': 'қазақша',
  'language.ru': 'орысша',
  'language.en': 'ағылшынша',
  page: '{page}/{pages}-бет',
  hash: 'Құжат хеші (SHA-256)',
  check: 'Құжатты тексеру:',
};
