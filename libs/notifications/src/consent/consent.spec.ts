import { Database, Outbox, Wakeups } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { ConsentLedger, shownState, type ConsentWord } from './consent-ledger';
import { textVersionOf } from './consent-texts';
import { CONSENT_PURPOSES, namedFamilies, scopeOf } from './consent-scope';
import { ConsentRepository } from './consent.repository';
import { insertGround, LINES, NOW, StandingClock } from '../testing/builders';

describe('the scope matrix', () => {
  it.each([
    ['opt-out', 'word', 'sms', 'STOP', ['sms'], 4],
    ['opt-out', 'word', 'sms', '退订', ['sms'], 4],
    ['opt-out', 'word', 'email', 'unsubscribe', ['email'], 4],
    ['opt-out', 'link', 'email', '', ['email'], 2],
    ['opt-out', 'carrier', 'sms', '', ['sms'], 4],
    ['opt-out', 'sentence', 'wechat', '别再给我发短信了', ['sms'], 4],
    ['opt-out', 'sentence', 'email', "please don't text me", ['sms'], 4],
    ['opt-out', 'sentence', 'sms', '不要再联系我', 'every', 4],
    ['opt-out', 'sentence', 'sms', 'do not contact me', 'every', 4],
    ['opt-out', 'sentence', 'sms', 'no more messages', ['sms'], 4],
    ['opt-out', 'sentence', 'sms', '别发短信也别打电话', ['sms', 'voice'], 4],
    ['opt-in', 'word', 'sms', 'START', ['sms'], 3],
  ] as const)('%s by %s on %s: "%s" covers %j for %i purposes', (...[intent, said, on, text, families, purposes]) => {
    const scope = scopeOf(intent, said, { on, text });
    expect([scope.families, scope.purposes.length]).toEqual([families, purposes]);
  });

  it('does not bring back written notices with START', () => {
    expect(scopeOf('opt-in', 'word', { on: 'sms', text: '' }).purposes).not.toContain('electronic_notices');
  });

  it('reads only what is named', () => {
    expect(namedFamilies('the message about my context')).toEqual([]);
  });
});

describe('the ledger', () => {
  let test: TestDatabase;
  let database: Database;
  let ledger: ConsentLedger;
  const clock = new StandingClock();
  beforeAll(async () => {
    test = await openTestDatabase();
    database = await Database.open({ url: test.url });
    ledger = new ConsentLedger(new ConsentRepository(), new Outbox(new Wakeups(database, test.url)), clock);
  });
  afterAll(async () => {
    await database.close();
    await test.close();
  });

  const word = (ground: { tel: string; mail: string }, over: Partial<ConsentWord> = {}): ConsentWord => ({
    intent: 'opt-out',
    said: 'word',
    addressId: ground.tel,
    channel: 'twilio-sms',
    text: 'STOP',
    carrierHandled: false,
    addresses: [
      { id: ground.tel, scheme: 'tel', scope: '' },
      { id: ground.mail, scheme: 'email', scope: '' },
    ],
    lines: LINES,
    evidence: { messageId: 'm' },
    conversationId: null,
    ...over,
  });
  const record = (said: ConsentWord) => database.transaction((tx) => ledger.record(tx, said));
  const state = async (addressId: string, channel: string, purpose = 'service' as const) =>
    (await ledger.check(database, { addressId, channel, purpose })).state;

  it('keeps a STOP for every purpose on that channel, and for no other channel', async () => {
    const ground = await insertGround(database);
    expect(await state(ground.tel, 'twilio-sms')).toBe('unknown');
    expect(await record(word(ground))).toEqual({
      changed: [expect.objectContaining({ addressId: ground.tel, channel: 'twilio-sms' })],
      confirm: 'ours',
    });
    for (const purpose of CONSENT_PURPOSES) expect(await state(ground.tel, 'twilio-sms', purpose as never)).toBe('opted-out');
    expect(await state(ground.tel, 'twilio-voice')).toBe('unknown');
    expect(await state(ground.mail, 'email')).toBe('unknown');
    expect(await ledger.check(database, { addressId: ground.tel, channel: 'twilio-sms', purpose: 'service' })).toEqual({
      state: 'opted-out',
      since: NOW,
    });
  });

  it('confirms once, however often and at once it is said, and not where the carrier does', async () => {
    const ground = await insertGround(database);
    const answers = await Promise.all([1, 2, 3, 4].map(() => record(word(ground))));
    expect(answers.map(({ confirm }) => confirm).sort()).toEqual(['none', 'none', 'none', 'ours']);
    const carrier = await insertGround(database);
    expect((await record(word(carrier, { carrierHandled: true }))).confirm).toBe('carrier');
    const rows = await database.query({
      name: 'spec-consents',
      text: 'SELECT id FROM consents WHERE address_id = $1',
      values: [ground.tel],
    });
    expect(rows).toHaveLength(4);
  });

  it('hears of texts by mail and leaves the mail alone', async () => {
    const ground = await insertGround(database);
    await record(word(ground, { said: 'sentence', addressId: ground.mail, channel: 'email', text: "please don't text me" }));
    expect(await state(ground.tel, 'twilio-sms')).toBe('opted-out');
    expect(await state(ground.mail, 'email')).toBe('unknown');
  });

  it('closes every channel when all contact is refused', async () => {
    const ground = await insertGround(database);
    await record(word(ground, { said: 'sentence', text: '不要再联系我' }));
    expect([await state(ground.tel, 'twilio-sms'), await state(ground.tel, 'twilio-voice'), await state(ground.mail, 'email')]).toEqual([
      'opted-out',
      'opted-out',
      'opted-out',
    ]);
  });

  it('leaves the claim alone when a mail is unsubscribed from by its link', async () => {
    const ground = await insertGround(database);
    await record(word(ground, { said: 'link', addressId: ground.mail, channel: 'email', text: '' }));
    expect([await state(ground.mail, 'email'), await state(ground.mail, 'email', 'survey' as never)]).toEqual(['unknown', 'opted-out']);
  });

  it('lets the latest word count, also one that a person wrote down', async () => {
    const ground = await insertGround(database);
    await record(word(ground));
    clock.at = new Date(NOW.getTime() + 1000);
    await record(word(ground, { intent: 'opt-in', text: 'START' }));
    expect(await state(ground.tel, 'twilio-sms')).toBe('granted');
    expect(await state(ground.tel, 'twilio-sms', 'electronic_notices' as never)).toBe('opted-out');
    await database.transaction((tx) =>
      ledger.note(tx, {
        addressId: ground.mail,
        channel: 'email',
        purpose: 'electronic_notices',
        state: 'granted',
        evidence: { by: 'account' },
      }),
    );
    expect(await state(ground.mail, 'email', 'electronic_notices' as never)).toBe('granted');
    const agreed = `SELECT text_version AS version FROM consents WHERE address_id = $1 AND purpose = 'electronic_notices' AND state = 'granted'`;
    expect(await database.query({ name: 'spec-consent-version', text: agreed, values: [ground.mail] })).toEqual([
      { version: textVersionOf('electronic_notices') },
    ]);
    await database.transaction((tx) =>
      ledger.note(tx, {
        addressId: ground.mail,
        channel: 'email',
        purpose: 'electronic_notices',
        state: 'opted-out',
        evidence: { link: 'l' },
        source: 'portal',
      }),
    );
    expect(await state(ground.mail, 'email', 'electronic_notices' as never)).toBe('opted-out');
    expect(shownState(await ledger.of(database, [ground.tel]), ground.tel, 'twilio-sms').state).toBe('granted');
    clock.at = NOW;
  });

  it('tells the others with ids and codes, never with the words', async () => {
    const ground = await insertGround(database);
    await record(word(ground, { said: 'sentence', text: 'do not contact me, you crooks' }));
    const rows = await database.query<{ payload: object }>({
      name: 'spec-consent-events',
      text: `SELECT payload FROM outbox WHERE payload->>'addressId' = $1`,
      values: [ground.mail],
    });
    expect(rows).toEqual([{ payload: { addressId: ground.mail, channel: 'email', state: 'opted-out', source: 'sentence' } }]);
    expect(JSON.stringify(await database.query({ name: 'spec-consent-rows', text: 'SELECT * FROM consents', values: [] }))).not.toContain(
      'crooks',
    );
  });
});
