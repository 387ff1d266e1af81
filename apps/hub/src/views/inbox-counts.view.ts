import type { Queries } from '@claimline/database';
import type { ViewCounts } from '@claimline/protocol';
import { ConversationList } from './conversation-list.view';
import { ITEM_TABLES, ITEM_VISIBLE, lookValues, PARKED_EVENTS, type LookingPerson } from './needs-look-items';

/** The numbers beside the views, for one person. */
export class InboxCounts {
  constructor(
    private readonly queries: Queries,
    private readonly list: ConversationList,
  ) {}

  async of(viewer: LookingPerson): Promise<ViewCounts> {
    const [views, [beside]] = await Promise.all([
      this.list.counts(viewer),
      this.queries.query<{ needsLook: number; tasks: number }>({
        name: 'inbox-counts-beside',
        text: `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM ${ITEM_TABLES} WHERE n.state = 'open' AND ${ITEM_VISIBLE} UNION ALL SELECT 1 FROM (${PARKED_EVENTS}) AS p LIMIT 1000) AS counted) AS "needsLook",
                      (SELECT count(*)::int FROM (SELECT 1 FROM tasks WHERE state = 'open' AND owner_id = $4 LIMIT 1000) AS counted) AS tasks`,
        values: [...lookValues(viewer), viewer.id],
      }),
    ]);
    return { views, ...beside! };
  }
}
