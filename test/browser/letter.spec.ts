import { expect } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { test } from './house.js';
import { askOf, filed, loan, seat } from './intake-people.js';
import type { Person } from './person.js';

const address = 'Бозанбай ауылы, Абай көшесі, 7';

test('who is known by an address alone is invited on paper, and answers once the House knows a telephone, in kk at 360 px', async ({
  stage,
}) => {
  const desk = await stage.staff(seat('kk', 1280), 'coordinator');
  await desk.open('/desk', desk.t('desk.title'));
  const other = { kind: 'person', surname: 'Рысқұлбек', given: 'Олжас', address, language: 'kk' } as const;
  const { caseId } = await filed(stage, 'kk', loan, { other });
  await askOf(desk, 'PUT', `/cases/${caseId}/screening`, { decision: 'allow', summary: 'Қарыз туралы сөйлескісі келеді.' });
  await desk.open(`/desk/cases/${caseId}`, /\S/);
  await expect(desk.page.getByText(address)).toBeVisible();

  const b = await stage.visitor(seat('kk'), '+77010004407');
  await b.open(`/i/${await codeOnPaper(desk, caseId)}`, b.t('invited.title'));
  await b.press(b.t('start.code.open'));
  await b.press(b.t('invited.consent'));
  await b.arrive(b.t('invited.paper.title'));
  await b.open('/invitation/decline', b.t('invited.paper.title'));

  await desk.page.getByText(desk.t('desk.party.contact'), { exact: true }).click();
  await desk.field(desk.t('desk.party.phone')).fill(b.contact);
  await desk.press(desk.t('desk.party.contact.send'));
  await expect(desk.page.getByRole('link', { name: '+7 701 000 44 07' })).toBeVisible();

  await b.open('/invitation/consent', b.t('invited.who'));
  await b.field(b.t('auth.surname')).fill(other.surname);
  await b.field(b.t('auth.given')).fill(other.given);
  await b.tick(b.t('auth.consent')).check();
  await b.press(b.t('invited.who.next'));
  await b.arrive(b.t('auth.code.title'));
  await b.typeCode(b.t('auth.code.label'));
  await b.press(b.t('invited.consent.send'));
  await expect(b.page).toHaveURL(new RegExp(`/cases/${caseId}`));
  await expect(b.page.getByText(address)).toHaveCount(0);
  for (const { page } of [desk, b]) await page.context().close();
});

/** As the desk prints it, and the postman brings it. */
async function codeOnPaper(desk: Person, caseId: string): Promise<string> {
  const { parties } = await askOf<{ parties: { id: string; side: string }[] }>(desk, 'GET', `/cases/${caseId}`);
  const reply = await desk.page.request.post(`/api/cases/${caseId}/invitation-letters`, {
    headers: { origin: new URL(desk.page.url()).origin },
    data: { partyId: parties.find(({ side }) => side === 'B')!.id },
  });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await reply.body())));
  const words = text.join(' ').replaceAll(/\s+/g, ' ');
  expect(words).toContain(`Рысқұлбек Олжас ${address}`);
  return /\/i (\w{4}-\w{4})/.exec(words)![1]!;
}
