export default {
  title: 'Кезек',
  'obstacle.is_party': 'осы дауда тарап болып тұр',
  'obstacle.not_registered': 'тізілімге әлі енгізілмеген',
  'obstacle.excluded': 'тізілімнен шығарылған',
  'obstacle.suspended': 'өкілеттігі тоқтатыла тұрған',
  'obstacle.certificate_expired': 'сертификатының мерзімі өткен',
  'obstacle.wrong_kind': 'мұндай іске кәсіби медиатор керек',
  'obstacle.language_missing': 'тараптардың тілінде жүргізбейді',
  'obstacle.field_missing': 'мұндай дауларды жүргізбейді',
  'obstacle.at_capacity': 'жүктемесі толық',
};
