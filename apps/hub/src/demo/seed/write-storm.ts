import { Catastrophes } from '@claimline/claims';
import type { Transaction } from '@claimline/database';
import { STORM } from './claims-plan';

const DAY_MS = 24 * 3_600_000;
const day = (now: Date, ago: number): string => new Date(now.getTime() - ago * DAY_MS).toISOString().slice(0, 10);

/** The typhoon of which sixteen claims speak, as a supervisor has entered it. */
export async function writeStorm(tx: Transaction, now: Date, supervisorId: string): Promise<void> {
  await new Catastrophes().enter(
    tx,
    {
      tag: STORM,
      name: '第21号台风 · Typhoon 21',
      peril: 'windstorm',
      area: '上海、浙江沿海 · Shanghai and the coast of Zhejiang',
      jurisdictions: ['CN'],
      lines: ['property'],
      startsOn: day(now, 13),
      endsOn: day(now, 10),
      words: ['台风', 'typhoon'],
      byRule: true,
    },
    { accountId: supervisorId, at: new Date(now.getTime() - 11 * DAY_MS) },
  );
}
