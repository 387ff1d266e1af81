import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Role } from '@claimline/protocol';

/** Who looks at what needs a look: parked events are the business of those who answer for the whole. */
export interface LookingPerson extends Viewer {
  readonly role: Role;
}

/** The parameters of every condition here: $1 groups, $2 brands, $3 whether they supervise. */
export const lookValues = (viewer: LookingPerson): [readonly string[], readonly string[], boolean] => [
  ...visibleValues(viewer),
  viewer.role === 'supervisor' || viewer.role === 'administrator',
];

/** The item `n` with its inbox `i`, and with the claim event `ce` and its claim `cl` where it is about one: its key says so. */
export const ITEM_TABLES = `needs_look n LEFT JOIN inboxes i ON i.id = n.inbox_id
  LEFT JOIN claim_events ce ON n.inbox_id IS NULL AND ce.id = CASE WHEN n.key ~ '^claim-event [0-9a-f-]{36}$' THEN substr(n.key, 13)::uuid END
  LEFT JOIN claims cl ON cl.number = ce.claim_number`;

/**
 * What came in by an inbox shows to the people of its brand, by no known inbox to everybody; what is about a claim, to those who may see the claim.
 * While the claim does not exist yet, nobody can tell who they are: supervisors look.
 */
export const ITEM_VISIBLE = `(cardinality($2::uuid[]) = 0 OR i.id IS NULL OR i.brand_id = ANY ($2::uuid[]))
  AND CASE WHEN ce.id IS NULL THEN true WHEN cl.id IS NULL THEN $3::boolean ELSE ${claimVisibleTo('cl', 1)} END`;

const EVENT_VISIBLE = `(e.conversation_id IS NULL OR (c.id IS NOT NULL AND ${visibleTo('c', 1)}))
  AND (coalesce(e.payload->>'claimNumber', e.payload->>'claimId') IS NULL OR (cl.id IS NOT NULL AND ${claimVisibleTo('cl', 1)}))`;

/**
 * One line per event that a follow-up failed on, whoever failed; those that only wait behind it are not shown. What the event holds and what the
 * error says are kept from supervisors who may not see its conversation or claim: they can still have it tried again.
 */
export const PARKED_EVENTS = `
  SELECT id, parked_at, type, CASE WHEN visible THEN told ELSE consumers END AS detail, CASE WHEN visible THEN type || ' ' || payload::text ELSE type END AS event
  FROM (
    SELECT e.id, e.type, e.payload, max(p.parked_at) AS parked_at, bool_and(${EVENT_VISIBLE}) AS visible,
      string_agg(p.consumer, '; ' ORDER BY p.consumer) AS consumers, string_agg(p.consumer || ': ' || p.error, '; ' ORDER BY p.consumer) AS told
    FROM parked_events p JOIN event_log e ON e.position = p.position
      LEFT JOIN conversations c ON c.id = e.conversation_id
      LEFT JOIN claims cl ON cl.number = e.payload->>'claimNumber' OR (e.payload->>'claimNumber' IS NULL AND cl.id::text = e.payload->>'claimId')
    WHERE $3::boolean AND (p.conversation_id IS NULL
      OR NOT EXISTS (SELECT 1 FROM parked_events q WHERE q.consumer = p.consumer AND q.conversation_id = p.conversation_id AND q.position < p.position))
    GROUP BY e.id, e.type, e.payload
  ) AS parked`;
