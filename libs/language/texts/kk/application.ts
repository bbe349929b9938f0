export default {
  title: 'Өтініш',
};
