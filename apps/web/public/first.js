/*
 * What a weak line needs before the cabinet's own program is there, which may take half a minute: that it is coming, and, on the page of
 * rooms, what was said last, to read. In the page's memory alone, as plain text; the program takes its place, and it goes with the page.
 * Its few words stand here because the catalogues come with the program.
 */
(() => {
  const says = {
    kk: {
      passed: (n) => `Байланыс баяу болса, бір минутқа дейін созылады. ${n} секунд өтті.`,
      early: 'Соңғы хабарламалар. Кабинет ашылғанда жауап жаза аласыз.',
      joint: 'Бірлескен бөлме',
      caucus: 'Жеке бөлме (кокус)',
    },
    ru: {
      passed: (n) => `На слабой связи это длится до минуты. Прошло ${n} с.`,
      early: 'Последние сообщения. Ответить можно, когда кабинет откроется.',
      joint: 'Совместная комната',
      caucus: 'Отдельная комната (кокус)',
    },
    en: {
      passed: (n) => `On a weak line this takes up to a minute. ${n} s so far.`,
      early: 'The latest messages. You can answer when the cabinet is open.',
      joint: 'Joint room',
      caucus: 'Private room (caucus)',
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
    const room = query.get('room') === 'own' ? rooms.find(({ kind, isClosed }) => kind === 'caucus' && !isClosed) : joint;
    if (!room || query.has('room') !== (room !== joint)) return;
    const { messages } = await read(`/api/rooms/${room.id}/messages?limit=20`);
    if (!opening() || messages.length === 0) return;
    const nameOf = (author) => room.members.find(({ personId }) => personId === author)?.name ?? '';
    const list = made('ul', '');
    list.append(
      ...messages
        .filter(({ isRetracted }) => !isRetracted)
        .map(({ authorId, body }) => {
          const item = made('li', '');
          item.append(made('b', nameOf(authorId)), made('p', body));
          return item;
        }),
    );
    const box = made('section', '');
    box.id = 'early';
    box.lang = asked;
    box.className = 'wrap early';
    box.append(made('h2', words[room === joint ? 'joint' : 'caucus']), made('p', words.early), list);
    document.body.append(box);
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
