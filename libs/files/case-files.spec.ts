import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdf } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Files, flow, startFiles } from '../../test/support/files.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';

let fresh: FreshDatabase;
let files: Files;
let people: Mediation;
const absent = expect.objectContaining({ code: 'not_found' });
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  fresh = await freshDatabase();
  files = startFiles(fresh);
  people = await arrangeMediation(fresh);
});
afterAll(async () => {
  files.stop();
  await fresh.drop();
});

describe('a file of a case', () => {
  it('is its side’s, the mediator’s and, as a power, the desk’s; its owner alone opens it to the other side', async () => {
    const { id } = (await files.send(people.b, { purpose: 'power', caseId: people.caseId }, 'power.pdf', pdf())).file!;
    expect(await files.files.read(people.b, id)).toMatchObject({ side: 'B', audience: 'side' });
    for (const actor of [people.mediator, people.coordinator])
      expect((await files.files.ofCase(actor, people.caseId)).files).toHaveLength(1);
    await expect(files.files.read(people.a, id)).rejects.toEqual(absent);
    expect((await files.files.ofCase(people.a, people.caseId)).files).toEqual([]);
    await expect(files.files.widen(people.mediator, id, { audience: 'participants' })).rejects.toEqual(absent);
    await files.files.widen(people.b, id, { audience: 'participants' });
    expect(await files.files.read(people.a, id)).toMatchObject({ audience: 'participants' });
    await expect(files.files.ofCase(people.other, people.caseId)).rejects.toEqual(absent);
  });

  it('is a power that comes with the application while it is written, and the desk’s once that is sent', async () => {
    const draft = await arrangeMediation(fresh);
    await fresh.admin(`UPDATE cases SET state = 'DRAFT', contract_at = NULL, filed_at = NULL, mediator_id = NULL WHERE id = $1`, [
      draft.caseId,
    ]);
    const place = { purpose: 'power', caseId: draft.caseId } as const;
    for (const actor of [draft.other, draft.mediator, draft.coordinator])
      await expect(files.begin(actor, place, 'power.pdf', pdf())).rejects.toEqual(absent);
    const { id } = (await files.send(draft.a, place, 'power.pdf', pdf())).file!;
    expect((await files.files.ofCase(draft.a, draft.caseId)).files).toMatchObject([{ id, side: 'A', purpose: 'power', audience: 'side' }]);
    await expect(files.files.read(draft.coordinator, id)).rejects.toEqual(absent);
    await fresh.admin(`UPDATE cases SET state = 'SUBMITTED', filed_at = '2026-09-07T12:00:00Z' WHERE id = $1`, [draft.caseId]);
    expect(await files.files.read(draft.coordinator, id)).toMatchObject({ name: 'power.pdf' });
    await expect(files.files.read(draft.b, id)).rejects.toEqual(absent);
  });

  it('is its side’s own where the desk added it, as soon as somebody of that side has come', async () => {
    const here = await arrangeMediation(fresh);
    const place = { purpose: 'power', caseId: here.caseId, side: 'B' } as const;
    const [first, second] = [(await files.send(here.coordinator, place, 'one.pdf', pdf())).file!, randomUUID()];
    expect(first).toMatchObject({ side: 'B', ownerId: here.b.id });
    await expect(files.files.widen(here.coordinator, first.id, { audience: 'participants' })).rejects.toEqual(absent);
    await expect(files.files.remove(here.coordinator, first.id)).rejects.toEqual(absent);
    await expect(files.files.read(here.a, first.id)).rejects.toEqual(absent);
    expect(await files.files.widen(here.b, first.id, { audience: 'participants' })).toMatchObject({ audience: 'participants' });

    // whoever has not come yet owns nothing; the desk keeps it for him until he does
    await fresh.admin(`UPDATE parties SET person_id = NULL WHERE case_id = $1 AND side = 'B'`, [here.caseId]);
    const kept = (await files.send(here.coordinator, place, `${second}.pdf`, pdf('', '% two\n'))).file!;
    expect(kept.ownerId).toBe(here.coordinator.id);
    await fresh.admin(`UPDATE parties SET person_id = $2 WHERE case_id = $1 AND side = 'B'`, [here.caseId, here.b.id]);
    expect(await files.files.read(here.coordinator, kept.id)).toMatchObject({ ownerId: here.b.id });
    await expect(files.files.remove(here.coordinator, kept.id)).rejects.toEqual(absent);
    expect(await files.files.remove(here.b, kept.id)).toMatchObject({ isRemoved: true });
  });

  it('goes to an application while it is written, by who writes it', async () => {
    await expect(files.begin(people.a, { purpose: 'application', caseId: people.caseId }, 'a.pdf', pdf())).rejects.toEqual(
      refused('case.transition_forbidden'),
    );
    const draft = await arrangeMediation(fresh);
    await fresh.admin(`UPDATE cases SET state = 'DRAFT', contract_at = NULL, filed_at = NULL, mediator_id = NULL WHERE id = $1`, [
      draft.caseId,
    ]);
    const place = { purpose: 'application', caseId: draft.caseId } as const;
    for (const actor of [draft.b, draft.mediator, draft.coordinator])
      await expect(files.begin(actor, place, 'a.pdf', pdf())).rejects.toEqual(absent);
    const { id } = (await files.send(draft.a, place, 'a.pdf', pdf())).file!;
    await expect(files.files.read(draft.coordinator, id)).rejects.toEqual(absent);
    const [late, before] = [pdf('', '% late\n'), files.onDisk().length];
    const going = await files.begin(draft.a, place, 'late.pdf', late);
    await fresh.admin(`UPDATE cases SET state = 'SUBMITTED', filed_at = '2026-09-07T12:00:00Z' WHERE id = $1`, [draft.caseId]);
    // sent while a file was still on its way: that one is refused, and nothing of it stays
    await expect(files.uploads.receive(draft.a, going.id, 0, flow(late))).rejects.toEqual(refused('case.transition_forbidden'));
    expect(files.onDisk()).toHaveLength(before);
    await expect(files.uploads.show(draft.a, going.id)).rejects.toEqual(absent);
    expect(await files.files.read(draft.coordinator, id)).toMatchObject({ name: 'a.pdf' });
    await expect(files.files.read(draft.b, id)).rejects.toEqual(absent);
  });

  it('of a dispute that an office wrote down is not that person’s own as a citizen', async () => {
    const house = await arrangeMediation(fresh);
    await fresh.admin(`UPDATE cases SET door = 'desk', created_by = $2 WHERE id = $1`, [house.caseId, house.coordinator.id]);
    const { id } = (await files.send(house.a, { purpose: 'power', caseId: house.caseId }, 'power.pdf', pdf())).file!;
    const atHome = { ...house.coordinator, role: 'citizen' as const };
    await expect(files.files.read(atHome, id)).rejects.toEqual(absent);
    await expect(files.files.content(atHome, id)).rejects.toEqual(absent);
  });
});
