import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** Whether customers have anything that somebody may not see: who moves a whole customer moves that too. */
export class ContactWall {
  /** True where a conversation of theirs, or a claim that they are a party of, is hidden from this person. */
  async hides(queries: Queries, viewer: Viewer, contactIds: readonly string[]): Promise<boolean> {
    const [row] = await queries.query<{ hidden: boolean }>({
      name: 'contact-wall',
      text: `SELECT EXISTS (SELECT FROM conversations c WHERE c.contact_id = ANY ($3::uuid[]) AND NOT (${visibleTo('c', 1)}))
               OR EXISTS (SELECT FROM claim_parties p JOIN claims cl ON cl.id = p.claim_id WHERE p.contact_id = ANY ($3::uuid[]) AND NOT ${claimVisibleTo('cl', 1)}) AS hidden`,
      values: [...visibleValues(viewer), contactIds],
    });
    return row!.hidden;
  }
}
