export default {
  title: 'Кезек',
};
