import type { Queries } from '@claimline/database';

/** Small durable facts of inboxes (cursors, access tokens), changed by compare-and-set so that two replicas never both win. */
export class InboxStates {
  async get(queries: Queries, inboxId: string, key: string): Promise<{ readonly value: unknown; readonly version: number } | undefined> {
    const [row] = await queries.query<{ value: unknown; version: number }>({
      name: 'inbox-state-get',
      text: 'SELECT value, version FROM inbox_state WHERE inbox_id = $1 AND key = $2',
      values: [inboxId, key],
    });
    return row;
  }

  /** Writes where the stored version is still `version` (0: none yet); false when somebody else was faster. */
  async set(queries: Queries, inboxId: string, key: string, fact: { readonly value: unknown; readonly version: number }): Promise<boolean> {
    const values = [inboxId, key, JSON.stringify(fact.value ?? null)];
    const rows = await queries.query(
      fact.version === 0
        ? {
            name: 'inbox-state-first',
            text: 'INSERT INTO inbox_state (inbox_id, key, value, version) VALUES ($1, $2, $3, 1) ON CONFLICT DO NOTHING RETURNING 1',
            values,
          }
        : {
            name: 'inbox-state-next',
            text: 'UPDATE inbox_state SET value = $3, version = version + 1 WHERE inbox_id = $1 AND key = $2 AND version = $4 RETURNING 1',
            values: [...values, fact.version],
          },
    );
    return rows.length > 0;
  }
}
