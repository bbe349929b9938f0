export default {
  title: 'Сізге хат келді',
};
