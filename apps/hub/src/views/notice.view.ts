import { mayReadClaim } from '@claimline/claims';
import type { Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { Notices, type NoticeRecord } from '@claimline/notifications';
import type { NoticeWhy } from '@claimline/protocol';

/** "Why?": how a notice came about, was told, or not. */
export class NoticeView {
  constructor(
    private readonly queries: Queries,
    private readonly notices: Notices,
  ) {}

  async why(viewer: Viewer, id: string): Promise<NoticeWhy | undefined> {
    const notice = await this.notices.find(this.queries, id);
    const [claim] = notice
      ? await this.queries.query<{ flags: string[]; brand_id: string; who: string | null }>({
          name: 'notice-why-claim',
          text: CLAIM,
          values: [notice.claimId, notice.contactId],
        })
      : [];
    if (!notice || !claim || !mayReadClaim(viewer, claim)) return undefined;
    return describe(notice, claim.who);
  }
}

const CLAIM = 'SELECT c.flags, c.brand_id, k.name AS who FROM claims c LEFT JOIN contacts k ON k.id = $2 WHERE c.id = $1';

function describe({ trace, ...notice }: NoticeRecord, who: string | null): NoticeWhy {
  const { change } = trace;
  return {
    id: notice.id,
    code: notice.code,
    claim: notice.claimNumber,
    state: notice.state,
    reason: notice.reason,
    who,
    event: { id: notice.claimEventId, stage: change.stage, subStatus: change.subStatus, at: change.occurredAt },
    rule: { ...trace.rule, chain: [...trace.rule.chain] },
    template: trace.template,
    consent: trace.consent.map(({ channel, purpose, state, since }) => ({ channel, purpose, state, since })),
    skipped: trace.skipped.map(({ channel, reason }) => ({ channel, reason })),
    attempts: trace.attempts.map(({ step, state, reason, at }) => ({ channel: notice.plan[step]?.channel ?? '', state, reason, at })),
    proof: trace.proof && { channel: trace.proof.channel, state: trace.proof.state, at: trace.proof.at },
    heldUntil: notice.heldUntil?.toISOString() ?? null,
    tellMs: notice.state === 'told' && notice.settledAt ? notice.settledAt.getTime() - notice.occurredAt.getTime() : null,
  };
}
