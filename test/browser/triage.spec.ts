import { expect } from '@playwright/test';
import { test } from './house.js';

const answers = { about: 'debt', other: 'known', crime: 'none', people: 'none', court: 'none' } as const;

for (const [language, width] of [
  ['kk', 360],
  ['ru', 1280],
] as const)
  test(`is mediation for me, in ${language} at ${width} px: yes, and the answers go along`, async ({ stage }) => {
    const a = await stage.visitor({ language, width }, `triage-${language}@example.kz`);
    const choose = async (text: string) => {
      await a.page.getByRole('radio', { name: text, exact: false }).first().check();
      await a.press(a.t('common.continue'));
    };
    await a.open('/', a.t('start.title'));
    await a.follow(a.t('start.fit'));
    await a.arrive(a.t('triage.about'));
    await a.press(a.t('common.continue'));
    await expect(a.page).toHaveTitle(new RegExp(`^${a.t('parts.errors.word')}`));
    await a.look();
    await choose(a.t('triage.about.debt'));
    await a.arrive(a.t('triage.safety'));
    await choose(a.t('triage.safety.no'));
    await a.arrive(a.t('triage.end.safe'));
    expect(a.page.url()).not.toContain('no');
    await a.page.goBack();
    await a.arrive(a.t('triage.safety'));
    await choose(a.t('triage.safety.yes'));
    for (const one of ['other', 'crime', 'people', 'court'] as const) {
      await a.arrive(a.t(`triage.${one}`));
      await choose(a.t(`triage.${one}.${answers[one]}` as 'triage.crime.none'));
    }
    await a.arrive(a.t('triage.end.fits'));
    await a.press(a.t('triage.act.file'));
    await a.arrive(a.t('auth.register.title'));
    await a.page.context().close();
  });

test('is mediation for me: no, by which article, and where to turn', async ({ stage }) => {
  const a = await stage.visitor({ language: 'kk', width: 360 }, 'triage@example.kz');
  await a.open('/triage', a.t('triage.about'));
  for (const key of ['about.neighbours', 'safety.yes', 'other.known', 'crime.bribe'] as const) {
    await a.page
      .getByRole('radio', { name: a.t(`triage.${key}`) })
      .first()
      .check();
    await a.press(a.t('common.continue'));
  }
  await a.arrive(a.t('triage.end.not_possible'));
  await expect(a.page.getByText(a.t('triage.article', { article: '1' }))).toBeVisible();
  await a.follow(a.t('triage.act.aid'));
  await a.arrive(a.t('warnings.title'));
  await a.page.context().close();
});
