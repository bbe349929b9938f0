export default {
  title: 'Бөлмелер',
};
