type Texts = { kk: string; ru: string; en: string };
export type Clause = { no: number; title: Texts; body: Texts };

/**
 * The mediation contract, clause by clause (list of contents: Law "On Mediation" 401-IV, art. 21, to be verified by counsel;
 * wording to be proof-read by a native lawyer). Words in braces are put in when it is drafted.
 */
export const contractTitle: Texts = {
  kk: 'Медиация туралы шарт № {number}',
  ru: 'Договор о медиации № {number}',
  en: 'Mediation contract No {number}',
};

export const contractClauses: Clause[] = [
  {
    no: 1,
    title: { kk: 'Жасалған күні, уақыты, орны', ru: 'Дата, время и место заключения', en: 'Date, time, place' },
    body: {
      kk: 'Шарт Өскемен қаласындағы Достық үйі – қоғамдық келісім орталығының «Келісім» кабинетінде электрондық түрде жасалады. Тараптардың бәрі мен медиатор осы мәтінді растаған соңғы сәт (UTC+5) – шарттың жасалған күні мен уақыты.',
      ru: 'Договор заключается в электронной форме в кабинете «Келісім» Дома дружбы – центра общественного согласия в городе Усть-Каменогорске. Дата и время договора – момент последнего подтверждения этого текста всеми сторонами и медиатором (UTC+5).',
      en: 'The contract is concluded electronically in the Kelisim cabinet of the House of Friendship – Centre of Public Accord in Oskemen. Its date and time are the moment of the last confirmation of this text by every party and the mediator (UTC+5).',
    },
  },
  {
    no: 2,
    title: {
      kk: 'Тараптар және олардың өкілдері',
      ru: 'Стороны и их представители',
      en: 'Parties and representatives',
    },
    body: {
      kk: 'Бірінші тарап: {sideA}.\nЕкінші тарап: {sideB}.',
      ru: 'Первая сторона: {sideA}.\nВторая сторона: {sideB}.',
      en: 'First party: {sideA}.\nSecond party: {sideB}.',
    },
  },
  {
    no: 3,
    title: { kk: 'Даудың (жанжалдың) нысанасы', ru: 'Предмет спора (конфликта)', en: 'Subject of the dispute' },
    body: {
      kk: 'Даудың түрі: {category}. Тараптар осы дауды өз еркімен медиация арқылы реттеуге келіседі. Өтініштің мәтіні шартқа енгізілмейді.',
      ru: 'Вид спора: {category}. Стороны добровольно соглашаются урегулировать этот спор путём медиации. Текст заявления в договор не включается.',
      en: 'Kind of dispute: {category}. The parties agree of their own free will to settle this dispute by mediation. The text of the application is not part of the contract.',
    },
  },
  {
    no: 4,
    title: { kk: 'Медиатор туралы мәліметтер', ru: 'Сведения о медиаторе', en: 'Mediator' },
    body: {
      kk: '{mediator}, {kind}. Медиаторлар тізіліміндегі нөмірі: {registerNumber}.',
      ru: '{mediator}, {kind}. Номер в реестре медиаторов: {registerNumber}.',
      en: '{mediator}, {kind}. Number in the register of mediators: {registerNumber}.',
    },
  },
  {
    no: 5,
    title: { kk: 'Медиация мерзімі және оны ұзарту тәртібі', ru: 'Срок медиации и порядок его продления', en: 'Term and extension' },
    body: {
      kk: 'Медиация шарт жасалған күннің ертеңінен бастап {term} ішінде өткізіледі. Соңғы күн жұмыс күні болмаса, одан кейінгі жұмыс күні соңғы күн болып саналады. Тараптар мен медиатор мерзім өткенге дейін оны бірлесіп ұзарта алады; жалпы мерзім {total} аспайды.',
      ru: 'Медиация проводится в течение {term}, считая со дня, следующего за днём заключения договора. Если последний день нерабочий, последним считается ближайший следующий рабочий день. Стороны и медиатор могут вместе продлить срок до его истечения; общий срок – не более {total}.',
      en: 'Mediation lasts {term}, counted from the day after the contract is concluded. If the last day is not a working day, the next working day is the last. The parties and the mediator may extend the term together before it runs out; in all it is no longer than {total}.',
    },
  },
  {
    no: 6,
    title: { kk: 'Медиацияны өткізу тәртібі', ru: 'Порядок проведения медиации', en: 'Procedure' },
    body: {
      kk: 'Бірлескен және жеке кездесулер (кокус) онлайн бөлмелерде, телефон арқылы немесе Достық үйінде өтеді; уақыты тараптармен келісіледі. Жеке кездесуде айтылғанды медиатор сол тараптың келісімінсіз екінші тарапқа жеткізбейді.',
      ru: 'Совместные и раздельные встречи (кокус) проходят в онлайн-комнатах, по телефону или в Доме дружбы; время согласуется со сторонами. Сказанное на раздельной встрече медиатор не передаёт другой стороне без согласия того, кто это сказал.',
      en: 'Joint and private meetings (caucus) are held in online rooms, by telephone or at the House of Friendship; the time is agreed with the parties. What is said in a private meeting is not passed on to the other side without the consent of who said it.',
    },
  },
  {
    no: 7,
    title: { kk: 'Медиация тілі, аудармашы', ru: 'Язык медиации, переводчик', en: 'Language, interpreter' },
    body: {
      kk: 'Медиация тілі: {languages}. Аудармашы тараптардың келісімімен қатысады және құпиялылықты сақтауға міндеттенеді. Мәтіндер арасында айырмашылық болса, {mainLanguage} тіліндегі мәтін басым болады; ағылшын тіліндегі мәтін анықтама үшін беріледі.',
      ru: 'Язык медиации: {languages}. Переводчик участвует с согласия сторон и обязуется хранить конфиденциальность. При расхождении текстов действует текст на языке: {mainLanguage}; английский текст приводится для сведения.',
      en: 'Language of mediation: {languages}. An interpreter takes part with the consent of the parties and pledges confidentiality. If the texts differ, the text in this language prevails: {mainLanguage}; the English text is for information.',
    },
  },
  {
    no: 8,
    title: {
      kk: 'Медиатордың сыйақысы және шығыстар',
      ru: 'Вознаграждение медиатора и расходы',
      en: 'Fee and costs',
    },
    body: {
      kk: 'Медиация тегін: медиатор тараптардан сыйақы алмайды, тараптарға шығыстар жүктелмейді.',
      ru: 'Медиация бесплатна: медиатор не получает от сторон вознаграждения, расходы на стороны не возлагаются.',
      en: 'Mediation is free of charge: the mediator takes no fee from the parties, and no costs fall on them.',
    },
  },
  {
    no: 9,
    title: {
      kk: 'Тараптар мен медиатордың құқықтары мен міндеттері',
      ru: 'Права и обязанности сторон и медиатора',
      en: 'Rights and duties',
    },
    body: {
      kk: 'Тараптар тең жағдайда, өздері немесе өкілі арқылы қатысады, медиатордан бас тарта алады және медиациядан кез келген сәтте шыға алады. Тараптар бір-бірін сыйлайды және қол қойылған келісімді орындайды. Медиатор медиацияның мақсатын, тәртібін және құқықтық салдарын түсіндіреді; ол шешім қабылдамайды, ештеңеге мәжбүрлемейді және бір тараптың кеңесшісі болмайды.',
      ru: 'Стороны участвуют на равных, лично или через представителя, могут отказаться от медиатора и могут выйти из медиации в любой момент. Стороны уважают друг друга и исполняют подписанное соглашение. Медиатор разъясняет цель, порядок и правовые последствия медиации; он не выносит решений, ни к чему не принуждает и не консультирует одну из сторон.',
      en: 'The parties take part on equal terms, in person or by a representative; they may refuse the mediator and may leave mediation at any time. They respect each other and perform the agreement they sign. The mediator explains the aim, the order and the legal effect of mediation; the mediator decides nothing, forces nothing and advises no single party.',
    },
  },
  {
    no: 10,
    title: { kk: 'Құпиялылық', ru: 'Конфиденциальность', en: 'Confidentiality' },
    body: {
      kk: 'Тараптар, өкілдер мен медиатор медиацияда білгенін сол мәліметті берген тараптың жазбаша рұқсатынсыз жария етпейді. Дыбыс пен бейнені жазуға тыйым салынады. Медиацияда айтылған сөздер, мойындаулар мен ұсыныстар дәлел болмайды. Құпиялылықты бұзған адам заң бойынша жауап береді.',
      ru: 'Стороны, представители и медиатор не разглашают узнанное в медиации без письменного разрешения стороны, которая это сообщила. Запись звука и изображения запрещена. Сказанное в медиации, признания и предложения не являются доказательствами. Нарушивший конфиденциальность отвечает по закону.',
      en: 'The parties, representatives and the mediator disclose nothing learned in mediation without the written permission of the party who gave it. Recording of sound and image is forbidden. Statements, admissions and offers made in mediation are not evidence. Whoever breaks confidentiality is liable under the law.',
    },
  },
  {
    no: 11,
    title: {
      kk: 'Медиатордың тәуелсіздігі мен бейтараптығы туралы мәлімдемесі',
      ru: 'Заявление медиатора о независимости и беспристрастности',
      en: 'Impartiality statement',
    },
    body: {
      kk: 'Медиатор тараптардан тәуелсіз екенін, нәтижеге мүдделі емес екенін және мүдделер қақтығысы туралы мәлімдемені толтырғанын растайды. Бейтарап бола алмайтын жағдай туса, ол медиациядан бас тартады.',
      ru: 'Медиатор подтверждает, что независим от сторон, не заинтересован в исходе и заполнил заявление о конфликте интересов. Если беспристрастность станет невозможной, он откажется от медиации.',
      en: 'The mediator confirms being independent of the parties, having no interest in the outcome and having completed the declaration on conflict of interest. If impartiality becomes impossible, the mediator steps down.',
    },
  },
  {
    no: 12,
    title: { kk: 'Медиатордың жауапкершілігі', ru: 'Ответственность медиатора', en: "Mediator's liability" },
    body: {
      kk: 'Медиатор осы шартты немесе құпиялылықты бұзғаны үшін заңда белгіленген шекте жауап береді. Тараптардың өздері қабылдаған шешімі үшін медиатор жауап бермейді.',
      ru: 'Медиатор отвечает за нарушение этого договора или конфиденциальности в пределах, установленных законом. За решение, принятое самими сторонами, медиатор не отвечает.',
      en: 'The mediator is liable for breaking this contract or confidentiality within the limits set by law, and is not liable for what the parties themselves decide.',
    },
  },
  {
    no: 13,
    title: { kk: 'Медиацияны тоқтату негіздері', ru: 'Основания прекращения медиации', en: 'Grounds of termination' },
    body: { kk: '{grounds}', ru: '{grounds}', en: '{grounds}' },
  },
  {
    no: 14,
    title: { kk: 'Сот ісі', ru: 'Судебное дело', en: 'Court case' },
    body: { kk: '{court}', ru: '{court}', en: '{court}' },
  },
  {
    no: 15,
    title: {
      kk: 'Дербес деректер; хат-хабар тәсілі',
      ru: 'Персональные данные; способ связи',
      en: 'Personal data; notices',
    },
    body: {
      kk: 'Тараптар осы шартты орындауға қажетті дербес деректерін жинауға және өңдеуге келіседі. Хабарламалар кабинетке және тарап растаған электрондық поштаға немесе телефонға жіберіледі.',
      ru: 'Стороны согласны на сбор и обработку персональных данных, нужных для исполнения этого договора. Уведомления приходят в кабинет и на подтверждённую стороной электронную почту или телефон.',
      en: 'The parties consent to the collection and processing of the personal data needed to perform this contract. Notices come to the cabinet and to the e-mail or telephone that the party has verified.',
    },
  },
  {
    no: 16,
    title: { kk: 'Деректемелер және растау', ru: 'Реквизиты и подтверждение', en: 'Details and confirmation' },
    body: {
      kk: 'Тараптардың деректемелері мен байланыс мәліметтері Достық үйінде сақталады және екінші тарапқа берілмейді. Әр тарап пен медиатор осы мәтіннің бір ғана хешін белгіленген тәсілмен растайды. Қағидалар нұсқасы: {rules}.',
      ru: 'Реквизиты и контакты сторон хранятся в Доме дружбы и другой стороне не передаются. Каждая сторона и медиатор подтверждают один и тот же хеш этого текста установленным способом. Редакция правил: {rules}.',
      en: 'The details and contacts of the parties are kept by the House of Friendship and are not passed to the other side. Every party and the mediator confirm one and the same hash of this text in the established way. Version of the rules: {rules}.',
    },
  },
];

/** Pieces that stand inside clauses. Forms by number: kk and en one || other, ru one || few || many. */
export const contractWords = {
  term: {
    kk: '{count} күнтізбелік күн || {count} күнтізбелік күн',
    ru: '{count} календарного дня || {count} календарных дней || {count} календарных дней',
    en: '{count} calendar day || {count} calendar days',
  },
  total: {
    kk: '{count} күнтізбелік күннен || {count} күнтізбелік күннен',
    ru: '{count} календарного дня || {count} календарных дней || {count} календарных дней',
    en: '{count} calendar day || {count} calendar days',
  },
  professional: { kk: 'кәсіби медиатор', ru: 'профессиональный медиатор', en: 'professional mediator' },
  public: { kk: 'қоғамдық медиатор', ru: 'общественный медиатор', en: 'public mediator' },
  represented: { kk: '{name} (өкілі: {by})', ru: '{name} (представитель: {by})', en: '{name} (represented by {by})' },
  court: {
    kk: '{court}, істің нөмірі {number}. Іс жүргізуді тоқтата тұру туралы мәселені сот шешеді.',
    ru: '{court}, дело № {number}. Вопрос о приостановлении производства решает суд.',
    en: '{court}, case No {number}. Whether proceedings are suspended is for the court to decide.',
  },
  no_court: { kk: 'Сот ісі көрсетілген жоқ.', ru: 'Судебное дело не указано.', en: 'No court case is named.' },
  language_kk: { kk: 'қазақ', ru: 'казахский', en: 'Kazakh' },
  language_ru: { kk: 'орыс', ru: 'русский', en: 'Russian' },
  language_en: { kk: 'ағылшын', ru: 'английский', en: 'English' },
} satisfies Record<string, Texts>;
