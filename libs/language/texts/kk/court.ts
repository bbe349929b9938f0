export default {
  title: 'Істер',
};
