import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Task, TaskPage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly params: Record<string, unknown>;
  readonly claim_number: string | null;
  readonly conversation_id: string | null;
  readonly contact_id: string | null;
  readonly contact_name: string | null;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly due_at: Date;
  readonly state: Task['state'];
  readonly outcome: string | null;
  readonly created_at: Date;
}

const FROM = `
  SELECT t.id, t.kind, t.reason, t.params, t.claim_number, t.conversation_id, t.contact_id, k.name AS contact_name, t.owner_id, o.name AS owner_name, t.due_at, t.state,
         t.outcome, t.created_at
  FROM tasks t
  LEFT JOIN contacts k ON k.id = t.contact_id
  LEFT JOIN accounts o ON o.id = t.owner_id
  LEFT JOIN conversations c ON c.id = t.conversation_id
  LEFT JOIN claims cl ON cl.id = t.claim_id`;

// A task shows what its conversation and its claim show, to the same people. $1 and $2 belong to the viewer.
const VISIBLE = `(c.id IS NULL OR ${visibleTo('c', 1)})
  AND (cl.id IS NULL OR ${claimVisibleTo('cl', 1)})`;

const VIEWS = { mine: 't.owner_id = $3', unowned: '($3::uuid IS NOT NULL AND t.owner_id IS NULL)', all: '$3::uuid IS NOT NULL' } as const;

// Everything, or what belongs to one conversation and its claim ($6), or to one claim ($7).
const ABOUT = `($6::uuid IS NULL OR t.conversation_id = $6 OR t.claim_id = (SELECT claim_id FROM conversations WHERE id = $6))
  AND ($7::text IS NULL OR t.claim_number = $7)`;

/** Which tasks are asked for. */
export interface TaskWish {
  readonly view: keyof typeof VIEWS;
  readonly state: Task['state'];
  readonly conversation?: string;
  readonly claim?: string;
  readonly limit: number;
  readonly before?: string;
}

/** Tasks as lists, nearest due first. */
export class TasksView {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, query: TaskWish): Promise<TaskPage> {
    const place = fromCursor(query.before, 2);
    const rows = await this.queries.query<Row>({
      name: `tasks-${query.view}-${place ? 'next' : 'first'}`,
      text: `${FROM} WHERE ${VISIBLE} AND ${VIEWS[query.view]} AND t.state = $4 AND ${ABOUT} ${place ? 'AND (t.due_at, t.id) > ($8::timestamptz, $9::uuid)' : ''} ORDER BY t.due_at, t.id LIMIT $5`,
      values: [
        ...visibleValues(viewer),
        viewer.id,
        query.state,
        query.limit + 1,
        query.conversation ?? null,
        query.claim ?? null,
        ...(place ?? []),
      ],
    });
    const items = rows.slice(0, query.limit).map(toTask);
    const last = rows[query.limit - 1];
    return { items, next: rows.length > query.limit && last ? toCursor([last.due_at.toISOString(), last.id]) : null };
  }

  /** One task, if this person may see it. */
  async find(queries: Queries, viewer: Viewer, id: string): Promise<Task | undefined> {
    const [row] = await queries.query<Row>({
      name: 'task-visible',
      text: `${FROM} WHERE ${VISIBLE} AND t.id = $3`,
      values: [...visibleValues(viewer), id],
    });
    return row && toTask(row);
  }

  /** The claim of a task to be, if this person may see it. */
  async claim(queries: Queries, viewer: Viewer, number: string): Promise<{ id: string; number: string } | undefined> {
    const [row] = await queries.query<{ id: string; number: string }>({
      name: 'task-claim',
      text: `SELECT cl.id, cl.number FROM claims cl LEFT JOIN conversations c ON false WHERE cl.number = $3 AND ${VISIBLE}`,
      values: [...visibleValues(viewer), number],
    });
    return row;
  }
}

function toTask(row: Row): Task {
  return {
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    params: row.params,
    claim: row.claim_number,
    conversationId: row.conversation_id,
    contact: row.contact_id ? { id: row.contact_id, name: row.contact_name ?? '' } : null,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    due: row.due_at.toISOString(),
    state: row.state,
    outcome: row.outcome,
    createdAt: row.created_at.toISOString(),
  };
}
