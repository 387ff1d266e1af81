import { newId } from '@claimline/database';
import { Stage, TEN } from '../testing/stage';
import { SurveyStore } from './surveys.repository';

const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(TEN.getTime() + days * DAY);
const store = new SurveyStore();
let stage: Stage;
let made = 0;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.sql(`INSERT INTO brands VALUES ($1, 'anhe', 'Anhe', 'zh-CN', 'Asia/Shanghai', $2)`, [stage.brand.id, TEN]);
});
afterAll(() => stage.close());

/** A closed claim with a contact who has an address and a conversation. */
async function closedClaim() {
  const [claimId, contactId, addressId, conversationId] = [newId(TEN), newId(TEN), newId(TEN), newId(TEN)];
  const [number, value] = [`CLM-2026-00000${++made}`, `+1555010000${made}`];
  await stage.sql(
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at) VALUES ($1, $2, $3, 'motor', 'CN', 'closed', 1, $4, $4)`,
    [claimId, number, stage.brand.id, TEN],
  );
  await stage.sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li', $2)`, [contactId, TEN]);
  await stage.sql(
    `INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at, seen_at) VALUES ($1, 'tel', '', $2, $3, $4, $4)`,
    [addressId, value, contactId, TEN],
  );
  await stage.sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, language, last_message_at, opened_at) VALUES ($1, $2, $3, 'twilio-sms', 'zh-CN', $4, $4)`,
    [conversationId, contactId, stage.brand.id, TEN],
  );
  await stage.in((tx) => store.plan(tx, { id: claimId, number }, { closedAt: TEN, dueAt: inDays(1) }));
  const [invitation] = await stage.sql<{ id: string }>('SELECT id FROM survey_invitations WHERE claim_id = $1', [claimId]);
  return { id: invitation!.id, claimId, number, contactId, addressId, conversationId, value };
}
type Closed = Awaited<ReturnType<typeof closedClaim>>;

const invite = ({ id, contactId, conversationId, addressId }: Closed): Promise<void> =>
  stage.in((tx) =>
    store.invite(tx, id, {
      contactId,
      conversationId,
      inboxId: null,
      addressId,
      channel: 'twilio-sms',
      mode: 'sms',
      at: inDays(1),
      expiresAt: inDays(29),
    }),
  );
const expecting = ({ value }: Closed, channel = 'twilio-sms') => store.expecting(stage.database, { scheme: 'tel', value, channel });

test('a claim is asked about once, on its day; what was withdrawn may be planned again, what was asked may not', async () => {
  const claim = await closedClaim();
  expect(await store.due(stage.database, inDays(0.9), 10)).not.toContain(claim.id);
  expect(await store.due(stage.database, inDays(1), 10)).toContain(claim.id);
  await stage.in((tx) => store.withdraw(tx, claim.claimId, inDays(1)));
  expect(await store.due(stage.database, inDays(5), 10)).not.toContain(claim.id);
  const again = { closedAt: inDays(3), dueAt: inDays(4) };
  await stage.in((tx) => store.plan(tx, { id: claim.claimId, number: claim.number }, again));
  expect(await store.due(stage.database, inDays(4), 10)).toContain(claim.id);
  await invite(claim);
  await stage.in((tx) => store.plan(tx, { id: claim.claimId, number: claim.number }, again));
  expect(await store.find(stage.database, claim.id)).toMatchObject({ state: 'invited', mode: 'sms', scores: {} });
  expect(await store.due(stage.database, inDays(9), 10)).not.toContain(claim.id);
});

test('answers of a dialogue fill one row, linked to claim, conversation and language', async () => {
  const claim = await closedClaim();
  await invite(claim);
  for (const [question, score] of [
    ['overall', 4],
    ['process', 5],
    ['attitude', 3],
  ] as const)
    await stage.in((tx) =>
      store.answer(tx, claim.id, { scores: { [question]: score }, comment: null, mode: 'sms', isComplete: false, at: inDays(2) }),
    );
  expect((await store.find(stage.database, claim.id))!.scores).toEqual({ overall: 4, process: 5, attitude: 3 });
  const last = { scores: { efficiency: 2, outcome: 1 }, comment: 'slow', mode: 'sms', isComplete: true, at: inDays(3) } as const;
  await stage.in((tx) => store.answer(tx, claim.id, last));
  const rows = await stage.sql('SELECT * FROM survey_responses WHERE invitation_id = $1', [claim.id]);
  expect(rows).toEqual([
    expect.objectContaining({
      claim_id: claim.claimId,
      conversation_id: claim.conversationId,
      contact_id: claim.contactId,
      language: 'zh-CN',
      overall: 4,
      process: 5,
      attitude: 3,
      efficiency: 2,
      outcome: 1,
      comment: 'slow',
      begun_at: inDays(2),
      completed_at: inDays(3),
    }),
  ]);
  await expect(stage.in((tx) => store.answer(tx, claim.id, { ...last, scores: { overall: 6 } }))).rejects.toMatchObject({ code: '23514' });
});

test('a score is expected where it was asked for, until it is over or a person has written', async () => {
  const claim = await closedClaim();
  expect(await expecting(claim)).toBeUndefined();
  await invite(claim);
  expect(await expecting(claim)).toBe(claim.id);
  expect(await expecting(claim, 'wechat')).toBeUndefined();
  const account = newId(TEN);
  await stage.sql(
    `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, 'li@anhe.test', 'Li', 'x', 'adjuster', $2)`,
    [account, TEN],
  );
  await stage.sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, author_id, occurred_at, received_at) VALUES ($1, $2, 1, 'outbound', 'text', 'How many cars?', $3, $4, $4)`,
    [newId(TEN), claim.conversationId, account, inDays(2)],
  );
  expect(await expecting(claim)).toBeUndefined();
});

test('what is not answered in its time expires; what has expired is settled by nobody', async () => {
  const claim = await closedClaim();
  await invite(claim);
  await store.expire(stage.database, inDays(28));
  expect((await store.find(stage.database, claim.id))!.state).toBe('invited');
  expect(await store.expire(stage.database, inDays(29))).toBeGreaterThan(0);
  expect(await stage.in((tx) => store.settle(tx, claim.id, 'answered', inDays(30)))).toBe(false);
  expect(await expecting(claim)).toBeUndefined();
});

test('a suppression keeps its reason', async () => {
  const claim = await closedClaim();
  await stage.in((tx) => store.suppress(tx, claim.id, { reason: 'deceased', contactId: claim.contactId, at: inDays(1) }));
  expect(await store.find(stage.database, claim.id)).toMatchObject({ state: 'suppressed', reason: 'deceased' });
});
