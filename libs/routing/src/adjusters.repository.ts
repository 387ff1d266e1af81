import type { Queries } from '@claimline/database';
import type { Adjuster, Presence } from './adjuster';

/** What an administrator says of an adjuster. What is left out keeps the value it has, or gets the default of the table. */
export type AdjusterProfile = Partial<
  Pick<
    Adjuster,
    'teamIds' | 'brandIds' | 'channels' | 'lines' | 'languages' | 'licences' | 'authority' | 'groups' | 'timeZone' | 'capacity' | 'active'
  >
>;

/** Whose presence has become what. */
export interface PresenceChange {
  readonly accountId: string;
  readonly state: Presence;
}

const LIVE = `EXISTS (SELECT 1 FROM presence_connections live WHERE live.account_id = adjusters.account_id AND live.until > now())`;

const DEPARTMENT = `
  SELECT adjusters.account_id AS id, active, team_ids AS "teamIds", brand_ids AS "brandIds", channels, lines, languages, licences, authority,
         groups, time_zone AS "timeZone", capacity, used, presence_since AS "presenceSince", idle_since AS "idleSince",
         coalesce(load.items, 0) AS "openItems", coalesce(load.by_work, '{}') AS "usedBy",
         CASE WHEN ${LIVE} THEN presence ELSE 'offline' END AS presence
  FROM adjusters
  LEFT JOIN (
    SELECT account_id, sum(items)::int AS items, jsonb_object_agg(work, units) AS by_work
    FROM (SELECT account_id, work, count(*) AS items, sum(units_held)::int AS units FROM work_items WHERE state = 'reserved' GROUP BY account_id, work) AS per_work
    GROUP BY account_id
  ) AS load ON load.account_id = adjusters.account_id
`;

const PUT = `
  INSERT INTO adjusters (account_id, team_ids, brand_ids, channels, lines, languages, licences, authority, groups, time_zone, capacity, active)
  VALUES ($1, coalesce($2::uuid[], '{}'), coalesce($3::uuid[], '{}'), coalesce($4::text[], '{}'), coalesce($5::jsonb, '{}'), coalesce($6::jsonb, '{}'),
          coalesce($7::jsonb, '{}'), coalesce($8::jsonb, '{}'), coalesce($9::text[], '{}'), coalesce($10, 'UTC'), coalesce($11, 100), coalesce($12, true))
  ON CONFLICT (account_id) DO UPDATE SET
    team_ids = coalesce($2::uuid[], adjusters.team_ids), brand_ids = coalesce($3::uuid[], adjusters.brand_ids), channels = coalesce($4::text[], adjusters.channels),
    lines = coalesce($5::jsonb, adjusters.lines), languages = coalesce($6::jsonb, adjusters.languages), licences = coalesce($7::jsonb, adjusters.licences),
    authority = coalesce($8::jsonb, adjusters.authority), groups = coalesce($9::text[], adjusters.groups), time_zone = coalesce($10, adjusters.time_zone),
    capacity = coalesce($11, adjusters.capacity), active = coalesce($12, adjusters.active),
    over_capacity = greatest(0, adjusters.used - coalesce($11, adjusters.capacity))
`;

/** Adjusters and whether they are there. Connections expire by the database's own clock, like leases: a shifted demo clock sends nobody home. */
export class Adjusters {
  /** Makes or changes a profile. */
  async put(queries: Queries, accountId: string, profile: AdjusterProfile): Promise<void> {
    const json = (value: object | undefined): string | null => (value ? JSON.stringify(value) : null);
    await queries.query({
      name: 'adjuster-put',
      text: PUT,
      values: [
        accountId,
        profile.teamIds ?? null,
        profile.brandIds ?? null,
        profile.channels ?? null,
        json(profile.lines),
        json(profile.languages),
        json(profile.licences),
        json(profile.authority),
        profile.groups ?? null,
        profile.timeZone ?? null,
        profile.capacity ?? null,
        profile.active ?? null,
      ],
    });
  }

  /** Everybody who could be chosen, in one statement, by id. */
  async department(queries: Queries): Promise<Adjuster[]> {
    return await queries.query<Adjuster>({
      name: 'adjusters-department',
      text: `${DEPARTMENT} WHERE active ORDER BY adjusters.account_id`,
      values: [],
    });
  }

  async find(queries: Queries, accountId: string): Promise<Adjuster | undefined> {
    const [adjuster] = await queries.query<Adjuster>({
      name: 'adjuster-find',
      text: `${DEPARTMENT} WHERE adjusters.account_id = $1`,
      values: [accountId],
    });
    return adjuster;
  }

  /** A connection of this hub's says that it lives, for so many more seconds. Nothing happens for accounts that are no adjusters. */
  async beat(
    queries: Queries,
    beat: { accountIds: readonly string[]; hub: string; seconds: number; now: Date },
  ): Promise<PresenceChange[]> {
    return await queries.query<PresenceChange>({
      name: 'presence-beat',
      text: `WITH beat AS (
               INSERT INTO presence_connections (account_id, hub, until) SELECT account_id, $2, now() + $3::int * interval '1 second' FROM adjusters WHERE account_id = ANY ($1::uuid[])
               ON CONFLICT (account_id, hub) DO UPDATE SET until = excluded.until
             )
             UPDATE adjusters SET presence = chosen_presence, presence_since = $4, idle_since = coalesce(idle_since, $4)
             WHERE account_id = ANY ($1::uuid[]) AND presence <> chosen_presence RETURNING account_id AS "accountId", presence AS state`,
      values: [beat.accountIds, beat.hub, beat.seconds, beat.now],
    });
  }

  /** Everybody who is connected at this hub still is; returns who they are. Whoever is missing had already been taken for gone and wants a {@link beat}. */
  async renew(queries: Queries, hub: string, seconds: number): Promise<string[]> {
    const rows = await queries.query<{ account: string }>({
      name: 'presence-renew',
      text: `UPDATE presence_connections SET until = now() + $2::int * interval '1 second' WHERE hub = $1 RETURNING account_id AS account`,
      values: [hub, seconds],
    });
    return rows.map(({ account }) => account);
  }

  /** The last connection at this hub is gone: offline, unless another hub still has one. */
  async leave(queries: Queries, accountIds: readonly string[], hub: string, now: Date): Promise<PresenceChange[]> {
    return await queries.query<PresenceChange>({
      name: 'presence-leave',
      text: `WITH gone AS (DELETE FROM presence_connections WHERE account_id = ANY ($1::uuid[]) AND hub = $2)
             UPDATE adjusters SET presence = 'offline', presence_since = $3
             WHERE account_id = ANY ($1::uuid[]) AND presence <> 'offline'
               AND NOT EXISTS (SELECT 1 FROM presence_connections c WHERE c.account_id = adjusters.account_id AND hub <> $2 AND until > now())
             RETURNING account_id AS "accountId", presence AS state`,
      values: [accountIds, hub, now],
    });
  }

  /** What somebody says of themselves; counts while a connection lives. */
  async choose(queries: Queries, accountId: string, state: Exclude<Presence, 'offline'>, now: Date): Promise<PresenceChange[]> {
    return await queries.query<PresenceChange>({
      name: 'presence-choose',
      text: `UPDATE adjusters SET chosen_presence = $2, presence = CASE WHEN ${LIVE} THEN $2 ELSE 'offline' END, presence_since = $3
             WHERE account_id = $1 AND (chosen_presence <> $2 OR presence <> $2) RETURNING account_id AS "accountId", presence AS state`,
      values: [accountId, state, now],
    });
  }

  async isConnected(queries: Queries, accountId: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'presence-live',
      text: 'SELECT 1 FROM presence_connections WHERE account_id = $1 AND until > now()',
      values: [accountId],
    });
    return rows.length > 0;
  }

  /** Whoever has not been heard of in time (a crashed hub, a cut cable) is offline. */
  async expire(queries: Queries, now: Date): Promise<PresenceChange[]> {
    return await queries.query<PresenceChange>({
      name: 'presence-expire',
      text: `WITH gone AS (DELETE FROM presence_connections WHERE until <= now())
             UPDATE adjusters SET presence = 'offline', presence_since = $1 WHERE presence <> 'offline' AND NOT ${LIVE}
             RETURNING account_id AS "accountId", presence AS state`,
      values: [now],
    });
  }
}
