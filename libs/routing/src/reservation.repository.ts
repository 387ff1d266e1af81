// The four statements that move units. Each takes or gives the item and the adjuster's load together, so that no crash and no race can
// leave one without the other: used is always the sum of the units held.

// Kinds of work that the new one pushes aside do not count as taken.
const MOVABLE = `(SELECT coalesce(sum(units_held), 0)::int FROM work_items AS held WHERE held.account_id = adjusters.account_id AND held.state = 'reserved' AND held.work = ANY($5::text[]))`;

/**
 * $1 item, $2 accounts in order of preference, $3 now, $4 units of each that were taken when they were chosen (null: any), $5 work that is
 * pushed aside, $6 stands in for, $7 returns. Takes the first who is there, has room and is as loaded as was believed.
 */
const reserve = (onLocked: '' | 'SKIP LOCKED'): string => `
  WITH item AS MATERIALIZED (
    SELECT id, units FROM work_items WHERE id = $1 AND state = 'waiting' FOR UPDATE
  ), choice AS MATERIALIZED (
    SELECT adjusters.account_id, item.units FROM item, unnest($2::uuid[], $4::int[]) WITH ORDINALITY AS wish(account_id, seen, n)
    JOIN adjusters ON adjusters.account_id = wish.account_id
    WHERE adjusters.active AND adjusters.presence = 'online' AND (wish.seen IS NULL OR adjusters.used = wish.seen)
      AND adjusters.used - ${MOVABLE} + item.units <= adjusters.capacity
      AND EXISTS (SELECT 1 FROM presence_connections AS live WHERE live.account_id = adjusters.account_id AND live.until > now())
    ORDER BY wish.n LIMIT 1 FOR UPDATE OF adjusters ${onLocked}
  ), parked AS (
    UPDATE work_items SET units_held = 0, interrupted_by = $1
    FROM (SELECT held.id, held.units_held AS units FROM work_items AS held JOIN choice USING (account_id)
          WHERE held.state = 'reserved' AND held.units_held > 0 AND held.work = ANY($5::text[]) FOR UPDATE OF held) AS moved
    WHERE work_items.id = moved.id RETURNING moved.units
  ), taken AS (
    UPDATE adjusters SET used = used - (SELECT coalesce(sum(units), 0)::int FROM parked) + choice.units, idle_since = $3
    FROM choice WHERE adjusters.account_id = choice.account_id RETURNING adjusters.account_id
  )
  UPDATE work_items SET state = 'reserved', account_id = taken.account_id, units_held = work_items.units, reserved_at = $3, next_ring_at = NULL,
                        stands_in_for = $6, returns = $7
  FROM taken WHERE work_items.id = $1 RETURNING work_items.account_id AS "accountId"`;

/** Waits for an adjuster who is being given something else at this instant. */
export const RESERVE = reserve('');
/** Passes over whoever is being given something else at this instant: fifty contacts at once find fifty adjusters, not one after another the same. */
export const RESERVE_AMONG = reserve('SKIP LOCKED');

/** $1 item, $2 account, $3 now. */
export const TAKE = `
  WITH item AS MATERIALIZED (
    SELECT id, units FROM work_items WHERE id = $1 AND state = 'waiting' FOR UPDATE
  ), taken AS (
    UPDATE adjusters SET used = used + item.units, over_capacity = greatest(0, used + item.units - capacity), idle_since = $3
    FROM item WHERE adjusters.account_id = $2 RETURNING adjusters.account_id
  )
  UPDATE work_items SET state = 'reserved', account_id = taken.account_id, units_held = work_items.units, reserved_at = $3, next_ring_at = NULL,
                        stands_in_for = NULL, returns = NULL
  FROM taken WHERE work_items.id = $1 RETURNING work_items.id`;

/** $1 item, $2 now. */
export const HOLD = `
  WITH item AS MATERIALIZED (
    SELECT id, account_id, units, units_held FROM work_items
    WHERE id = $1 AND state = 'reserved' AND units_held < units AND interrupted_by IS NULL FOR UPDATE
  ), taken AS (
    UPDATE adjusters SET used = used + item.units - item.units_held, idle_since = $2 FROM item
    WHERE adjusters.account_id = item.account_id AND used + item.units - item.units_held <= capacity RETURNING adjusters.account_id
  )
  UPDATE work_items SET units_held = work_items.units FROM taken WHERE work_items.id = $1 RETURNING work_items.id`;

/** $1 item, $2 state that it goes to, $3 now, $4 since when rings are counted. What it had interrupted goes on. */
export const RELEASE = `
  WITH item AS MATERIALIZED (
    SELECT id, account_id, units_held FROM work_items WHERE id = $1 AND state <> 'done' FOR UPDATE
  ), resumed AS (
    UPDATE work_items SET units_held = work_items.units, interrupted_by = NULL FROM item
    WHERE interrupted_by = item.id AND work_items.state = 'reserved' RETURNING work_items.units
  ), given AS (
    UPDATE adjusters SET used = used - item.units_held + back.units, over_capacity = greatest(0, used - item.units_held + back.units - capacity), idle_since = $3
    FROM item, (SELECT coalesce(sum(units), 0)::int AS units FROM resumed) AS back WHERE adjusters.account_id = item.account_id
  )
  UPDATE work_items SET
    state = $2, units_held = 0, interrupted_by = NULL,
    account_id = CASE WHEN $2 = 'waiting' THEN NULL ELSE work_items.account_id END,
    ring_since = CASE WHEN $2 = 'waiting' THEN $4 ELSE ring_since END,
    stands_in_for = CASE WHEN $2 = 'waiting' THEN NULL ELSE stands_in_for END,
    returns = CASE WHEN $2 = 'waiting' THEN NULL ELSE returns END,
    done_at = CASE WHEN $2 = 'done' THEN $3::timestamptz END
  FROM item WHERE work_items.id = item.id RETURNING work_items.id`;
