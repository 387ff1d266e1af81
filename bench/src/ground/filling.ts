import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadDataSet } from '@claimline/conversations/testing';
import type { BenchHub } from './bench-hub';
import { loadWordsBeside } from './words-beside';

/** How many rows the data set has. */
export interface Sizes {
  readonly contacts: number;
  readonly conversations: number;
  readonly messages: number;
}

/** Which data set a hub is to have, and where it is kept for the next run; without a folder it goes with the hub. */
export interface DataWish {
  readonly sizes: Sizes;
  readonly folder?: string | undefined;
}

/** Puts the data set into a hub's database while the hub is away: its people, teams and lines are there, and their past comes with it. */
export async function fillHub(hub: BenchHub, sizes: Sizes, say: (line: string) => void): Promise<void> {
  const mark = path.join(hub.folder, 'data-set.json');
  if (existsSync(mark)) return takeKept(mark, sizes, say);
  // Written last, and its other name first: a load that was interrupted must not be taken for a data set.
  const begin = path.join(hub.folder, 'data-set.loading');
  if (existsSync(begin)) throw new Error(`${hub.folder} was left half loaded: remove it or name another folder`);
  writeFileSync(begin, '');
  const begun = performance.now();
  const log = (line: string): void => say(`  ${line}`);
  await hub.whileAway(async (url) => void (await loadDataSet(url, sizes, log, loadWordsBeside)));
  say(`${sizes.messages} messages of ${sizes.conversations} conversations loaded in ${Math.round((performance.now() - begun) / 1000)} s`);
  writeFileSync(mark, JSON.stringify(sizes));
  rmSync(begin);
}

function takeKept(mark: string, sizes: Sizes, say: (line: string) => void): void {
  const kept = JSON.parse(readFileSync(mark, 'utf8')) as Sizes;
  if (!isDeepStrictEqual(kept, { ...sizes }))
    throw new Error(`${path.dirname(mark)} holds ${kept.messages} messages, not ${sizes.messages}: name another folder`);
  say(`${sizes.messages} messages of ${sizes.conversations} conversations were kept in ${path.dirname(mark)}`);
}
