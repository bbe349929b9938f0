export default {
  title: 'Кездесулер',
};
