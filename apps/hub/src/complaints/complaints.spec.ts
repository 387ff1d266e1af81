import { Database, newId } from '@claimline/database';
import type { Complaint, ComplaintPage, ComplaintReport, TaskPage, VersionedHandling } from '@claimline/protocol';
import { serveHub, type ServedHub } from '../http/testing/served-hub';

const AT = new Date();
let served: ServedHub;
let database: Database;
const cookies = new Map<string, string>();
const ids = new Map<string, string>();

beforeAll(async () => {
  served = await serveHub();
  database = served.hub.app.get(Database);
  for (const role of ['adjuster', 'complaints-officer', 'supervisor', 'auditor', 'hotline'] as const) {
    cookies.set(role, await served.cookieOf(role));
    ids.set(role, (await call<{ id: string }>(role, 'GET', '/api/me')).body.id);
  }
}, 60_000);
afterAll(() => served?.close());

async function call<Body>(role: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const headers = { cookie: cookies.get(role)!, origin: served.url, ...(body !== undefined && { 'content-type': 'application/json' }) };
  const response = await fetch(served.url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as Body };
}
const sql = <Row extends object>(text: string, values: unknown[]) => database.query<Row>({ name: '', text, values });

/** A conversation that the adjuster looks after; nobody can be written to in it, so every word wants a letter. */
async function conversation(assignee = ids.get('adjuster')!): Promise<string> {
  const [contact, id] = [newId(AT), newId(AT)];
  const [brand] = await sql<{ id: string }>('SELECT id FROM brands', []);
  await sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li', $2)`, [contact, AT]);
  await sql(
    `INSERT INTO conversations (id, contact_id, brand_id, assignee_id, channel, last_message_at, opened_at) VALUES ($1, $2, $3, $4, 'email', $5, $5)`,
    [id, contact, brand!.id, assignee, AT],
  );
  return id;
}
const raise = async (by = 'hotline'): Promise<Complaint> =>
  (await call<Complaint>(by, 'POST', '/api/complaints', { conversation: await conversation(), content: 'Nobody calls.' })).body;
const act = (complaint: Complaint, deed: string, body: object = {}, role = 'complaints-officer') =>
  call<Complaint & { code: string; params?: { reason?: string } }>(role, 'POST', `/api/complaints/${complaint.id}/${deed}`, body);
const confirmed = async (): Promise<Complaint> => {
  const complaint = await raise();
  return (await act(complaint, 'confirm', { content: 'Nobody calls.', demand: 'A call', against: [ids.get('adjuster')] })).body;
};

test('anybody at the desk raises one; raised twice it is one; the officer has it on the list', async () => {
  const from = { conversation: await conversation(), content: 'Nobody calls.' };
  const first = await call<Complaint>('hotline', 'POST', '/api/complaints', from);
  expect(first).toMatchObject({ status: 201, body: { state: 'draft', source: 'person' } });
  expect((await call<Complaint>('adjuster', 'POST', '/api/complaints', from)).body.id).toBe(first.body.id);
  const tasks = (await call<TaskPage>('complaints-officer', 'GET', '/api/tasks?view=mine')).body.items;
  expect(tasks.filter(({ kind, params }) => kind === 'complaint-draft' && params['complaint'] === first.body.id)).toHaveLength(1);
  const drafts = (await call<ComplaintPage>('complaints-officer', 'GET', '/api/complaints?view=drafts')).body;
  expect(drafts.items.map(({ id }) => id)).toContain(first.body.id);
  expect(drafts.counts['draft']).toBe(drafts.items.length);
});

test.each([
  ['adjuster', 'classify', { category: 'other' }],
  ['hotline', 'close', {}],
  ['auditor', 'dismiss', { reason: 'x' }],
])('%s may not %s', async (role, deed, body) => {
  expect((await act(await raise(), deed, body, role)).status).toBe(403);
});

test.each([
  ['confirm', { content: 'x', demand: null, representatives: 6 }],
  ['confirm', { content: ' ', demand: null }],
  ['dismiss', {}],
  ['classify', { category: 'No such!' }],
  ['score', { score: 6 }],
])('%s with a bad body is refused: %j', async (deed, body) => {
  expect((await act(await raise(), deed, body)).status).toBe(422);
});

test('what does not exist is not found, whoever asks', async () => {
  const none = { id: newId(AT) } as Complaint;
  expect((await act(none, 'close')).status).toBe(404);
  expect((await call('auditor', 'GET', `/api/complaints/${none.id}`)).status).toBe(404);
  expect((await act(await confirmed(), 'classify', { category: 'nowhere' })).status).toBe(404);
});

test('whoever is complained about is kept out, on the list, on the page and by every route', async () => {
  const complaint = await confirmed();
  expect(complaint.state).toBe('received');
  const mine = (await call<ComplaintPage>('adjuster', 'GET', '/api/complaints')).body.items;
  expect(mine.map(({ id }) => id)).not.toContain(complaint.id);
  const seen = (await call<Complaint>('adjuster', 'GET', `/api/complaints/${complaint.id}`)).body;
  expect(seen).toMatchObject({ investigation: null, history: [], deeds: [], messages: [] });
  expect((await call<Complaint>('auditor', 'GET', `/api/complaints/${complaint.id}`)).body).toMatchObject({
    deeds: [],
    investigation: { notes: [] },
  });
  const recused = { status: 409, body: { code: 'complaint-step-refused', params: { reason: 'recused' } } };
  expect(await act(complaint, 'notes', { kind: 'note', text: 'not me' }, 'adjuster')).toMatchObject(recused);
  const naming = { against: [ids.get('complaints-officer')] };
  expect(await call('supervisor', 'PUT', `/api/complaints/${complaint.id}/against`, naming)).toMatchObject(recused);
  expect((await act(complaint, 'notes', { kind: 'note', text: 'I ask around' }, 'hotline')).status).toBe(403);
});

test('where nobody can be written to, the receipt becomes a letter that is on a list', async () => {
  const { conversationId } = await confirmed();
  const tasks = (await call<TaskPage>('complaints-officer', 'GET', `/api/tasks?view=mine&conversation=${conversationId}`)).body.items;
  expect(tasks.map(({ kind }) => kind)).toEqual(['complaint-letter']);
});

test('decided without agreement wants the routes named; the unwritten outcome is refused; withdrawn it is over', async () => {
  const complaint = await confirmed();
  const officer = ids.get('complaints-officer');
  await act(complaint, 'classify', { category: 'claim_amount' });
  await act(complaint, 'investigate', { investigator: officer });
  await act(complaint, 'propose', { text: 'We pay.', rootCause: 'clause', owner: officer, due: AT.toISOString() });
  const refused = async (deed: string, body: object = {}) => (await act(complaint, deed, body)).body.params?.reason;
  expect(await refused('execute', { agreement: 'decided_without_agreement' })).toBe('routes-missing');
  expect(await refused('execute', { agreement: 'agreed', message: newId(AT) })).toBe('consent-missing');
  expect((await act(complaint, 'execute', { agreement: 'decided_without_agreement', routes: '12378' })).body).toMatchObject({
    state: 'executing',
    agreement: { kind: 'decided_without_agreement', routes: '12378' },
  });
  expect(await refused('outcome', { text: 'We pay half.' })).toBe('no-written-way');
  expect(await refused('extend', { reason: 'more papers' })).toBe('no-extension');
  const ended = (await act(complaint, 'withdraw', { reason: 'settled' })).body;
  expect(ended).toMatchObject({ state: 'withdrawn', endReason: 'settled' });
  expect(ended.clocks.map(({ state }) => state)).not.toContain('running');
  expect(await refused('progress', { text: 'still at it' })).toBe('not-open');
});

test('an unhappy callback opens it once more and tells a supervisor', async () => {
  const complaint = await confirmed();
  const officer = ids.get('complaints-officer');
  await act(complaint, 'classify', { category: 'other' });
  await act(complaint, 'investigate', { investigator: officer });
  await act(complaint, 'propose', { text: 'We call.', rootCause: 'slow-answer', owner: officer, due: AT.toISOString() });
  const carryOut = { agreement: 'decided_without_agreement', routes: '12378' };
  for (const [deed, body] of [
    ['execute', carryOut],
    ['follow-up', {}],
  ] as const)
    await act(complaint, deed, body);
  expect((await act(complaint, 'score', { score: 1 })).body).toMatchObject({
    state: 'proposed',
    reopened: true,
    agreement: null,
    score: 1,
  });
  const tasks = (await call<TaskPage>('supervisor', 'GET', `/api/tasks?view=mine&conversation=${complaint.conversationId}`)).body.items;
  expect(tasks.map(({ kind }) => kind)).toContain('complaint-reopened');
  for (const [deed, body] of [
    ['execute', carryOut],
    ['follow-up', {}],
  ] as const)
    await act(complaint, deed, body);
  expect((await act(complaint, 'score', { score: 1 })).body.state).toBe('follow_up');
});

test('how complaints are handled is a version: two who change it at once do not overwrite each other', async () => {
  const before = (await call<VersionedHandling>('supervisor', 'GET', '/api/complaints/handling')).body;
  const next = { ...before, actionFrom: 2 };
  expect((await call('auditor', 'PUT', '/api/complaints/handling', next)).status).toBe(403);
  expect((await call<VersionedHandling>('complaints-officer', 'PUT', '/api/complaints/handling', next)).body).toMatchObject({
    actionFrom: 2,
    version: before.version + 1,
  });
  expect((await call('supervisor', 'PUT', '/api/complaints/handling', next)).status).toBe(409);
});

test('the month’s figures are those of its rows; a cause that came too often asks for an action until it has one', async () => {
  const report = async () => (await call<ComplaintReport>('auditor', 'GET', '/api/complaints/report')).body;
  const rows = (await call<string>('auditor', 'GET', '/api/complaints/report.csv')).body.trim().split('\r\n').slice(1);
  const before = await report();
  expect(rows).toHaveLength(before.total);
  expect(before.byRootCause.reduce((sum, { count }) => sum + count, 0)).toBe(before.total);
  const officer = ids.get('complaints-officer');
  for (let n = 0; n < 2; n++) {
    const complaint = await confirmed();
    await act(complaint, 'classify', { category: 'other' });
    await act(complaint, 'investigate', { investigator: officer });
    await act(complaint, 'propose', { text: 'x', rootCause: 'rude-words', owner: officer, due: AT.toISOString() });
  }
  const { month, demandsAction } = await report();
  expect(demandsAction).toContain('rude-words');
  const action = { rootCause: 'rude-words', month, action: 'Coaching', owner: officer, due: AT.toISOString() };
  const acted = (await call<ComplaintReport>('complaints-officer', 'POST', '/api/complaints/actions', action)).body;
  expect(acted.demandsAction).not.toContain('rude-words');
  const done = await call<ComplaintReport>('complaints-officer', 'POST', `/api/complaints/actions/${acted.actions[0]!.id}/done`, {
    result: 'better',
  });
  expect(done.body.actions[0]).toMatchObject({ result: 'better' });
});
