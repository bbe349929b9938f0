/**
 * A page that was open while the cabinet was replaced asks for files that are gone. It is loaded anew, where it was going; if something in it
 * is not sent yet the browser asks first (rooms/use-room.ts). Once: while old and new stand side by side it would go on for ever.
 */
export async function beNewIfThereIsOne(): Promise<void> {
  const own = document.querySelector<HTMLScriptElement>('script[type=module]')?.src;
  const [came] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!own || came?.type === 'reload') return;
  const page = await fetch('/', { cache: 'no-cache' }).catch(() => null);
  if (page?.ok && !(await page.text()).includes(new URL(own).pathname)) location.reload();
}
