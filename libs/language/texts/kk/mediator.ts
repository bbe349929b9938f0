export default {
  title: 'Бүгін',
};
