export default {
  title: 'Дауды сотсыз, сөйлесіп шешуге болады',
};
