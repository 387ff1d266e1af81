import type { Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ViewCounts } from '@claimline/protocol';
import { ConversationList } from './conversation-list.view';

/** The numbers beside the views, for one person. */
export class InboxCounts {
  constructor(
    private readonly queries: Queries,
    private readonly list: ConversationList,
  ) {}

  async of(viewer: Viewer): Promise<ViewCounts> {
    const [views, [beside]] = await Promise.all([
      this.list.counts(viewer),
      this.queries.query<{ needsLook: number; tasks: number }>({
        name: 'inbox-counts-beside',
        text: `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM needs_look WHERE state = 'open' LIMIT 1000) AS counted) AS "needsLook",
                      (SELECT count(*)::int FROM (SELECT 1 FROM tasks WHERE state = 'open' AND owner_id = $1 LIMIT 1000) AS counted) AS tasks`,
        values: [viewer.id],
      }),
    ]);
    return { views, ...beside! };
  }
}
