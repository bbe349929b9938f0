import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

/** `peer.ts insert|group|nothing`: bare Socket.IO without session, membership, encryption, idempotency or order; a row per message, or many rows per INSERT. */
const how = process.argv[2];
const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 20 });
type Post = { roomId: string; clientId: string; body: string };
type Row = Post & { id: number };
type Waiting = { post: Post; done: (id: number) => void };

async function insert({ roomId, clientId, body }: Post): Promise<number> {
  const { rows } = await pool.query<Row>(
    'INSERT INTO peer_messages (room_id, client_id, body, at) VALUES ($1, $2, $3, now()) RETURNING id',
    [roomId, clientId, body],
  );
  return rows[0]!.id;
}

let [waiting, inFlight]: [Waiting[], number] = [[], 0];
const grouped = (post: Post) =>
  new Promise<number>((done) => {
    waiting.push({ post, done });
    flush();
  });

function flush() {
  while (inFlight < 2 && waiting.length > 0) void commit(waiting.splice(0, 400));
}

async function commit(batch: Waiting[]) {
  inFlight += 1;
  const column = (name: keyof Post) => batch.map(({ post }) => post[name]);
  const { rows } = await pool.query<Row>(
    'INSERT INTO peer_messages (room_id, client_id, body, at) SELECT r, c, b, now() FROM unnest($1::uuid[], $2::uuid[], $3::text[]) x(r, c, b) RETURNING id',
    [column('roomId'), column('clientId'), column('body')],
  );
  inFlight -= 1;
  batch.forEach(({ done }, at) => done(rows[at]!.id));
  flush();
}

const keep = { insert, group: grouped, nothing: async () => 0 }[how ?? ''];
if (!keep) throw new Error('insert, group or nothing');
const http = createServer();
const io = new Server(http, { serveClient: false });
io.of('/rooms').on('connection', (socket) => {
  socket.on('room.enter', async ({ roomId }: Post, answer: (reply: object) => void) => {
    await socket.join(roomId);
    answer({ lastSeq: 0 });
  });
  socket.on('message.post', async (post: Post, answer: (reply: object) => void) => {
    const message = { ...post, id: await keep(post), postedAt: new Date().toISOString() };
    io.of('/rooms').to(post.roomId).emit('message.posted', message);
    answer(message);
  });
});
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as { port: number }).port }));
process.on('disconnect', () => process.exit());
