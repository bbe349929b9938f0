import { startSink } from '../../test/support/smtp.js';

/** A mail server in a process of its own, the same for everybody: tells its parent of every mail, by its id and the time it was complete. */
let batch: [id: string, at: number][] = [];
const sink = await startSink({
  onText: ({ messageId }) => {
    batch.push([messageId, Date.now()]);
    return '250 2.0.0 kept';
  },
});
process.on('disconnect', () => process.exit());
setInterval(() => {
  if (batch.length === 0) return;
  process.send!({ mails: batch });
  batch = [];
}, 20);
process.send!({ url: sink.url });
