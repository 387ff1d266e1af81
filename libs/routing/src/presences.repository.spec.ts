import { after, NOON } from './testing/department';
import { Stage } from './testing/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const presence = async (id: string) => (await stage.adjusters.find(stage.database, id))!.presence;
const told = async (id: string) =>
  (
    await stage.sql<{ state: string }>(
      `SELECT payload->>'state' AS state FROM outbox WHERE type = 'presence.changed' AND payload->>'accountId' = $1 ORDER BY n`,
      [id],
    )
  ).map(({ state }) => state);

describe('presence', () => {
  it('begins with the first socket and ends with the last, on whichever hub', async () => {
    const id = await stage.adjuster({}, false);
    await stage.in((tx) => stage.presences.beat(tx, [id], 'east', NOON));
    await stage.in((tx) => stage.presences.beat(tx, [id], 'west', NOON));
    expect(await presence(id)).toBe('online');
    await stage.in((tx) => stage.presences.leave(tx, [id], 'east', after(1)));
    expect(await presence(id)).toBe('online');
    await stage.in((tx) => stage.presences.leave(tx, [id], 'west', after(2)));
    expect(await presence(id)).toBe('offline');
    expect(await told(id)).toEqual(['online', 'offline']);
  });

  it('of several who come and go together is that of each', async () => {
    const [both, one] = [await stage.adjuster({}, false), await stage.adjuster({}, false)];
    await stage.in((tx) => stage.presences.beat(tx, [both, one], 'east', NOON));
    await stage.in((tx) => stage.presences.beat(tx, [both], 'west', NOON));
    await stage.in((tx) => stage.presences.leave(tx, [both, one], 'east', after(1)));
    expect([await presence(both), await presence(one)]).toEqual(['online', 'offline']);
    expect([await told(both), await told(one)]).toEqual([['online'], ['online', 'offline']]);
  });

  it('of somebody who says "away" stays away over a reload, and is told once', async () => {
    const id = await stage.adjuster();
    await stage.in((tx) => stage.presences.choose(tx, id, 'away', after(1)));
    await stage.in((tx) => stage.presences.choose(tx, id, 'away', after(2)));
    await stage.in((tx) => stage.presences.leave(tx, [id], 'hub', after(3)));
    await stage.in((tx) => stage.presences.beat(tx, [id], 'hub', after(4)));
    expect(await presence(id)).toBe('away');
    expect(await told(id)).toEqual(['online', 'away', 'offline', 'away']);
  });

  it('of somebody without a socket lasts for a while after they have said it', async () => {
    const id = await stage.adjuster({}, false);
    await stage.in((tx) => stage.presences.choose(tx, id, 'online', NOON));
    expect(await presence(id)).toBe('online');
    expect(await told(id)).toEqual(['online']);
  });

  it('of somebody with a socket ends with the socket, whatever they have said', async () => {
    const id = await stage.adjuster();
    await stage.in((tx) => stage.presences.choose(tx, id, 'busy', NOON));
    await stage.in((tx) => stage.presences.leave(tx, [id], 'hub', after(1)));
    expect(await presence(id)).toBe('offline');
  });

  it('of a hub that has died runs out: nobody is given work from that moment, and the sweep says so', async () => {
    const id = await stage.adjuster();
    await stage.sql(`UPDATE presence_connections SET until = now() - interval '1 second' WHERE account_id = $1`, [id]);
    expect(await presence(id)).toBe('offline');
    expect(await stage.in((tx) => stage.presences.expire(tx, after(60)))).toBe(1);
    expect(await stage.in((tx) => stage.presences.expire(tx, after(61)))).toBe(0);
    expect(await told(id)).toEqual(['online', 'offline']);
  });

  it('is nothing for accounts that handle no claims', async () => {
    await stage.in((tx) => stage.presences.beat(tx, ['01900000-0000-7000-8000-000000000000'], 'hub', NOON));
  });
});

describe('a profile', () => {
  it('changes what it names and keeps the rest', async () => {
    const id = await stage.adjuster({ licences: { 'US-CA': '2027-01-01' }, capacity: 50 });
    await stage.adjusters.put(stage.database, id, { capacity: 60 });
    expect(await stage.adjusters.find(stage.database, id)).toMatchObject({
      licences: { 'US-CA': '2027-01-01' },
      capacity: 60,
      lines: { motor: 5 },
    });
  });
});
