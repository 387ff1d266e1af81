import type { Queries } from '@claimline/database';

/** Something that waits, and how much of it. */
export interface Backlog {
  readonly queue: string;
  readonly count: number;
}

/** Everything that can pile up, in one look. */
export class BacklogView {
  constructor(private readonly queries: Queries) {}

  async read(): Promise<Backlog[]> {
    const rows = await this.queries.query<{ queue: string; count: string }>({
      name: 'backlog',
      text: `SELECT 'outbox' AS queue, count(*) AS count FROM outbox
             UNION ALL SELECT 'consumer:' || c.name, greatest(coalesce((SELECT max(position) FROM event_log), 0) - c.position, 0) FROM consumers c
             UNION ALL SELECT 'parked', count(*) FROM parked_events
             UNION ALL SELECT 'deliveries:' || state, count(*) FROM deliveries WHERE state IN ('due', 'held', 'sending', 'uncertain') GROUP BY state
             UNION ALL SELECT 'jobs', count(*) FROM graphile_worker.jobs
             UNION ALL SELECT 'work-items', count(*) FROM work_items WHERE state = 'waiting'
             UNION ALL SELECT 'needs-look', count(*) FROM needs_look WHERE state = 'open'`,
      values: [],
    });
    return rows.map((row) => ({ queue: row.queue, count: Number(row.count) }));
  }
}
