export default {
  title: 'Адамдар',
};
