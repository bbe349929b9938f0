import { expect } from '@playwright/test';
import { conflictQuestions } from '#contract';
import type { Stage } from './house.js';
import type { Person } from './person.js';

type Bringing = { parties: Person[]; guest: Person; caseId: string };

/** A mediator of the register who is not this one. */
export const another = ({ house }: Stage, name: string) =>
  [...house.accounts.values()].find((one) => one.role === 'mediator' && one.name !== name)!.name;

/** Asked in by the mediator, let in by each party, who presses twice; he declares that no interest of his own is in it, and reads the case beside her. */
export async function bringCoMediator(m: Person, { parties, guest, caseId }: Bringing) {
  const { t } = m;
  await m.open(`/mediator/cases/${caseId}/people`, t('gatherings.people.title'));
  await m.choice(t('gatherings.capacity.co_mediator')).check();
  await m.field(t('gatherings.guests.name')).fill('Второй медиатор');
  await m.field(t('gatherings.guests.contact')).fill(guest.contact);
  await m.press(t('gatherings.guests.send'));
  await expect(m.page.getByText(t('gatherings.guests.unpledged'))).toBeVisible();
  await m.look();
  await guest.open('/guest', t('gatherings.mine.title'));
  for (const question of conflictQuestions) {
    const group = guest.page.getByRole('radiogroup', { name: t(`mediator.declare.${question}`) });
    await group.getByRole('radio', { name: t('common.no') }).check();
  }
  await guest.press(t('gatherings.declare.pledge'));
  await expect(guest.page.getByText(t('gatherings.mine.notYet'))).toBeVisible();
  await guest.look();
  for (const party of parties) {
    await party.open(`/cases/${caseId}/rooms`, /\S/);
    await expect(party.page.getByRole('heading', { name: t('gatherings.question.guest.co_mediator') })).toBeVisible();
    await party.look();
    await party.press(t('gatherings.question.guest.yes'));
    await party.press(t('gatherings.question.guest.sure'));
    await expect(party.page.getByText(t('gatherings.question.guest.agreed'))).toBeVisible();
  }
  await guest.open('/guest', t('gatherings.mine.title'));
  await guest.follow(t('gatherings.mine.enter'));
  await expect(guest.page).toHaveURL(new RegExp(`/mediator/cases/${caseId}$`));
  await expect(guest.page.getByRole('heading', { name: t('mediator.claim') })).toBeVisible();
  await guest.look();
}
