import { Reports, type FnolDraft, type ReportChange, type ReportedBy, type ReportFields } from '@claimline/claims';
import { Conversations, maySee, type Viewer } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { HubProblem } from '../http/problem';
import { lossStatedAt, prefilled } from '../report/prefill';
import { BrandView } from '../views/brand.view';
import { ReportGroundView } from '../views/report-ground.view';

/** From where a report is begun. */
export interface ReportStart {
  readonly conversationId?: string;
  readonly channel?: string;
  readonly fields?: ReportFields;
}

/** Begins a report from a conversation, with what its customer has told already, or goes on with the open one; or begins one from nothing but a call. */
export class BeginReport {
  constructor(
    private readonly reports: Reports,
    private readonly conversations: Conversations,
    private readonly ground: ReportGroundView,
    private readonly brands: BrandView,
  ) {}

  async begin(tx: Transaction, viewer: Viewer, start: ReportStart, by: ReportedBy): Promise<{ draft: FnolDraft; made: boolean }> {
    if (!start.conversationId) return this.fromNothing(tx, viewer, start, by);
    const conversation = await this.conversations.lock(tx, start.conversationId);
    if (!conversation || !maySee(viewer, conversation)) throw new HubProblem('not-found');
    const ground = await this.ground.of(tx, conversation);
    const told = prefilled(ground, conversation.channel);
    const begun = await this.reports.begin(
      tx,
      {
        brandId: conversation.brand_id,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        channel: start.channel ?? conversation.channel,
        fields: { ...told, ...start.fields },
        lossStatedAt: lossStatedAt(ground, by.at),
      },
      by,
    );
    if (!begun.made) await this.fillUp(tx, begun.draft, { ...told, ...start.fields }, by);
    return begun;
  }

  private async fromNothing(
    tx: Transaction,
    viewer: Viewer,
    start: ReportStart,
    by: ReportedBy,
  ): Promise<{ draft: FnolDraft; made: boolean }> {
    const brand = await this.brands.first(viewer.brandIds);
    return this.reports.begin(
      tx,
      {
        brandId: brand.id,
        conversationId: null,
        contactId: null,
        channel: start.channel ?? 'console',
        fields: { timeZone: brand.time_zone, ...start.fields },
        lossStatedAt: by.at,
      },
      by,
    );
  }

  // What came since it was left: only what nobody has answered yet, and the new files.
  private async fillUp(tx: Transaction, draft: FnolDraft, told: ReportFields, by: ReportedBy): Promise<void> {
    const fresh = Object.entries(told).filter(([name]) => name === 'evidence' || draft.fields[name as keyof ReportFields] === undefined);
    const evidence = [...new Set([...(draft.fields.evidence ?? []), ...(told.evidence ?? [])])];
    const known = fresh.length === (told.evidence ? 1 : 0) && evidence.length === (draft.fields.evidence ?? []).length;
    if (!known)
      await this.reports.fill(tx, draft, { ...Object.fromEntries(fresh), ...(evidence.length > 0 && { evidence }) } as ReportChange, by);
  }
}
