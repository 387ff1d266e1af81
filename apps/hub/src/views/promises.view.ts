import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { CustomerPromise, PromisePage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

type Row = Omit<CustomerPromise, 'due' | 'createdAt' | 'settledAt'> & {
  readonly due: Date;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
};

const FROM = `
  SELECT p.id, p.step, p.source, p.claim_number AS claim, p.conversation_id AS "conversationId", p.due_at AS due, p.state, p.created_at AS "createdAt", p.settled_at AS "settledAt",
    CASE WHEN k.id IS NULL THEN NULL ELSE jsonb_build_object('id', k.id, 'name', k.name) END AS contact,
    CASE WHEN o.id IS NULL THEN NULL ELSE jsonb_build_object('id', o.id, 'name', o.name) END AS owner
  FROM promises p LEFT JOIN contacts k ON k.id = p.contact_id LEFT JOIN accounts o ON o.id = p.owner_id
    LEFT JOIN conversations c ON c.id = p.conversation_id LEFT JOIN claims cl ON cl.id = p.claim_id LEFT JOIN brands b ON b.id = coalesce(c.brand_id, cl.brand_id)`;

const VISIBLE = `(c.id IS NULL OR ${visibleTo('c', 1)}) AND (cl.id IS NULL OR ${claimVisibleTo('cl', 1)})`;

// Today ends where the brand is at home. $4 is now.
const VIEWS = {
  today: `p.state = 'open' AND p.due_at <= ((($4::timestamptz AT TIME ZONE b.time_zone)::date + 1)::timestamp AT TIME ZONE b.time_zone)`,
  open: `p.state = 'open' AND $4::timestamptz IS NOT NULL`,
  broken: `p.state = 'broken' AND p.settled_at IS NULL AND $4::timestamptz IS NOT NULL`,
  all: '$4::timestamptz IS NOT NULL',
} as const;

const ABOUT = `($3::uuid IS NULL OR p.owner_id = $3) AND ($5::uuid IS NULL OR p.conversation_id = $5 OR p.claim_id = (SELECT claim_id FROM conversations WHERE id = $5))
  AND ($6::text IS NULL OR p.claim_number = $6)`;

/** Which promises are asked for. */
export interface PromiseWish {
  readonly view: keyof typeof VIEWS;
  readonly whose: 'mine' | 'all';
  readonly conversation?: string;
  readonly claim?: string;
  readonly limit: number;
  readonly before?: string;
}

/** Promises as lists, nearest first. */
export class PromisesView {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, wish: PromiseWish, now: Date): Promise<PromisePage> {
    const place = fromCursor(wish.before, 2);
    const rows = await this.queries.query<Row>({
      name: `promises-${wish.view}-${place ? 'next' : 'first'}`,
      text: `${FROM} WHERE ${VISIBLE} AND ${VIEWS[wish.view]} AND ${ABOUT} ${place ? 'AND (p.due_at, p.id) > ($8::timestamptz, $9::uuid)' : ''} ORDER BY p.due_at, p.id LIMIT $7`,
      values: [
        ...visibleValues(viewer),
        wish.whose === 'mine' ? viewer.id : null,
        now,
        wish.conversation ?? null,
        wish.claim ?? null,
        wish.limit + 1,
        ...(place ?? []),
      ],
    });
    const last = rows[wish.limit - 1];
    return {
      items: rows.slice(0, wish.limit).map(toPromise),
      next: rows.length > wish.limit && last ? toCursor([last.due.toISOString(), last.id]) : null,
    };
  }

  async find(queries: Queries, viewer: Viewer, id: string): Promise<CustomerPromise | undefined> {
    const [row] = await queries.query<Row>({
      name: 'promise-visible',
      text: `${FROM} WHERE ${VISIBLE} AND p.id = $3`,
      values: [...visibleValues(viewer), id],
    });
    return row && toPromise(row);
  }

  /** The claim of a promise to be, if this person may see it, and whom it is promised to. */
  async claim(
    queries: Queries,
    viewer: Viewer,
    number: string,
  ): Promise<{ id: string; number: string; contactId: string | null } | undefined> {
    const [row] = await queries.query<{ id: string; number: string; contactId: string | null }>({
      name: 'promise-claim',
      text: `SELECT cl.id, cl.number, (SELECT contact_id FROM claim_parties WHERE claim_id = cl.id AND role = 'policyholder' LIMIT 1) AS "contactId"
             FROM claims cl WHERE cl.number = $3 AND ${claimVisibleTo('cl', 1)}`,
      values: [...visibleValues(viewer), number],
    });
    return row;
  }

  /** By whose hours it counts. */
  async brandOf(queries: Queries, id: string): Promise<{ id: string; timeZone: string }> {
    const [row] = await queries.query<{ id: string; timeZone: string }>({
      name: 'promise-brand',
      text: `SELECT b.id, b.time_zone AS "timeZone" FROM promises p LEFT JOIN conversations c ON c.id = p.conversation_id LEFT JOIN claims cl ON cl.id = p.claim_id
             JOIN brands b ON b.id = coalesce(c.brand_id, cl.brand_id) WHERE p.id = $1`,
      values: [id],
    });
    if (!row) throw new Error(`promise ${id} belongs to no brand`);
    return row;
  }
}

const toPromise = ({ due, createdAt, settledAt, ...row }: Row): CustomerPromise => ({
  ...row,
  due: due.toISOString(),
  createdAt: createdAt.toISOString(),
  settledAt: settledAt?.toISOString() ?? null,
});
