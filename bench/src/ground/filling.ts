import { loadDataSet } from '@claimline/conversations/testing';
import type { BenchHub } from './bench-hub';

/** How many rows the data set has. */
export interface Sizes {
  readonly contacts: number;
  readonly conversations: number;
  readonly messages: number;
}

/** Puts the data set into a hub's database while the hub is away: its people, teams and lines are there, and their past comes with it. */
export async function fillHub(hub: BenchHub, sizes: Sizes, say: (line: string) => void): Promise<void> {
  const begun = performance.now();
  await hub.whileAway(async (url) => void (await loadDataSet(url, sizes, (line) => say(`  ${line}`))));
  say(`${sizes.messages} messages of ${sizes.conversations} conversations loaded in ${Math.round((performance.now() - begun) / 1000)} s`);
}
