import { tel } from '@claimline/messages';
import { Backfill } from './backfill';
import { openDeliveryHub, until, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());

const stored = async (text: string): Promise<number> =>
  (await hub.database.query({ name: 'stored', text: 'SELECT 1 FROM messages WHERE text = $1', values: [text] })).length;
/** Twilio cannot reach us: nothing listens there. */
const away = () => ({ ...hub.line, webhookUrl: 'http://127.0.0.1:1/webhooks' });

test('a line that went down before it was ever asked has missed nothing either', async () => {
  hub.clock.pass(1000);
  await hub.twilio.act(away(), { do: 'message', from: tel('+15550500009'), text: 'in the first hour' });
  hub.clock.pass(60_000);
  expect((await hub.app.get(Backfill).round()).events).toBe(1);
  expect(await stored('in the first hour')).toBe(1);
});

test('what came while we were down is there after the start, once', async () => {
  const backfill = hub.app.get(Backfill);
  hub.clock.pass(2 * 3_600_000);
  await backfill.round();
  hub.clock.pass(60_000);
  const sent = await hub.twilio.act(away(), { do: 'message', from: tel('+15550500001'), text: 'is anybody there' });
  expect([sent.status, await stored('is anybody there')]).toEqual([502, 0]);
  hub.clock.pass(60_000);
  expect((await backfill.round()).events).toBe(1);
  expect(await stored('is anybody there')).toBe(1);
  await backfill.round();
  expect(await stored('is anybody there')).toBe(1);
});

test('what came by the webhook already is not there twice', async () => {
  const sent = await hub.twilio.act(hub.line, { do: 'message', from: tel('+15550500002'), text: 'came both ways' });
  expect(sent.status).toBe(200);
  hub.clock.pass(60_000);
  expect((await hub.app.get(Backfill).round()).events).toBeGreaterThan(0);
  expect(await stored('came both ways')).toBe(1);
});

test('a vendor that cannot be asked is asked from the same moment again', async () => {
  const cursor = async () =>
    (
      await hub.database.query<{ version: number }>({
        name: 'cursor',
        text: `SELECT version FROM inbox_state WHERE key = 'backfill'`,
        values: [],
      })
    )[0]!.version;
  const before = await cursor();
  hub.twilio.misbehave({ how: 'unauthorized', times: 1 });
  await hub.app.get(Backfill).round();
  expect(await cursor()).toBe(before);
  hub.twilio.misbehave(null);
  await hub.app.get(Backfill).round();
  expect(await cursor()).toBe(before + 1);
});

test('what many have written meanwhile is taken in groups, each once', async () => {
  hub.clock.pass(60_000);
  const texts = Array.from({ length: 70 }, (_, n) => `one of many ${n}`);
  for (const [n, text] of texts.entries())
    await hub.twilio.act(away(), { do: 'message', from: tel(`+155505010${String(n % 35).padStart(2, '0')}`), text });
  hub.clock.pass(60_000);
  expect((await hub.app.get(Backfill).round()).isWhole).toBe(true);
  expect(await Promise.all(texts.map(stored))).toEqual(texts.map(() => 1));
});

const held = (seconds: number) =>
  hub.database.query({
    name: 'held',
    text: `INSERT INTO leases (name, holder, until, fence) VALUES ($1, gen_random_uuid(), now() + $2 * interval '1 second', 1)
           ON CONFLICT (name) DO UPDATE SET until = excluded.until, life = NULL`,
    values: [`inbox:${hub.inboxId}:backfill`, seconds],
  });

test('a vendor that a round of before the outage still holds is not taken for asked, and what was asked since is', async () => {
  const wanted = hub.clock.pass(60_000);
  await held(600);
  expect(await hub.app.get(Backfill).round(wanted)).toEqual({ events: 0, isWhole: false });
  await held(-1);
  hub.clock.pass(1000);
  expect((await hub.app.get(Backfill).round(wanted)).isWhole).toBe(true);
  await hub.twilio.act(away(), { do: 'message', from: tel('+15550500003'), text: 'after it was asked' });
  hub.clock.pass(1000);
  expect(await hub.app.get(Backfill).round(wanted)).toEqual({ events: 0, isWhole: true });
  expect((await hub.app.get(Backfill).round()).events).toBeGreaterThan(0);
  expect(await stored('after it was asked')).toBe(1);
});

test('the worker comes again soon where it found a vendor held', async () => {
  hub.clock.pass(60_000);
  await hub.twilio.act(away(), { do: 'message', from: tel('+15550500004'), text: 'while it was held' });
  await held(2);
  const leaving = new AbortController();
  const running = hub.app.get(Backfill).run(leaving.signal);
  await until(async () => (await stored('while it was held')) === 1, 20_000);
  leaving.abort();
  await running;
});

test('a vendor that cannot be asked does not keep the others from their hour', async () => {
  const backfill = hub.app.get(Backfill);
  const rounds: Date[] = [];
  const round = jest.spyOn(backfill, 'round').mockImplementation(async (wanted) => {
    rounds.push(wanted!);
    hub.clock.pass(3_600_000);
    if (rounds.length === 2) leaving.abort();
    return { events: 0, isWhole: false };
  });
  const leaving = new AbortController();
  const running = backfill.run(leaving.signal);
  await until(() => rounds.length === 2, 20_000);
  await running;
  round.mockRestore();
  expect(rounds[1]!.getTime() - rounds[0]!.getTime()).toBeGreaterThanOrEqual(3_600_000);
});
