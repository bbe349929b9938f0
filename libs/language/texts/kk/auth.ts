export default {
  title: 'Кабинетке кіру',
};
