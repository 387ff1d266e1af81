import type { ClaimChange } from '@claimline/claims';
import { Contacts, Conversations, type Viewer } from '@claimline/conversations';
import { Outbox, park, readLog, Sequencer, type LoggedEvent } from '@claimline/database';
import type { Contact, ContactList, Conversation, NeedsLookItem, SearchAnswer, ViewCounts } from '@claimline/protocol';
import { ChangeClaim } from '../flows/change-claim';
import { AT, openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';
import { Audience } from '../realtime/audience';

const WALLED = 'CLM-2026-777001';
const UNBORN = 'CLM-2026-777002';
const ELSEWHERE = '01900000-0000-7000-8000-00000000aaaa';

interface Person extends Viewer {
  readonly cookie: string;
}

let hub: OutsideHub;
let contactId: string;
let conversationId: string;
let walledConversation: string;
let insider: Person;
let outsider: Person;
/** Of the group, but of another brand. */
let foreigner: Person;
let outerSupervisor: Person;
let innerSupervisor: Person;

beforeAll(async () => {
  hub = await openOutsideHub();
  insider = await person('adjuster', ['litigation']);
  outsider = await person('adjuster', []);
  foreigner = await person('adjuster', ['litigation'], [ELSEWHERE]);
  outerSupervisor = await person('supervisor', []);
  innerSupervisor = await person('supervisor', ['litigation']);
  const parties = [{ externalId: 'p1', role: 'policyholder', name: '欧阳明月', phone: '+15550101001' }];
  const facts = { policyNumber: 'PZ-9931-00477', plate: '浙B88K21', flags: ['litigation'] };
  await take('e1', { claimNumber: WALLED, version: 1, stage: 'reported', parties, ...facts });
  await take('e2', { claimNumber: WALLED, version: 2, stage: 'a-stage-nobody-knows' });
  await take('e3', { claimNumber: UNBORN, version: 1, stage: 'a-stage-nobody-knows' });
  [{ contact_id: contactId }] = (await hub.sql('SELECT contact_id FROM claim_parties WHERE name = $1', ['欧阳明月'])) as [any];
  await hub.database.transaction((tx) => hub.app.get(Contacts, { strict: false }).index(tx, [contactId]));
  conversationId = await openConversation();
  await hub.sql(`UPDATE conversations SET status = 'resolved' WHERE id = $1`, [conversationId]);
  walledConversation = await openConversation();
  await hub.sql(`UPDATE conversations SET restricted_to = 'litigation' WHERE id = $1`, [walledConversation]);
  await hub.database.transaction((tx) =>
    hub.app.get(Outbox).append(tx, AT, [
      { type: 'conversation.opened', conversationId: walledConversation, payload: { contactId } },
      { type: 'notice.planned', conversationId: null, payload: { noticeId: contactId, claimNumber: WALLED, code: 'N04' } },
    ]),
  );
  while ((await hub.app.get(Sequencer).move()) > 0);
}, 60_000);
afterAll(() => hub?.close());

async function person(role: 'adjuster' | 'supervisor', groups: string[], brands: string[] = []): Promise<Person> {
  return { ...(await hub.person(role, { groups, brands })), groups, brandIds: brands };
}

const take = (id: string, change: ClaimChange) =>
  hub.database.transaction((tx) =>
    hub.app
      .get(ChangeClaim, { strict: false })
      .take(tx, [{ source: '/core', id, type: 'claims.claim.status_changed.v1', occurredAt: AT, change: { brand: 'demo', ...change } }]),
  );

async function openConversation(): Promise<string> {
  const place = { brandId: hub.brandId, teamId: null, channel: 'twilio-sms', inboxId: hub.line.inboxId, addressId: null };
  const open = hub.app.get(Conversations, { strict: false });
  return (await hub.database.transaction((tx) => open.openFor(tx, { contactId, ...place, at: AT }))).id;
}

const read = async <Answer>(who: Person, path: string): Promise<Answer> => {
  const answer = await hub.ask(who.cookie, 'GET', path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
};
const looks = async (who: Person) => (await read<{ items: NeedsLookItem[] }>(who, '/api/needs-look?limit=100')).items;
const heard = async (who: Person): Promise<string[]> => {
  const audience = hub.app.get(Audience, { strict: false });
  const log = await readLog(hub.database, 0, 1000);
  return audience.forViewer(who, await audience.address(log)).map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`);
};

test.each(['欧阳', '00477', '浙B88K21', WALLED])('the search for %s finds a restricted claim for its group only', async (words) => {
  const find = (who: Person) => read<SearchAnswer>(who, `/api/search?q=${encodeURIComponent(words)}&limit=10`);
  expect((await find(insider)).claims.map(({ number }) => number)).toEqual([WALLED]);
  expect((await find(outsider)).claims).toEqual([]);
  expect((await find(foreigner)).claims).toEqual([]);
});

test('a customer is found by everybody, but counted claims are those one may see', async () => {
  const listed = async (who: Person) => {
    const { items } = await read<ContactList>(who, `/api/contacts?q=${encodeURIComponent('欧阳')}&limit=10`);
    const { contacts } = await read<SearchAnswer>(who, `/api/search?q=${encodeURIComponent('欧阳')}&limit=10`);
    return [...items, ...contacts].map(({ name, claims }) => [name, claims]);
  };
  const both = (claims: number) => [
    ['欧阳明月', claims],
    ['欧阳明月', claims],
  ];
  expect(await listed(insider)).toEqual(both(1));
  expect(await listed(outsider)).toEqual(both(0));
  expect(await listed(foreigner)).toEqual(both(0));
});

test('the panel of a customer names the claims that one may see', async () => {
  const claims = async (who: Person) => (await read<Contact>(who, `/api/contacts/${contactId}`)).claims.map(({ number }) => number);
  expect(await claims(insider)).toEqual([WALLED]);
  expect(await claims(outsider)).toEqual([]);
  expect(await claims(foreigner)).toEqual([]);
});

test('a conversation suggests the claims that one may see', async () => {
  const suggested = async (who: Person) =>
    (await read<Conversation>(who, `/api/conversations/${conversationId}`)).suggestedClaims.map(({ number }) => number);
  expect(await suggested(insider)).toEqual([WALLED]);
  expect(await suggested(outsider)).toEqual([]);
});

test('a claim event that needs a look is shown, counted and settled where its claim may be seen', async () => {
  const about = async (who: Person, number: string) => (await looks(who)).filter(({ detail }) => detail.includes(number));
  const [item] = await about(insider, WALLED);
  expect(item).toMatchObject({ reason: 'unknown-stage' });
  for (const who of [outsider, foreigner, outerSupervisor]) {
    expect(await about(who, WALLED)).toEqual([]);
    expect((await hub.ask(who.cookie, 'POST', `/api/needs-look/${item!.id}/dismiss`)).status).toBe(404);
  }
  // Nobody knows yet who may see a claim whose first event could not be read.
  expect(await about(insider, UNBORN)).toEqual([]);
  expect(await about(outerSupervisor, UNBORN)).toHaveLength(1);
});

test('the number beside Needs a look is the length of the list', async () => {
  for (const who of [insider, outsider, foreigner, outerSupervisor, innerSupervisor])
    expect((await read<ViewCounts>(who, '/api/conversations/counts')).needsLook).toBe((await looks(who)).length);
  expect(await looks(outsider)).toEqual([]);
});

describe('an event that a follow-up failed on', () => {
  let events: LoggedEvent[];
  const mine = async (who: Person) => (await looks(who)).filter(({ reason }) => reason === 'parked-event');

  beforeAll(async () => {
    const log = await readLog(hub.database, 0, 1000);
    events = ['claim.changed', 'conversation.opened', 'contact.changed'].flatMap((type) =>
      log.filter((event) => event.type === type).slice(-1),
    );
    const trouble = { error: 'Error: its words', now: AT, retryAt: new Date(AT.getTime() + 900_000) };
    for (const event of events) await park(hub.database, 'intake', event, trouble);
  });

  test('is no business of an adjuster, who can neither see nor settle it', async () => {
    expect(await mine(outsider)).toEqual([]);
    expect(await mine(insider)).toEqual([]);
    for (const how of ['replay', 'dismiss'])
      expect((await hub.ask(insider.cookie, 'POST', `/api/needs-look/${events[0]!.id}/${how}`)).status).toBe(404);
  });

  test('tells a supervisor what is in it where they may see the conversation or the claim, else only its name', async () => {
    const inner = await mine(innerSupervisor);
    expect(inner.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
    for (const item of inner) {
      expect(item.excerpt).toContain('{');
      expect(item.detail).toBe('intake: Error: its words');
    }
    const outer = await mine(outerSupervisor);
    expect(outer.map(({ excerpt, detail }) => `${excerpt} ${detail}`).sort()).toEqual([
      'claim.changed intake',
      expect.stringMatching(/^contact\.changed \{.*\} intake: Error: its words$/),
      'conversation.opened intake',
    ]);
    expect((await hub.ask(outerSupervisor.cookie, 'POST', `/api/needs-look/${events[0]!.id}/replay`)).status).toBe(200);
  });
});

test('the consoles of those who may not see a claim hear nothing of it', async () => {
  const inner = await heard(insider);
  for (const type of ['claim.changed', 'claim.event-refused', 'notice.planned', 'conversation.opened'])
    expect(inner.filter((line) => line.startsWith(type))).not.toEqual([]);
  for (const who of [outsider, foreigner]) {
    const outer = await heard(who);
    expect(outer.filter((line) => line.includes(WALLED))).toEqual([]);
    expect(outer.filter((line) => /^(claim|notice|conversation)\./.test(line))).toEqual([]);
    expect(outer.filter((line) => line.startsWith('contact.changed'))).not.toEqual([]);
  }
  expect(inner.filter((line) => line.includes(UNBORN))).toEqual([]);
});
