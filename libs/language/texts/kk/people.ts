export default {
  title: 'Баптаулар',
};
