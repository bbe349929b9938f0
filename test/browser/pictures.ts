import { expect, type Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { Language, RoomView } from '#contract';
import { mediationOf } from './arranged.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

export type World = Awaited<ReturnType<typeof mediationOf>>;
type Spoken = Extract<Language, 'kk' | 'ru'>;

/** What waits until it is let through. */
export function closedGate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

/** No message of this page gets through, and no socket stands. */
export async function cutOff(page: Page, passed: Promise<void> = Promise.resolve()) {
  await page.routeWebSocket(/socket\.io/, (socket) => void socket.close());
  await page.route(/messages$/, (route) => (route.request().method() === 'POST' ? passed.then(() => route.abort()) : route.continue()));
}

/** Pasted as a hand would, without the system's clipboard. */
export const paste = (person: Person, label: string, text: string) =>
  person.field(label).evaluate((field, pasted) => {
    (field as HTMLElement).focus();
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    document.execCommand('insertText', false, pasted);
  }, text);

/** A case whose people have names one believes, as a picture is looked at by people. */
export async function believable(stage: Stage, way: Parameters<typeof mediationOf>[1] = {}): Promise<World> {
  const world = await mediationOf(stage, way);
  const names = [
    [world.a.id, 'Мұратова', 'Күләш', 'Мұратқызы'],
    [world.b.id, 'Корнеев', 'Геннадий', 'Павлович'],
    [world.mediator.id, 'Сұлтанова', 'Інжу', ''],
  ];
  for (const [id, ...name] of names) {
    await world.admin('UPDATE persons SET surname = $2, given = $3, patronymic = $4 WHERE id = $1', [id, ...name]);
    await world.admin('UPDATE parties SET surname = $2, given = $3 WHERE person_id = $1', [id, ...name.slice(0, 2)]);
  }
  await world.admin(`UPDATE cases SET number = $2 WHERE id = $1`, [
    world.caseId,
    `M-2026-${String(Math.floor(Math.random() * 9_000) + 1_000)}`,
  ]);
  return world;
}

/** Speaks past the pages, as what is said is not what is looked at. */
export async function voiceOf({ page }: Person, { caseId }: World, { house }: Stage) {
  const rooms = (await (await page.request.get(`/api/cases/${caseId}/rooms`)).json()) as RoomView[];
  const place = (side: 'A' | 'B' | null) => rooms.find((one) => one.side === side && one.kind !== 'sub')!;
  const headers = { origin: house.origin };
  return {
    place,
    say: async (side: 'A' | 'B' | null, body: string, more: object = {}) => {
      const data = { clientId: newId(), body, ...more };
      const reply = await page.request.post(`/api/rooms/${place(side).id}/messages`, { headers, data });
      expect(reply.ok(), await reply.text()).toBe(true);
      return (await reply.json()) as { id: string; seq: number; version?: number };
    },
    ask: async (method: 'PUT' | 'POST', path: string, data: object) => {
      const reply = await page.request.fetch(`/api${path}`, { method, headers, data });
      expect(reply.ok(), `${path}: ${await reply.text()}`).toBe(true);
      return (await reply.json().catch(() => null)) as unknown;
    },
  };
}

/** What neighbours say over a fence, after the scenario of that name. */
export const talk = {
  kk: {
    greeting: 'Сәлеметсіздер ме! Екі тілде жазып отырамын, әркім өзіне ыңғайлы тілде жаза берсін.',
    question: 'Күләш Мұратқызы, алдымен сіз айтыңызшы: сізге не маңызды?',
    a: 'Жерім. Қоршау 40-50 см кіріп тұр. Және ағашым кесілген. 17 жыл көрші болып едік...',
    b: 'Да не 50 там. Старый забор от ветра завалился в нашу сторону, я ровно поставил по шнурку.',
    bMore: 'Согласен, половину за замер оплачу.',
    aMore: 'Жарайды. Өлшеудің жартысын мен төлеймін. Ал ағаш ше?',
    toA: 'Күләш Мұратқызы, мұнда екеуміз ғана. Ағаш үшін қанша сұрайсыз?',
    fromA: 'Шынымды айтсам, 40 мың теңге де жетеді. Бірақ кешірім сұрасын.',
    toB: 'Геннадий Павлович, ағаш туралы не ойлайсыз?',
  },
  ru: {
    greeting: 'Здравствуйте! Буду писать на двух языках, пусть каждый пишет, как ему удобно.',
    question: 'Күләш Мұратқызы, начните вы: что для вас важно?',
    a: 'Моя земля. Забор зашёл на 40–50 см. И яблоню спилили. А ведь 17 лет были соседями...',
    b: 'Да не 50 там. Старый забор от ветра завалился в нашу сторону, я ровно поставил по шнурку.',
    bMore: 'Согласен, половину за замер оплачу.',
    aMore: 'Хорошо. Половину за замер заплачу я. А дерево?',
    toA: 'Күләш Мұратқызы, здесь мы вдвоём. Сколько вы просите за дерево?',
    fromA: 'Если честно, хватит и 40 тысяч тенге. Но пусть извинится.',
    toB: 'Геннадий Павлович, что вы думаете о дереве?',
  },
} satisfies Record<Spoken, Record<string, string>>;
