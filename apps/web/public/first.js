/*
 * What a weak line needs before the cabinet's own program is there, which may take half a minute: that it is coming, and, on the page of
 * rooms, what was said last, to read, and a field to answer in. In the page's memory alone, as plain text; the program takes its place, and
 * what is being written and not sent yet goes over to it (layout/early.ts). Its few words stand here because the catalogues come with the
 * program; those that say to whom one writes are the catalogues' own (rooms/early-words.spec.ts).
 */
(() => {
  const says = {
    kk: {
      passed: (n) => `Байланыс баяу болса, бір минутқа дейін созылады. ${n} секунд өтті.`,
      early: 'Соңғы хабарламалар. Кабинет ашылғанда жауап жаза аласыз.',
      earlyWrite: 'Соңғы хабарламалар. Кабинет ашылғанша осында жауап жаза аласыз.',
      joint: 'Бірлескен бөлме',
      caucus: 'Жеке бөлме (кокус)',
      hears: {
        A: 'Көреді: сіз, екінші тарап, медиатор. Сот пен үйлестіруші көрмейді.',
        B: 'Көреді: сіз, бірінші тарап, медиатор. Сот пен үйлестіруші көрмейді.',
        own: 'Көреді: тек сіз және медиатор. Басқа тарап, сот пен үйлестіруші көрмейді.',
      },
      label: { joint: 'Бірлескен бөлмеге хабарлама', own: 'Тек медиаторға хабарлама' },
      send: { joint: 'Бірлескен бөлмеге жіберу', own: 'Медиаторға жіберу' },
      states: {
        sending: 'жіберілуде',
        sent: 'жіберілді',
        offline: 'әлі жіберілмеді: байланыс жоқ',
        ended: 'әлі жіберілмеді: кабинетке қайта кіріңіз',
        refused: 'жіберілмеді',
      },
      stay: 'бетті жаппаңыз',
    },
    ru: {
      passed: (n) => `На слабой связи это длится до минуты. Прошло ${n} с.`,
      early: 'Последние сообщения. Ответить можно, когда кабинет откроется.',
      earlyWrite: 'Последние сообщения. Пока кабинет открывается, можно ответить здесь.',
      joint: 'Совместная комната',
      caucus: 'Отдельная комната (кокус)',
      hears: {
        A: 'Видят: вы, вторая сторона, медиатор. Суд и координатор не видят.',
        B: 'Видят: вы, первая сторона, медиатор. Суд и координатор не видят.',
        own: 'Видят: только вы и медиатор. Другая сторона, суд и координатор не видят.',
      },
      label: { joint: 'Сообщение в совместную комнату', own: 'Сообщение только медиатору' },
      send: { joint: 'Отправить в совместную комнату', own: 'Отправить медиатору' },
      states: {
        sending: 'отправляется',
        sent: 'отправлено',
        offline: 'ещё не отправлено: нет связи',
        ended: 'ещё не отправлено: войдите в кабинет снова',
        refused: 'не отправлено',
      },
      stay: 'не закрывайте страницу',
    },
    en: {
      passed: (n) => `On a weak line this takes up to a minute. ${n} s so far.`,
      early: 'The latest messages. You can answer when the cabinet is open.',
      earlyWrite: 'The latest messages. You can answer here while the cabinet is opening.',
      joint: 'Joint room',
      caucus: 'Private room (caucus)',
      hears: {
        A: 'Who sees it: you, the second party, the mediator. The court and the coordinator do not.',
        B: 'Who sees it: you, the first party, the mediator. The court and the coordinator do not.',
        own: 'Who sees it: only you and the mediator. The other party, the court and the coordinator do not.',
      },
      label: { joint: 'Message to the joint room', own: 'Message to the mediator only' },
      send: { joint: 'Send to the joint room', own: 'Send to the mediator' },
      states: {
        sending: 'sending',
        sent: 'sent',
        offline: 'not sent yet: no connection',
        ended: 'not sent yet: sign in again',
        refused: 'not sent',
      },
      stay: 'do not close this page',
    },
  };
  const query = new URLSearchParams(location.search);
  const asked = [query.get('lang'), /(?:^|; )language=(\w\w)/.exec(document.cookie)?.[1]].find((one) => one in says) ?? 'kk';
  const words = says[asked];
  const began = performance.now();
  const opening = () => document.querySelector('#root > .opening');

  const ticking = setInterval(() => {
    const box = opening();
    if (!box) return clearInterval(ticking);
    const passed = Math.round((performance.now() - began) / 1000);
    if (passed < 3) return;
    const line = box.querySelector('[data-passed]') ?? box.appendChild(made('p', ''));
    line.dataset.passed = passed;
    line.lang = asked;
    line.textContent = words.passed(passed);
    if (!box.querySelector('progress')) box.append(Object.assign(made('progress', ''), { ariaLabel: 'Келісім' }));
  }, 1000);

  const [, id] = /^\/cases\/([0-9a-f-]{36})\/rooms$/.exec(location.pathname) ?? [];
  if (id) void showEarly(id).catch(() => undefined);
  window.addEventListener('pagehide', () => document.getElementById('early')?.remove());

  async function showEarly(caseId) {
    const rooms = await read(`/api/cases/${caseId}/rooms`);
    const joint = rooms.find(({ kind }) => kind === 'joint');
    const own = rooms.find(({ kind, isClosed }) => kind === 'caucus' && !isClosed);
    const isOwn = query.get('room') === 'own';
    const room = isOwn ? own : joint;
    if (!room || query.has('room') !== isOwn) return;
    const { messages } = await read(`/api/rooms/${room.id}/messages?limit=20`);
    if (!opening()) return;
    const form = formFor(room, own);
    if (messages.length === 0 && !form) return;
    const list = made('ul', '');
    const nameOf = (author) => room.members.find(({ personId }) => personId === author)?.name ?? '';
    list.append(...messages.filter(({ isRetracted }) => !isRetracted).map(({ authorId, body }) => said(nameOf(authorId), body)));
    const box = made('section', '');
    Object.assign(box, { id: 'early', lang: asked, className: 'wrap early' });
    Object.assign(box.dataset, { room: room.side ?? 'joint', roomId: room.id });
    const title = made('h2', words[room === joint ? 'joint' : 'caucus']);
    box.append(title, ...(form ? [made('p', form.hears)] : []), made('p', form ? words.earlyWrite : words.early), list);
    document.body.append(box);
    if (form) letWrite(box, list, room, form);
  }

  /** To whom one writes has to be said right: where more people hear than the two sides and the mediator, it is left to the program. */
  function formFor(room, own) {
    const only = own?.members.filter(({ capacity }) => capacity === 'party') ?? [];
    const [self] = only;
    const isPlain = ({ capacity, side, personId }) =>
      capacity === 'mediator' || (capacity === 'party' && (side !== self.side || personId === self.personId));
    if (only.length !== 1 || !room.mayPost || !crypto.randomUUID || !room.members.every(isPlain)) return null;
    const way = room === own ? 'own' : 'joint';
    const isBoth = room.members.some(({ side }) => side && side !== self.side);
    if (way === 'joint' && !isBoth) return null;
    return { self, hears: words.hears[way === 'own' ? 'own' : self.side], label: words.label[way], send: words.send[way] };
  }

  /** Each message has its id from the start, so that what is sent twice, here and by the program, is kept once; and it is told as sent when it is kept. */
  function letWrite(box, list, room, { self, label, send }) {
    const form = made('form', '');
    const field = Object.assign(made('textarea', ''), { id: 'early-field', rows: 2, maxLength: 4000 });
    form.autocomplete = 'off';
    const name = Object.assign(made('label', label), { htmlFor: field.id });
    form.append(name, field, Object.assign(made('button', send), { type: 'submit' }));
    box.append(form);
    const unsent = [];
    let [isSending, isOver] = [false, false];
    const tell = ({ line }, state) => {
      line.textContent = words.states[state] + (state === 'sending' || state === 'sent' ? '' : `; ${words.stay}`);
    };

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const body = field.value.trim();
      if (!body) return;
      const item = said(self.name, body);
      const line = Object.assign(made('p', ''), { role: 'status' });
      item.append(line);
      list.append(item);
      unsent.push({ clientId: crypto.randomUUID(), body, at: new Date().toISOString(), line });
      tell({ line }, 'sending');
      field.value = '';
      field.focus();
      void sendAll();
    });

    async function sendAll() {
      if (isSending || isOver || unsent.length === 0) return;
      isSending = true;
      const [one] = unsent;
      tell(one, 'sending');
      const state = await post(one);
      isSending = false;
      tell(one, state);
      if (state === 'sent') unsent.shift();
      if (state === 'sent') void sendAll();
      else if (state === 'offline') setTimeout(sendAll, 3000);
    }

    async function post({ clientId, body }) {
      try {
        const headers = { accept: 'application/json', 'content-type': 'application/json' };
        const message = { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify({ clientId, body }), priority: 'high' };
        const { ok, status } = await fetch(`/api/rooms/${room.id}/messages`, message);
        return ok ? 'sent' : status === 401 ? 'ended' : status >= 500 || status === 429 ? 'offline' : 'refused';
      } catch {
        return 'offline';
      }
    }

    box.unsaid = () => (isOver ? 0 : unsent.length + (field.value.trim() ? 1 : 0));
    const ask = (event) => box.unsaid() > 0 && event.preventDefault();
    window.addEventListener('online', sendAll);
    window.addEventListener('beforeunload', ask);
    /** Asked for once, by the program: what is written goes on there. */
    box.handOver = () => {
      isOver = true;
      window.removeEventListener('online', sendAll);
      window.removeEventListener('beforeunload', ask);
      const caret = document.activeElement === field ? [field.selectionStart, field.selectionEnd] : null;
      form.remove();
      delete box.handOver;
      return { draft: field.value, unsent: unsent.map(({ clientId, body, at }) => ({ clientId, body, at })), caret };
    };
  }

  function said(name, body) {
    const item = made('li', '');
    item.append(made('b', name), made('p', body));
    return item;
  }

  async function read(path) {
    const reply = await fetch(path, { credentials: 'same-origin', headers: { accept: 'application/json' }, priority: 'high' });
    if (!reply.ok) throw new Error(String(reply.status));
    return reply.json();
  }

  /** Text stays text. */
  function made(tag, text) {
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  }
})();
