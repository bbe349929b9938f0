export default {
  checkCode: 'Хабарлама коды: {code}. Шынайы екенін сайттан тексеруге болады.',
};
