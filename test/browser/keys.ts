import { expect, type Locator, type Page } from '@playwright/test';

/** Goes on with Tab until it stands on what is meant; wherever it stands on the way can be seen, and lies under nothing else. */
export async function tabTo(page: Page, meant: Locator, most = 90) {
  await expect(meant).toBeVisible();
  for (let times = 0; times < most; times += 1) {
    if (await meant.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(covered);
    expect.soft(fault, `focus on ${new URL(page.url()).pathname}`).toBeNull();
  }
  throw new Error(`the keyboard does not come to ${String(meant)}`);
}

export async function pressOn(page: Page, meant: Locator, key = 'Enter') {
  await tabTo(page, meant);
  await page.keyboard.press(key);
}

export async function typeIn(page: Page, field: Locator, text: string) {
  await tabTo(page, field);
  await page.keyboard.insertText(text);
}

/** Runs in the page: what is wrong with the place where the focus stands. */
function covered(): string | null {
  const at = document.activeElement;
  if (!at || at === document.body) return null; // between the last and the first the browser itself has it
  const { left, top, width, height } = at.getBoundingClientRect();
  const name = `${at.tagName} ${at.textContent?.slice(0, 40)}`;
  if (width === 0 || height === 0) return `${name}: has no size`;
  const [x, y] = [left + Math.min(width / 2, 40), top + Math.min(height / 2, 20)];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name}: out of sight at ${Math.round(x)}, ${Math.round(y)}`;
  const above = document.elementFromPoint(x, y);
  const label = at instanceof HTMLInputElement && at.labels?.[0];
  const isSeen = above && (at.contains(above) || above.contains(at) || (label && label.contains(above)));
  return isSeen ? null : `${name}: lies under ${above?.tagName} ${above?.className}`;
}
