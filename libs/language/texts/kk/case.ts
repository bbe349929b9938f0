export default {
  title: 'Менің істерім',
};
