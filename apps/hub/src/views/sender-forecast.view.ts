import type { Queries } from '@claimline/database';
import type { SenderForecast } from '@claimline/protocol';

/** How many more messages go to each line; by inbox id. */
export type ByLine = ReadonlyMap<string, number>;

interface Line {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly rate: number | null;
  readonly ahead: number;
}

// A line without a limit of ours: vendors take some twenty a second from one sender.
const UNLIMITED_PER_SECOND = 20;

/** When the last of many messages will have left, by each line's own rate and by what waits there already. */
export class SenderForecastView {
  async of(queries: Queries, byLine: ByLine, now: Date): Promise<SenderForecast[]> {
    const lines = await queries.query<Line>({
      name: 'sender-forecast',
      text: `SELECT i.id, i.name, i.kind, i.sends_per_second AS rate, (SELECT count(*)::int FROM deliveries d WHERE d.inbox_id = i.id AND d.state = 'due') AS ahead
             FROM inboxes i WHERE i.id = ANY ($1::uuid[]) ORDER BY i.name`,
      values: [[...byLine.keys()]],
    });
    return lines.map(({ id, name, kind, rate, ahead }) => {
      const count = byLine.get(id) ?? 0;
      const seconds = (ahead + count) / (rate ?? UNLIMITED_PER_SECOND);
      return { inboxId: id, name, channel: kind, count, perSecond: rate, lastAt: new Date(now.getTime() + seconds * 1000).toISOString() };
    });
  }

  /** The lines by which these conversations would be answered: where their customers last wrote. */
  async ofConversations(queries: Queries, ids: readonly string[]): Promise<ByLine> {
    const rows = await queries.query<{ inbox_id: string; count: number }>({
      name: 'sender-lines',
      text: 'SELECT inbox_id, count(*)::int AS count FROM conversations WHERE id = ANY ($1::uuid[]) AND inbox_id IS NOT NULL GROUP BY 1',
      values: [ids],
    });
    return new Map(rows.map(({ inbox_id, count }) => [inbox_id, count]));
  }
}
