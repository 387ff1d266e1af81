import { until } from '@claimline/test';
import { audit } from './audit';
import { Ground } from './ground';
import { falseAnswers, Load, type Crowd } from './load';
import type { Outcome, Scenario, Size } from './scenario';

const SIZES: Readonly<Record<Size, Crowd & { readonly kills: number }>> = {
  short: { kills: 2, sms: 600, phones: 48, vendor: 30, mails: 60, visitors: 12, wordsEach: 4 },
  whole: { kills: 10, sms: 20_000, phones: 960, vendor: 400, mails: 2_000, visitors: 200, wordsEach: 10 },
};
// A load that does not come to its end is a finding, not a reason to wait for ever.
const LONGEST_S = { short: 60, whole: 540 };

/** The hub is killed again and again while people write by every way. */
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
  const { kills, ...crowd } = SIZES[size];
  const load = new Load(ground, crowd);
  const running = load.run();
  for (let kill = 1; kill <= kills; kill++) {
    await until(`the load to be at kill ${kill}`, async () => load.share >= kill / (kills + 1), LONGEST_S[size]);
    await ground.world.crash();
    say(`killed ${kill} of ${kills} times, ${load.ledger.acknowledged('sms')} texts acknowledged`);
  }
  await running;
  say('everything was said; the database is held against it');
  const { counts, wrong } = await audit(ground, load.ledger);
  return {
    counts: { kills, ...load.ledger.counts, ...counts },
    wrong: [
      ...wrong,
      ...falseAnswers(load.ledger, { sms: [0, 200, 503], vendor: [0, 200, 503], mail: [0, 250, 421, 451], chat: [0, 200, 503] }),
    ],
  };
}
