import type { IncomingClaimEvent } from '@claimline/claims';
import { Contacts } from '@claimline/conversations';
import { readLog, Sequencer } from '@claimline/database';
import { ChangeClaim } from '../flows/change-claim';
import { AT, openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';
import { consumers } from '../subscriptions';
import { ClaimEventDesk } from './claim-event-desk';

let hub: OutsideHub;
let desk: ClaimEventDesk;
beforeAll(async () => {
  hub = await openOutsideHub();
  desk = hub.app.get(ClaimEventDesk, { strict: false });
}, 60_000);
afterAll(() => hub?.close());
afterEach(() => jest.restoreAllMocks());

let count = 0;
const event = (change: Partial<IncomingClaimEvent['change']> = {}, id = `e${(count += 1)}`): IncomingClaimEvent => ({
  source: '/core',
  id,
  type: 'claims.claim.status_changed.v1',
  occurredAt: AT,
  change: { claimNumber: `CLM-2026-88${String(count).padStart(4, '0')}`, version: 1, stage: 'reported', jurisdiction: 'US', ...change },
});
const holder = (externalId: string, over: object = {}) => ({ externalId, role: 'policyholder', name: `Holder ${externalId}`, ...over });
const takeAll = (events: readonly IncomingClaimEvent[]) => Promise.all(events.map((one) => desk.take(one)));
const outcomes = async (events: readonly IncomingClaimEvent[]) => (await takeAll(events)).map(({ outcome }) => outcome);
const partiesOf = (number: string) =>
  hub.sql(
    `SELECT p.external_id AS id, p.contact_id AS contact, k.name, k.language,
       ARRAY(SELECT a.value FROM contact_addresses h JOIN addresses a ON a.id = h.address_id WHERE h.contact_id = k.id ORDER BY a.value) AS reached
     FROM claim_parties p JOIN claims c ON c.id = p.claim_id JOIN contacts k ON k.id = p.contact_id WHERE c.number = $1 ORDER BY p.external_id`,
    [number],
  );

/** How many events each transaction took. */
function batches(): number[] {
  const sizes: number[] = [];
  const flow = hub.app.get(ChangeClaim, { strict: false });
  const take = flow.take.bind(flow);
  jest.spyOn(flow, 'take').mockImplementation((tx, events) => (sizes.push(events.length), take(tx, events)));
  return sizes;
}

test('events that come together share a transaction, each with its own answer; the same one twice is two', async () => {
  const sizes = batches();
  const first = event();
  const moved = { claimNumber: first.change.claimNumber, stage: 'acknowledged' };
  expect(
    await outcomes([
      first,
      event({ ...moved, version: 2 }),
      first,
      event({ ...moved, version: 2 }),
      event({ stage: 'nobody-knows' }),
      event(),
    ]),
  ).toEqual(['applied', 'applied', 'duplicate', 'stale', 'unknown-stage', 'applied']);
  expect(sizes).toEqual([5, 1]);
});

test('an event that the database refuses stands alone: those beside it are taken', async () => {
  const bad = event({ version: 2 ** 70 });
  const good = [event(), event(), event()];
  const settled = await Promise.allSettled([good[0]!, bad, good[1]!, good[2]!].map((one) => desk.take(one)));
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.outcome : 'refused'))).toEqual([
    'applied',
    'refused',
    'applied',
    'applied',
  ]);
  expect(await outcomes([event()])).toEqual(['applied']);
});

test('more than can be held is sent away and not lost silently', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 1_003 }, () => desk.take(event({ stage: 'nobody-knows' }))));
  const away = settled.filter((one) => one.status === 'rejected');
  expect(away).toHaveLength(3);
  expect(away[0]!.reason).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 2 });
}, 60_000);

test('people whom several events tell of at once are one contact each, with what was told last', async () => {
  const busy = event();
  const one = event({ parties: [holder('h1', { phone: '+12135550111', language: 'en' }), holder('h2', { phone: '+12135550111' })] });
  const two = event({ parties: [holder('h1', { name: 'Maria Lopez', email: 'Maria@Example.test' })] });
  await takeAll([busy, one, two]);
  const [first, second] = await partiesOf(one.change.claimNumber);
  expect(first).toMatchObject({ id: 'h1', name: 'Maria Lopez', language: 'en', reached: ['+12135550111', 'maria@example.test'] });
  expect(second).toMatchObject({ id: 'h2', reached: ['+12135550111'] });
  expect(await partiesOf(two.change.claimNumber)).toEqual([first]);
  const whose = `SELECT k.kind FROM addresses a JOIN contacts k ON k.id = a.contact_id WHERE a.value = $1`;
  expect(await hub.sql(whose, ['+12135550111'])).toEqual([{ kind: 'shared' }]);
  expect(await hub.sql(whose, ['maria@example.test'])).toEqual([{ kind: 'person' }]);
  expect(
    await hub.sql(`SELECT count(*)::int AS n FROM contacts WHERE name IN ('+12135550111', 'maria@example.test') AND kind <> 'shared'`),
  ).toEqual([{ n: 0 }]);
});

test('a stranger who wrote before their claim came is that policyholder; a language that was chosen stays', async () => {
  const contacts = hub.app.get(Contacts, { strict: false });
  const stranger = await hub.database.transaction((tx) => contacts.senderOf(tx, { scheme: 'tel', scope: '', value: '+12135550122' }, AT));
  const [{ id: conversation }] = await hub.sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, last_message_at, opened_at) VALUES (gen_random_uuid(), $1, $2, 'twilio-sms', $3, $3) RETURNING id`,
    [stranger.contactId, hub.brandId, AT],
  );
  const told = event({ parties: [holder('h3', { phone: '213-555-0122', language: 'en' })] });
  await desk.take(told);
  const [party] = await partiesOf(told.change.claimNumber);
  expect(await hub.sql('SELECT contact_id FROM conversations WHERE id = $1', [conversation])).toEqual([{ contact_id: party.contact }]);
  expect(await hub.sql('SELECT contact_id FROM addresses WHERE value = $1', ['+12135550122'])).toEqual([{ contact_id: party.contact }]);

  await hub.sql(`UPDATE contacts SET language = 'zh-CN', language_chosen = true WHERE id = $1`, [party.contact]);
  await desk.take(
    event({
      claimNumber: told.change.claimNumber,
      version: 2,
      parties: [holder('h3', { name: 'h3', language: 'en', timeZone: 'Asia/Tokyo' })],
    }),
  );
  expect(await hub.sql('SELECT name, language, time_zone FROM contacts WHERE id = $1', [party.contact])).toEqual([
    { name: 'Holder h3', language: 'zh-CN', time_zone: 'Asia/Tokyo' },
  ]);
});

test('a customer is found by name, claim core id and number as soon as the words have been read', async () => {
  const told = event({ parties: [holder('h4', { name: 'Quentin Zweig', phone: '+12135550144' })] });
  await desk.take(told);
  while ((await hub.app.get(Sequencer).move()) > 0);
  const words = consumers(hub.app).find(({ name }) => name === 'words')!;
  const log = (await readLog(hub.database, 0, 10_000)).filter(({ type }) => words.types.includes(type));
  await hub.database.transaction((tx) => words.handleTogether!(tx, log));
  const { cookie } = await hub.person('supervisor');
  for (const said of ['Zweig', 'h4', '5550144']) {
    const answer = await hub.ask(cookie, 'GET', `/api/contacts?q=${said}&limit=10`);
    expect(((await answer.json()) as { items: { name: string }[] }).items.map(({ name }) => name)).toContain('Quentin Zweig');
  }
});
