import type { Page } from '@playwright/test';

type Value = { value?: unknown };
type Node = {
  nodeId: string;
  childIds?: string[];
  role?: Value;
  name?: Value;
  description?: Value;
  properties?: { name: string; value: Value }[];
};

/** What a screen reader is given: the browser's own tree of a page. */
export async function treeOf(page: Page) {
  const line = await page.context().newCDPSession(page);
  const { nodes } = (await line.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
  await line.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = (node: Node): string =>
    node.role?.value === 'StaticText' ? String(node.name?.value ?? '') : (node.childIds ?? []).map((id) => textOf(byId.get(id)!)).join('');
  const has = ({ properties = [] }: Node, name: string, value: string) =>
    properties.some((one) => one.name === name && one.value.value === value);
  return {
    /** What regions that speak by themselves say now, when there is time for it. */
    polite: nodes.filter((node) => has(node, 'live', 'polite')).map(textOf),
    names: (role: string) => nodes.filter((node) => node.role?.value === role).map(({ name }) => String(name?.value ?? '')),
    describes: (name: string) =>
      String(nodes.find((node) => node.name?.value === name && node.description?.value)?.description?.value ?? ''),
  };
}
