import { expect } from '@playwright/test';
import pg from 'pg';
import type { Stage } from './house.js';
import type { Person } from './person.js';

const story = 'Соседний двор держит собаку, которая лает по ночам.';
const wish = 'Чтобы по ночам было тихо.';

/**
 * A form of an application is left open until the session ends: whoever signs in again finds what was typed, and may save it; another person,
 * who signs in on the same page after the next end, finds nothing.
 */
export async function typeUntilTheEnd(a: Person, stranger: Person, { house, reference }: Stage, district: string) {
  const { t, page } = a;
  const field = (step: 'story' | 'wish') => page.getByRole('textbox', { name: t(`application.${step}`) });
  const end = async () => {
    const { session } = (await (await page.request.get('/api/sessions/current')).json()) as { session: { person: { id: string } } };
    const client = new pg.Client({ connectionString: house.adminUrl });
    await client.connect();
    await client.query('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL', [session.person.id, house.now()]);
    await client.end();
    await a.press(t('common.saveAndContinue'));
    await expect(page).toHaveURL(/sign-in/);
    await expect(page.getByText(t('parts.ended'))).toBeVisible();
  };
  const signIn = async (contact: string) => {
    await a.field(t('auth.contact')).fill(contact);
    await a.press(t('auth.getCode'));
    await expect(page.getByRole('heading', { level: 1, name: t('auth.code.title') })).toBeVisible();
    await a.field(t('auth.code.label')).fill(await house.inbox.code(contact));
    await a.press(t('auth.code.enter'));
    await expect(page).not.toHaveURL(/sign-in/);
  };

  await a.open('/apply', t('application.kind'));
  await a.choice(reference.categories[0]!.name[a.language]).first().check();
  await a.press(t('common.continue'));
  await a.arrive(t('application.place'));
  await a.field(t('application.place.label')).selectOption(district);
  await a.press(t('common.saveAndContinue'));
  await a.arrive(t('application.story'));
  await field('story').fill(story);
  await end();
  await signIn(a.contact);
  await expect(field('story')).toHaveValue(story);
  await expect(page.getByText(t('application.typed'))).toBeVisible();
  await a.look();
  await a.press(t('common.saveAndContinue'));
  await a.arrive(t('application.wish'));
  await expect(page.getByText(t('application.typed'))).toHaveCount(0);
  await field('wish').fill(wish);
  await end();
  await signIn(stranger.contact);
  await expect(page.getByText(t('errors.not_found')).first()).toBeVisible();
  await expect(field('wish')).toHaveCount(0);
  expect(await page.content()).not.toContain(wish);
}
