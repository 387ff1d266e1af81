import { Database, newId, Outbox, Wakeups } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { ConsentRepository } from '../consent/consent.repository';
import { TemplatesRepository } from '../template/templates.repository';
import { Templates } from '../template/templates';
import { change, claim, insertGround, NOW, person, situation, StandingClock } from '../testing/builders';
import { KnowledgeRepository } from './knowledge.repository';
import { Notices } from './notices';
import { NoticesRepository } from './notices.repository';
import type { ChangeToTell, NoticeSituation } from './situation';

let test: TestDatabase;
let database: Database;
let notices: Notices;
let templates: Templates;
const clock = new StandingClock();
const repository = new NoticesRepository();

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  templates = new Templates(new TemplatesRepository(), clock);
  notices = new Notices(repository, templates, new KnowledgeRepository(), new Outbox(new Wakeups(database, test.url)), clock);
  await database.transaction((tx) => templates.seed(tx));
});
afterAll(async () => {
  await database.close();
  await test.close();
});
beforeEach(() => {
  clock.at = NOW;
});

/** A claim with one party, in rows, and situations about it. */
async function ground() {
  const rows = await insertGround(database);
  const partyId = newId(NOW);
  await database.query({
    name: 'spec-party',
    text: `INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id) VALUES ($1, $2, 'p', 'policyholder', '李伟', $3)`,
    values: [partyId, rows.claimId, rows.contactId],
  });
  const who = person(rows.contactId, {
    addresses: [
      { id: rows.tel, scheme: 'tel', scope: '', value: '+8613800138000', unusable: null },
      { id: rows.mail, scheme: 'email', scope: '', value: 'li@example.test', unusable: null },
    ],
  });
  const about = claim({
    id: rows.claimId,
    number: `CLM-${rows.claimId}`,
    parties: [{ id: partyId, role: 'policyholder', contactId: rows.contactId, language: null, representedBy: null }],
    exposures: [],
  });
  const at = (over: Partial<ChangeToTell>, more: Partial<NoticeSituation> = {}): NoticeSituation =>
    situation({
      change: change({ claimEventId: newId(clock.now()), ...over }),
      claim: about,
      people: new Map([[rows.contactId, who]]),
      ...more,
    });
  const plan = (now: NoticeSituation) => database.transaction((tx) => notices.plan(tx, now));
  return { ...rows, partyId, at, plan, all: () => repository.ofClaim(database, rows.claimId) };
}

/** Puts a planned notice on its way, as the flow does. */
async function send(noticeId: string) {
  const messageId = newId(NOW);
  const deliveryId = newId(NOW);
  await database.transaction((tx) => notices.sent(tx, noticeId, { conversationId: newId(NOW), messageId, deliveryId }));
  return { messageId, deliveryId };
}
const news = (messageId: string, deliveryId: string, state: string, reason: string | null = null) =>
  database.transaction((tx) => notices.follow(tx, messageId, { deliveryId, state: state as never, reason }));

describe('a notice', () => {
  it('of the same event, five times at once, is one', async () => {
    const { at, plan, all } = await ground();
    const one = at({ stage: 'reported' });
    const planned = await Promise.all([1, 2, 3, 4, 5].map(() => plan(one)));
    expect(planned.flatMap(({ send: sends }) => sends)).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  it('speaks the language of the customer and says whose it is', async () => {
    const { at, plan, contactId } = await ground();
    const { send: sends } = await plan(at({ stage: 'reported' }));
    expect(sends[0]).toMatchObject({
      code: 'fnol_received',
      language: 'zh-CN',
      contactId,
      step: { channel: 'twilio-sms' },
      notBefore: null,
    });
    expect(sends[0]!.text).toMatch(/^【安和保险】李先生，您的报案已于2026年11月22日16:00（北京时间）收到，案件\*/);
  });

  it('is told with a proof, and Why? can be read afterwards', async () => {
    const { at, plan, all } = await ground();
    const { send: sends } = await plan(at({ stage: 'reported' }));
    const { messageId, deliveryId } = await send(sends[0]!.noticeId);
    expect(await news(messageId, deliveryId, 'sent')).toEqual({ fallback: null, forPerson: null });
    await news(messageId, deliveryId, 'delivered');
    const [notice] = await all();
    expect(notice).toMatchObject({
      state: 'told',
      templateVersion: 1,
      trace: {
        rule: { code: 'fnol_received' },
        template: { code: 'fnol_received', version: 1 },
        attempts: [{ deliveryId, state: 'delivered' }],
        proof: { deliveryId, channel: 'twilio-sms' },
      },
    });
    expect(notice!.settledAt).toEqual(NOW);
    expect(JSON.stringify(notice!.trace)).not.toMatch(/李伟|安和/);
  });

  it('that failed by text becomes one mail, also when the news comes twice at once', async () => {
    const { at, plan, all } = await ground();
    const { send: sends } = await plan(at({ stage: 'reported' }));
    const first = await send(sends[0]!.noticeId);
    const heard = await Promise.all([1, 2].map(() => news(first.messageId, first.deliveryId, 'undeliverable', 'unreachable')));
    expect(heard.filter((one) => one?.fallback)).toHaveLength(1);
    expect(heard.find((one) => one?.fallback)!.fallback).toMatchObject({
      messageId: first.messageId,
      step: { channel: 'email', to: 'li@example.test' },
    });
    const mailId = newId(NOW);
    await database.transaction((tx) =>
      notices.sent(tx, sends[0]!.noticeId, { conversationId: newId(NOW), messageId: first.messageId, deliveryId: mailId }),
    );
    expect(await news(first.messageId, mailId, 'failed', 'bounced')).toMatchObject({
      fallback: null,
      forPerson: { reason: 'bounced', code: 'fnol_received' },
    });
    expect((await all())[0]).toMatchObject({
      state: 'not-sent',
      reason: 'bounced',
      trace: { attempts: [{ state: 'undeliverable' }, { state: 'failed' }] },
    });
  });

  it('among others is followed with them: each is told with its own proof, once', async () => {
    const [one, other] = [await ground(), await ground()];
    const sent: Awaited<ReturnType<typeof send>>[] = [];
    for (const { plan, at } of [one, other]) sent.push(await send((await plan(at({ stage: 'reported' }))).send[0]!.noticeId));
    const heard = (place: number, state: 'accepted' | 'sent' | 'delivered') => ({ ...sent[place]!, state, reason: null });
    const nobodys = { messageId: newId(NOW), deliveryId: newId(NOW), state: 'delivered' as const, reason: null };
    const followAll = (all: Parameters<Notices['followAll']>[1]) => database.transaction((tx) => notices.followAll(tx, all));
    await followAll([heard(0, 'accepted'), heard(1, 'sent'), nobodys, heard(0, 'delivered')]);
    expect((await one.all())[0]).toMatchObject({ state: 'told', settledAt: NOW, trace: { proof: { state: 'delivered' } } });
    expect((await other.all())[0]).toMatchObject({ state: 'sending', trace: { attempts: [{ state: 'sent' }], proof: null } });
    await followAll([heard(0, 'delivered'), heard(1, 'delivered')]);
    const settled = await database.query<{ claim: string; code: string }>({
      name: 'spec-settled',
      text: `SELECT payload->>'claimNumber' AS claim, payload->>'code' AS code FROM outbox WHERE type = 'notice.settled' AND payload->>'claimNumber' = ANY ($1) ORDER BY n`,
      values: [[one, other].map(({ claimId }) => `CLM-${claimId}`)],
    });
    expect(settled).toEqual([one, other].map(({ claimId }) => ({ claim: `CLM-${claimId}`, code: 'fnol_received' })));
  });

  it('that failed is never followed among others', async () => {
    const { at, plan, all } = await ground();
    const sent = await send((await plan(at({ stage: 'reported' }))).send[0]!.noticeId);
    const failed = { ...sent, state: 'failed' as const, reason: 'unreachable' };
    await expect(database.transaction((tx) => notices.followAll(tx, [failed]))).rejects.toThrow('by itself');
    expect((await all())[0]).toMatchObject({ state: 'sending' });
  });

  it('of which nothing is known is news of something else', async () => {
    expect(await news(newId(NOW), newId(NOW), 'delivered')).toBeUndefined();
  });

  it('after STOP is not sent, with the reason, and a person is asked', async () => {
    const { at, plan, all, tel, mail } = await ground();
    await database.transaction((tx) =>
      new ConsentRepository().append(
        tx,
        [
          [tel, 'twilio-sms'],
          [mail, 'email'],
        ].map(([addressId, channel]) => ({
          addressId: addressId!,
          channel: channel!,
          purpose: 'service',
          state: 'opted-out',
          source: 'word',
          at: NOW,
          evidence: {},
        })),
      ),
    );
    const planned = await plan(at({ stage: 'reported' }));
    expect(planned).toMatchObject({ send: [], forPeople: [{ reason: 'opted-out', code: 'fnol_received' }] });
    expect((await all())[0]).toMatchObject({
      state: 'not-sent',
      reason: 'opted-out',
      trace: { consent: [{ state: 'opted-out' }, { state: 'opted-out' }], skipped: [{ reason: 'opted-out' }, { reason: 'opted-out' }] },
    });
  });

  it('whose text cannot be filled in goes to a person instead of out half empty', async () => {
    const { at, plan } = await ground();
    const planned = await plan(at({ stage: 'acknowledged' }, { claim: { ...at({}).claim, handlerName: null } }));
    expect(planned).toMatchObject({ send: [], forPeople: [{ reason: 'template-missing' }] });
  });

  it('three times within a minute is told once, as things stand at the end', async () => {
    const { at, plan, all } = await ground();
    for (const itemCount of ['1', '2', '3']) {
      await plan(at({ stage: 'documents' }, { claim: { ...at({}).claim, facts: { itemCount } } }));
      clock.at = new Date(clock.at.getTime() + 20_000);
    }
    expect((await all()).map(({ state, reason }) => [state, reason])).toEqual([
      ['not-sent', 'superseded'],
      ['not-sent', 'superseded'],
      ['planned', null],
    ]);
    expect(await notices.dueDigests(database, 10)).toEqual([]);
    // Ten minutes after the first of them, not after the last: somebody who keeps changing things does not keep the customer waiting.
    clock.at = new Date(NOW.getTime() + 10 * 60_000);
    const [due] = await notices.dueDigests(database, 10);
    const told = () =>
      database.transaction(async (tx) => {
        const held = await notices.holdDigest(tx, due!.id);
        return held ? notices.planDigest(tx, due!.id, at(held, { claim: { ...at({}).claim, facts: { itemCount: '3' } } })) : undefined;
      });
    const [one, other] = await Promise.all([told(), told()]);
    const made = [one, other].filter(Boolean);
    expect(made).toHaveLength(1);
    expect(made[0]!.send[0]).toMatchObject({ noticeId: due!.id, text: expect.stringContaining('补充3份') });
    expect((await all()).map(({ state }) => state)).toEqual(['not-sent', 'not-sent', 'sending']);
  });

  it('at night waits for the morning, and a newer one of its kind takes its place', async () => {
    const { at, plan, all } = await ground();
    clock.at = new Date('2026-11-22T15:00:00Z');
    const first = await plan(at({ stage: 'investigation' }));
    expect(first.send[0]!.notBefore).toEqual(new Date('2026-11-23T00:00:00Z'));
    const { messageId } = await send(first.send[0]!.noticeId);
    clock.at = new Date('2026-11-22T15:10:00Z');
    const second = await plan(at({ stage: 'assessment' }));
    expect(second.cancel).toEqual([messageId]);
    expect(second.send[0]!.text).toContain('定损核赔中');
    expect((await all()).map(({ state, reason }) => [state, reason])).toEqual([
      ['not-sent', 'superseded'],
      ['sending', null],
    ]);
  });
});

describe('templates', () => {
  it('are published in versions, two at once one after the other, and only by the copy rules', async () => {
    const publish = (body: string) =>
      database.transaction((tx) => templates.publish(tx, { code: 'claim_closed', language: 'en', subject: null, body, by: null }));
    const both = await Promise.all([publish('{{ brand }}: closed, first'), publish('{{ brand }}: closed, second')]);
    expect(both.map((made) => (made && 'version' in made ? made.version : 0)).sort()).toEqual([2, 3]);
    expect(await publish('{{ brand }}: {{ amount }}')).toMatchObject({ problems: [{ path: 'body' }] });
    expect(
      await database.transaction((tx) => templates.publish(tx, { code: 'nothing', language: 'en', subject: null, body: 'x', by: null })),
    ).toBeUndefined();
    expect((await templates.history(database, 'claim_closed', 'en')).map(({ version }) => version)).toEqual([3, 2, 1]);
    await database.transaction((tx) => templates.seed(tx));
    expect((await templates.list(database, { language: 'en', q: 'closed,' })).map(({ code, version }) => [code, version])).toEqual([
      ['claim_closed', 3],
    ]);
  });

  it('are found by their short codes', async () => {
    expect((await templates.list(database, { use: 'reply', q: '/照片' })).map(({ code }) => code)).toEqual(['photos']);
  });
});
