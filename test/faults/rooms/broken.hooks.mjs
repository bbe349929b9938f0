const right = 'this.answer(batch, await this.store(rows));';
const wrong = `await this.db.transaction({ id: null, role: 'system' }, async (tx) => {
  this.answer(batch, await tx.query("SELECT idx, outcome, seq, id, posted_at, array_to_string(members, ',') AS members FROM post_messages($1::jsonb)", [JSON.stringify(rows)]));
  await new Promise((resolve) => setTimeout(resolve, 100));
});`;

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith('/libs/rooms/message.writer.ts')) return loaded;
  const source = String(loaded.source);
  if (!source.includes(right)) throw new Error('message.writer.ts has changed: break it anew');
  return { ...loaded, source: source.replace(right, wrong) };
}
