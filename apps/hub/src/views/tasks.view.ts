import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries, Statement } from '@claimline/database';
import type { Task, TaskPage } from '@claimline/protocol';
import { fromCursor, lengthFor, toCursor } from '../http/cursor';

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
  /** The time that it stands by, as PostgreSQL keeps it: a cursor must not lose what a Date rounds away. */
  readonly place: string;
}

const ITEM = `
  t.id, t.kind, t.reason, t.params, t.claim_number, t.conversation_id, t.contact_id, k.name AS contact_name, t.owner_id, o.name AS owner_name, t.due_at, t.state,
  t.outcome, t.created_at`;

const FROM = `
  FROM tasks t
  LEFT JOIN contacts k ON k.id = t.contact_id
  LEFT JOIN accounts o ON o.id = t.owner_id`;

// A task shows what its conversation and its claim show, to the same people; where it has none, nothing hides it. $1 and $2 belong to the viewer. Asked of each
// task by itself: of joins PostgreSQL believes that they let hardly any through, and gathers and sorts the whole list for a page of it.
const VISIBLE = `(SELECT (${visibleTo('c', 1)}) IS TRUE FROM conversations c WHERE c.id = t.conversation_id) IS NOT FALSE
  AND (SELECT (${claimVisibleTo('cl', 1)}) IS TRUE FROM claims cl WHERE cl.id = t.claim_id) IS NOT FALSE`;

// $3 is the viewer: named in every view, or PostgreSQL would not know what it is.
const VIEWS = { mine: 't.owner_id = $3', unowned: '$3::uuid IS NOT NULL AND t.owner_id IS NULL', all: '$3::uuid IS NOT NULL' } as const;

// The state stands in the words of the statement: an index that holds open tasks only is of no use to a plan that is made for any state.
const OVER = { place: 't.closed_at', direction: 'DESC', beyond: '<' } as const;
const STATES = {
  open: { where: `t.state = 'open'`, place: 't.due_at', direction: 'ASC', beyond: '>' },
  done: { where: `t.state = 'done'`, ...OVER },
  canceled: { where: `t.state = 'canceled'`, ...OVER },
} as const;

/** Which tasks are asked for. */
export interface TaskWish {
  readonly view: keyof typeof VIEWS;
  readonly state: keyof typeof STATES;
  readonly conversation?: string;
  readonly claim?: string;
  readonly limit: number;
  readonly before?: string;
}

interface Part {
  readonly name: string;
  readonly sql: (...given: string[]) => string;
  readonly given: readonly unknown[];
}

const ofConversation = (id: string): string =>
  `(t.conversation_id = ${id}::uuid OR t.claim_id = (SELECT claim_id FROM conversations WHERE id = ${id}::uuid))`;
const ofClaim = (number: string): string => `t.claim_id = (SELECT id FROM claims WHERE number = ${number}::text)`;

/** What a list is narrowed to: a conversation with its claim, a claim, and what stands behind a place. */
function asked({ conversation, claim, state, before }: TaskWish): Part[] {
  const { place, beyond } = STATES[state];
  const behind = (at: string, id: string): string => `(${place}, t.id) ${beyond} (${at}::timestamptz, ${id}::uuid)`;
  const after = fromCursor(before, 2);
  return [
    ...(conversation ? [{ name: 'conversation', sql: ofConversation, given: [conversation] }] : []),
    ...(claim ? [{ name: 'claim', sql: ofClaim, given: [claim] }] : []),
    ...(after ? [{ name: 'next', sql: behind, given: after }] : []),
  ];
}

function question(viewer: Viewer, wish: TaskWish): Statement {
  const { where: isThere, place, direction } = STATES[wish.state];
  const parts = asked(wish);
  const values: unknown[] = [...visibleValues(viewer), viewer.id];
  const where = [VISIBLE, VIEWS[wish.view], isThere];
  for (const { sql, given } of parts) {
    where.push(sql(...given.map((_, n) => `$${values.length + n + 1}`)));
    values.push(...given);
  }
  const length = lengthFor(wish.limit);
  return {
    name: ['tasks', wish.view, wish.state, length, ...parts.map(({ name }) => name)].join('-'),
    text: `SELECT ${ITEM}, ${place}::text AS place ${FROM} WHERE ${where.join(' AND ')} ORDER BY ${place} ${direction}, t.id ${direction} LIMIT ${length + 1}`,
    values,
  };
}

/** Tasks as lists: what is open nearest due first, what is over the last one first. */
export class TasksView {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, wish: TaskWish): Promise<TaskPage> {
    const rows = await this.queries.query<Row>(question(viewer, wish));
    const items = rows.slice(0, wish.limit).map(toTask);
    const last = rows[wish.limit - 1];
    return { items, next: rows.length > wish.limit && last ? toCursor([last.place, last.id]) : null };
  }

  /** One task, if this person may see it. */
  async find(queries: Queries, viewer: Viewer, id: string): Promise<Task | undefined> {
    const [row] = await queries.query<Row>({
      name: 'task-visible',
      text: `SELECT ${ITEM} ${FROM} WHERE ${VISIBLE} AND t.id = $3`,
      values: [...visibleValues(viewer), id],
    });
    return row && toTask(row);
  }

  /** The claim of a task to be, if this person may see it. */
  async claim(queries: Queries, viewer: Viewer, number: string): Promise<{ id: string; number: string } | undefined> {
    const [row] = await queries.query<{ id: string; number: string }>({
      name: 'task-claim',
      text: `SELECT cl.id, cl.number FROM claims cl WHERE cl.number = $3 AND ${claimVisibleTo('cl', 1)}`,
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
