import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import type { BulkRun } from '@claimline/protocol';
import type { z } from 'zod';
import type { BulkCounts } from '@claimline/protocol';
import { SenderForecastView, type ByLine } from './sender-forecast.view';

type Counts = z.infer<typeof BulkCounts>;

interface Row {
  readonly id: string;
  readonly kind: BulkRun['kind'];
  readonly act: Record<string, unknown>;
  readonly total: number;
  readonly state: BulkRun['state'];
  readonly by: string;
  readonly name: string;
  readonly at: Date;
  readonly ended_at: Date | null;
  readonly undone: boolean;
}

interface Group {
  readonly state: 'waiting' | 'done' | 'refused' | 'canceled';
  readonly reason: string | null;
  readonly delivery: string | null;
  readonly why: string | null;
  readonly count: number;
}

const RUN = `
  SELECT r.id, r.kind, r.act, r.total, r.state, r.by, a.name, r.at, r.ended_at, EXISTS (SELECT FROM bulk_runs u WHERE u.undoes = r.id) AS undone
  FROM bulk_runs r JOIN accounts a ON a.id = r.by`;

// Of a message only the last attempt counts: it went another way, or was tried again.
const GROUPS = `
  SELECT i.state, i.reason, d.state AS delivery, d.reason AS why, count(*)::int AS count
  FROM bulk_items i LEFT JOIN LATERAL (SELECT state, reason FROM deliveries WHERE message_id = i.message_id ORDER BY created_at DESC, id DESC LIMIT 1) d ON i.message_id IS NOT NULL
  WHERE i.run_id = $1 GROUP BY 1, 2, 3, 4`;

const ON_THE_WAY = `
  SELECT coalesce(d.inbox_id, c.inbox_id) AS inbox_id, count(*)::int AS count
  FROM bulk_items i JOIN conversations c ON c.id = i.conversation_id
    LEFT JOIN LATERAL (SELECT inbox_id, state FROM deliveries WHERE message_id = i.message_id ORDER BY created_at DESC, id DESC LIMIT 1) d ON i.message_id IS NOT NULL
  WHERE i.run_id = $1 AND i.state = 'waiting' AND c.inbox_id IS NOT NULL GROUP BY 1`;

const UNDOABLE = ['assign', 'tag'];

/** How far a bulk run is: counts of items and, for answers, of what became of their messages. */
export class BulkRunView {
  constructor(
    private readonly database: Database,
    private readonly forecast: SenderForecastView,
  ) {}

  /** Undefined: there is no such run. */
  async of(id: string, now: Date): Promise<BulkRun | undefined> {
    const [row] = await this.database.query<Row>({ name: 'bulk-run-view', text: `${RUN} WHERE r.id = $1`, values: [id] });
    return row && this.toRun(row, now);
  }

  /** The latest runs of somebody. */
  async latest(accountId: string, now: Date): Promise<BulkRun[]> {
    const text = `${RUN} WHERE r.by = $1 ORDER BY r.at DESC LIMIT 10`;
    const rows = await this.database.query<Row>({ name: 'bulk-runs-view', text, values: [accountId] });
    return Promise.all(rows.map((row) => this.toRun(row, now)));
  }

  /** Labels that conversations which somebody may see carry, the most used first: what a bulk tag offers. */
  async labels(viewer: Viewer): Promise<string[]> {
    const rows = await this.database.query<{ label: string }>({
      name: 'bulk-labels',
      text: `SELECT label FROM conversations c, unnest(c.labels) AS label WHERE c.status <> 'resolved' AND ${visibleTo('c', 1)} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 50`,
      values: [...visibleValues(viewer)],
    });
    return rows.map(({ label }) => label);
  }

  private async toRun(row: Row, now: Date): Promise<BulkRun> {
    const groups = await this.database.query<Group>({ name: 'bulk-run-groups', text: GROUPS, values: [row.id] });
    return {
      id: row.id,
      kind: row.kind,
      act: row.act,
      total: row.total,
      state: row.state,
      counts: countsOf(groups),
      senders: row.kind === 'reply' && row.state === 'running' ? await this.forecast.of(this.database, await this.lines(row.id), now) : [],
      by: { id: row.by, name: row.name },
      at: row.at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      undoable: UNDOABLE.includes(row.kind) && row.state !== 'running' && !row.undone,
    };
  }

  private async lines(runId: string): Promise<ByLine> {
    const rows = await this.database.query<{ inbox_id: string; count: number }>({ name: 'bulk-lines', text: ON_THE_WAY, values: [runId] });
    return new Map(rows.map(({ inbox_id, count }) => [inbox_id, count]));
  }
}

const LEFT = ['accepted', 'sent', 'delivered', 'read'];
const MOVING = ['due', 'sending'];
const WAITING = ['held', 'uncertain'];

/** Every item in exactly one count: together they are the total. */
export function countsOf(groups: readonly Group[]): Counts {
  const counts: Counts = { waiting: 0, done: 0, sending: 0, held: {}, refused: {}, canceled: 0 };
  const add = (to: Record<string, number>, reason: string, count: number): void => {
    to[reason] = (to[reason] ?? 0) + count;
  };
  for (const { state, reason, delivery, why, count } of groups) {
    if (state === 'waiting') counts.waiting += count;
    else if (state === 'canceled' || delivery === 'canceled') counts.canceled += count;
    else if (state === 'refused') add(counts.refused, reason ?? 'internal', count);
    else if (delivery === null || LEFT.includes(delivery)) counts.done += count;
    else if (MOVING.includes(delivery)) counts.sending += count;
    else if (WAITING.includes(delivery)) add(counts.held, delivery === 'uncertain' ? 'uncertain' : (why ?? 'quiet-hours'), count);
    else add(counts.refused, why ?? 'unknown', count);
  }
  return counts;
}
