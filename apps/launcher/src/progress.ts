/** One line per step, with its time, so that a start that hangs shows where. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  console.log(`  ${name.padEnd(34)} ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
