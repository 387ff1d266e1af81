import { setTimeout } from 'node:timers/promises';
import { RunBulk } from '../flows/run-bulk';
import { openDesk, type Desk } from '../http/testing/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close());

const two = async (over?: { restrictedTo?: string }): Promise<string[]> => [
  (await desk.customer()).conversationId,
  (await desk.customer(over)).conversationId,
];
const start = (ids: string[], act: object) => desk.call('supervisor', 'POST', '/api/conversations/bulk', { ids, act });
/** Works until no run is left. */
async function run(): Promise<void> {
  const stopping = new AbortController();
  const working = desk.served.hub.app.get(RunBulk).run(stopping.signal);
  while ((await desk.sql("SELECT 1 FROM bulk_runs WHERE state = 'running'")).length > 0) await setTimeout(20);
  stopping.abort();
  await working;
}
const labels = async (ids: string[]): Promise<string[][]> =>
  (await desk.sql('SELECT labels FROM conversations WHERE id = ANY ($1) ORDER BY id', [ids])).map((row: any) => row.labels);

describe('a bulk run', () => {
  it('is shown before it is done: how many, in which words, and nothing happens', async () => {
    const ids = await two();
    const preview = await desk.call('supervisor', 'POST', '/api/conversations/bulk/preview', {
      ids,
      act: { kind: 'reply', text: 'Soon.' },
    });
    expect(preview).toMatchObject({ status: 200, body: { total: 2, samples: [{}, {}] } });
    expect(await desk.sql('SELECT 1 FROM bulk_runs')).toEqual([]);
  });

  it('counts each item once, and is taken back once where nobody has changed it since', async () => {
    const ids = await two();
    const started = await start(ids, { kind: 'tag', add: ['storm'] });
    expect(started).toMatchObject({ status: 201, body: { total: 2, state: 'running', counts: { waiting: 2 } } });
    const at = `/api/bulk-runs/${started.body.id}`;
    expect((await desk.call('supervisor', 'POST', `${at}/undo`)).body.code).toBe('edge-not-allowed');
    await run();
    expect((await desk.call('supervisor', 'GET', at)).body).toMatchObject({
      state: 'finished',
      undoable: true,
      counts: { done: 2, waiting: 0 },
    });
    expect(await labels(ids)).toEqual([['storm'], ['storm']]);
    expect((await desk.call('supervisor', 'POST', `${at}/undo`)).status).toBe(201);
    await run();
    expect(await labels(ids)).toEqual([[], []]);
    expect((await desk.call('supervisor', 'POST', `${at}/undo`)).body.code).toBe('already-exists');
  });

  it('that is canceled does nothing more', async () => {
    const ids = await two();
    const { id } = (await start(ids, { kind: 'tag', add: ['late'] })).body;
    const canceled = await desk.call('supervisor', 'POST', `/api/bulk-runs/${id}/cancel`);
    expect(canceled.body).toMatchObject({ state: 'canceled', counts: { canceled: 2, done: 0 } });
    await run();
    expect(await labels(ids)).toEqual([[], []]);
  });

  it('touches nothing behind a wall and is seen by who began it, or who sees all', async () => {
    const [, walled] = await two({ restrictedTo: 'litigation' });
    expect((await start([walled!], { kind: 'tag', add: ['x'] })).status).toBe(422);
    const mine = await desk.call('adjuster', 'POST', '/api/conversations/bulk', { ids: await two(), act: { kind: 'tag', add: ['mine'] } });
    expect((await desk.call('hotline', 'GET', `/api/bulk-runs/${mine.body.id}`)).status).toBe(404);
    expect((await desk.call('hotline', 'POST', `/api/bulk-runs/${mine.body.id}/cancel`)).status).toBe(404);
    expect((await desk.call('auditor', 'GET', `/api/bulk-runs/${mine.body.id}`)).status).toBe(200);
  });

  it.each([
    ['names nothing', {}, { kind: 'resolve' }],
    ['names both', { ids: ['01890000-0000-7000-8000-000000000000'], filter: {} }, { kind: 'resolve' }],
    ['tags nothing', { filter: {} }, { kind: 'tag' }],
    ['says nothing', { filter: {} }, { kind: 'reply' }],
  ])('that %s is refused', async (_, selection, act) => {
    expect((await desk.call('supervisor', 'POST', '/api/conversations/bulk', { ...selection, act })).status).toBe(422);
  });
});

describe('a broadcast', () => {
  const wish = { template: 'cat_safety', audience: { line: 'property' }, anyHour: true };
  const steer = (role: 'supervisor' | 'administrator', id: string, act: string) => desk.call(role, 'POST', `/api/broadcasts/${id}/${act}`);

  beforeAll(async () => {
    const party = { externalId: 'h-cast', role: 'policyholder', name: 'Ada', phone: '+12135554001', language: 'en' };
    const more = { lineOfBusiness: 'property', jurisdiction: 'US-FL', parties: [party], policyholder: { externalId: 'h-cast' } };
    await desk.claim('CLM-CAST-1', more);
  });

  it('is shown first: each of the audience gets it or is named with the reason', async () => {
    const { status, body } = await desk.call('supervisor', 'POST', '/api/broadcasts/preview', wish);
    expect([status, body.total, body.checked]).toEqual([200, 1, 1]);
    expect(body.willGet + body.left.length).toBe(1);
  });

  it('is approved by a second person, never its author, and canceled it tells nobody', async () => {
    const submitted = await desk.call('supervisor', 'POST', '/api/broadcasts', { ...wish, name: 'Storm' });
    expect(submitted).toMatchObject({ status: 201, body: { state: 'submitted', counts: { total: 1, waiting: 1 } } });
    const { id } = submitted.body;
    expect(await steer('supervisor', id, 'approve')).toMatchObject({ status: 403, body: { code: 'own-approval' } });
    expect((await steer('supervisor', id, 'start')).body.code).toBe('edge-not-allowed');
    expect((await steer('administrator', id, 'approve')).body).toMatchObject({ state: 'approved' });
    const canceled = await steer('supervisor', id, 'cancel');
    expect(canceled.body).toMatchObject({ state: 'canceled', counts: { total: 1, canceled: 1, told: 0 } });
    expect((await steer('supervisor', id, 'start')).status).toBe(409);
    expect((await desk.call('auditor', 'GET', `/api/broadcasts/${id}/recipients`)).body.items).toMatchObject([{ claim: 'CLM-CAST-1' }]);
  });

  it('reaches somebody, and names whom', async () => {
    const post = (audience: object) => desk.call('supervisor', 'POST', '/api/broadcasts', { ...wish, name: 'x', audience });
    expect((await post({ line: 'marine' })).body).toMatchObject({ code: 'invalid', fields: [{ problem: 'reaches nobody' }] });
    expect((await post({})).status).toBe(422);
  });

  it.each(['adjuster', 'hotline', 'mailroom'] as const)('is not for %s', async (role) => {
    expect((await desk.call(role, 'POST', '/api/broadcasts/preview', wish)).status).toBe(403);
    expect((await desk.call(role, 'GET', '/api/broadcasts')).status).toBe(403);
  });
});
