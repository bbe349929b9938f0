export default {
  title: 'Медиация туралы',
};
