import { until } from '@claimline/test';
import { audit } from './audit';
import { Ground } from './ground';
import { falseAnswers, Load, type Crowd } from './load';
import type { Outcome, Scenario, Size } from './scenario';

const times = (kills: number): 'kill'[] => Array<'kill'>(kills).fill('kill');

/** What is done to the hub: it is killed, its own PostgreSQL is killed, or it is asked to leave. */
type Blow = 'kill' | 'kill its database' | 'stop';

const SIZES: Readonly<Record<Size, Crowd & { readonly blows: readonly Blow[] }>> = {
  short: { blows: ['kill', 'kill its database', 'kill', 'stop'], sms: 600, phones: 48, vendor: 30, mails: 60, visitors: 12, wordsEach: 4 },
  whole: {
    blows: [...times(5), 'kill its database', ...times(5), 'stop'],
    sms: 20_000,
    phones: 960,
    vendor: 400,
    mails: 2_000,
    visitors: 200,
    wordsEach: 10,
  },
};
// A load that does not come to its end is a finding, not a reason to wait for ever.
const LONGEST_S = { short: 150, whole: 540 };

/** The hub is killed again and again, its database too, and at last it is asked to leave, while people write by every way. */
export const hubKilled: Scenario = {
  name: 'kill -9 of the hub under load',
  promise:
    'Everything that was acknowledged is there exactly once, in the order of its thread; everything else arrives by redelivery or backfill.',
  async run(size, say) {
    const ground = await Ground.open();
    try {
      return await play(ground, size, say);
    } finally {
      await ground.close();
    }
  },
};

async function play(ground: Ground, size: Size, say: (line: string) => void): Promise<Outcome> {
  const { blows, ...crowd } = SIZES[size];
  const load = new Load(ground, crowd);
  const running = load.run();
  const wrong: string[] = [];
  for (const [n, blow] of blows.entries()) {
    await until(`the load to be at blow ${n + 1}`, async () => load.share >= (n + 1) / (blows.length + 1), LONGEST_S[size]);
    wrong.push(...(await strike(ground, blow)));
    say(`${blow} (${n + 1} of ${blows.length}), ${load.ledger.acknowledged('sms')} texts acknowledged`);
  }
  await running;
  say('everything was said; the database is held against it');
  const found = await audit(ground, load.ledger);
  return {
    counts: { kills: blows.filter((blow) => blow === 'kill').length, ...load.ledger.counts, ...found.counts },
    wrong: [
      ...wrong,
      ...found.wrong,
      ...falseAnswers(load.ledger, { sms: [0, 200, 503], vendor: [0, 200, 503], mail: [0, 250, 421, 451], chat: [0, 200, 503] }),
    ],
  };
}

/** Resolves when the hub serves again; what was not as it should be. */
async function strike({ world, postgres }: Ground, blow: Blow): Promise<string[]> {
  if (blow === 'kill its database') {
    process.kill(postgres, 'SIGKILL');
    return [];
  }
  const code = blow === 'stop' ? await world.hub.stop() : 0;
  // Starts it again; one that has left is not killed a second time.
  await world.crash();
  return code === 0 ? [] : [`a hub that was asked to leave ended with ${code}`];
}
