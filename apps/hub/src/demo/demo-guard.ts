import type { Queries } from '@claimline/database';
import { DemoMarks, type DemoMark } from './demo-mark.repository';

/** The demo will not touch this database. The message says what to do, for the person who started the hub. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

/**
 * Lets the demo at a database that was made as one, or that is fresh and may become one (undefined).
 * @throws DemoRefused for any other: people who work there must never meet made-up claims
 */
export async function guardDemo(queries: Queries, marks = new DemoMarks()): Promise<DemoMark | undefined> {
  const mark = await marks.find(queries);
  if (mark) return mark;
  if (await marks.isFresh(queries)) return undefined;
  throw new DemoRefused('This database is in use and was not made as a demo. Start with HUB_DEMO=false, or name an empty database.');
}
