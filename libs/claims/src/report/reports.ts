import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import type { ClaimEvent } from '../events';
import type { ClaimCoreLine } from '../line-out/claim-core-line';
import type { ClaimReader } from '../visible-to';
import type { FnolDraft, FnolDrafts, NewFnolDraft } from './fnol-drafts.repository';
import { dayIn, isInFuture, refusalOf, toldReport, type Refusal, type SimilarLoss } from './report';
import { changedFields, type ReportChange } from './report-fields';

/** Who does something to a report, and when. Null: the customer, or a program. */
export interface ReportedBy {
  readonly accountId: string | null;
  readonly at: Date;
}

/** First notices of loss: begun from anywhere, filled by many hands, told to the claim core once. Where one belongs to a conversation, the caller holds its row. */
export class Reports {
  constructor(
    private readonly drafts: FnolDrafts,
    private readonly line: ClaimCoreLine,
    private readonly outbox: Outbox,
  ) {}

  /** Begins a report, or finds the open one of the conversation. */
  async begin(
    tx: Transaction,
    wish: Omit<NewFnolDraft, 'id' | 'createdAt' | 'createdBy'>,
    { accountId, at }: ReportedBy,
  ): Promise<{ draft: FnolDraft; made: boolean }> {
    const begun = await this.drafts.begin(tx, { ...wish, id: newId(at), createdBy: accountId, createdAt: at });
    if (begun.made) await this.tell(tx, begun.draft, at);
    return begun;
  }

  find(queries: Queries, id: string): Promise<FnolDraft | undefined> {
    return this.drafts.find(queries, id);
  }

  lock(tx: Transaction, id: string): Promise<FnolDraft | undefined> {
    return this.drafts.lock(tx, id);
  }

  similar(queries: Queries, draft: FnolDraft, reader: ClaimReader): Promise<SimilarLoss[]> {
    return this.drafts.similar(queries, draft, reader);
  }

  /** Fills fields in. A loss of a day that has not come is refused. */
  async fill(tx: Transaction, draft: FnolDraft, change: ReportChange, { at }: ReportedBy): Promise<Refusal | undefined> {
    if (draft.state !== 'open') return { why: 'closed' };
    const fields = changedFields(draft.fields, change);
    if (isInFuture(fields.lossDate, dayIn(fields.timeZone, at))) return { why: 'loss-in-future' };
    await this.drafts.saveFields(tx, draft.id, fields, at);
    await this.tell(tx, { ...draft, state: 'open' }, at);
    return undefined;
  }

  /**
   * Tells the claim core, once: who submits again is answered that it is done. `contact`: the reporter, by our id and the claim core's.
   * Only what `reader` may know of stands against it: nobody can judge a duplicate that is hidden from them, the claim core can.
   */
  async submit(
    tx: Transaction,
    draft: FnolDraft,
    { accountId, at }: ReportedBy,
    { contact, reader }: { contact: { readonly id: string; readonly externalId: string | null } | null; reader: ClaimReader },
  ): Promise<Refusal | undefined> {
    if (draft.state === 'submitted' || draft.state === 'reported') return undefined;
    const similar = await this.drafts.similar(tx, draft, reader);
    const refusal = refusalOf(draft, { today: dayIn(draft.fields.timeZone, at), similar });
    if (refusal) return refusal;
    await this.drafts.submit(tx, draft.id, accountId, at);
    await this.line.publish(
      tx,
      {
        type: 'fnol.submitted',
        subject: draft.id,
        data: {
          draftId: draft.id,
          channel: draft.channel,
          lossStatedAt: draft.lossStatedAt.toISOString(),
          conversationId: draft.conversationId,
          contact,
          report: toldReport(draft.fields),
        },
      },
      at,
    );
    await this.tell(tx, { ...draft, state: 'submitted' }, at);
    return undefined;
  }

  /** The claim core has made a claim of it. Undefined: there is no such report, or it is a claim already. */
  async bind(tx: Transaction, id: string, claimNumber: string, at: Date): Promise<FnolDraft | undefined> {
    const draft = await this.drafts.lock(tx, id);
    if (!draft || draft.state === 'reported') return undefined;
    await this.drafts.bind(tx, id, claimNumber, at);
    await this.tell(tx, { ...draft, state: 'reported' }, at);
    return draft;
  }

  /** A person has looked: it is not one of these. */
  async setApart(tx: Transaction, draft: FnolDraft, references: readonly string[], { at }: ReportedBy): Promise<void> {
    await this.drafts.setApart(tx, draft.id, references, at);
    await this.tell(tx, draft, at);
  }

  /** Puts a report away, or takes it back; a submitted one is the claim core's. */
  async put(tx: Transaction, draft: FnolDraft, state: 'open' | 'discarded', { at }: ReportedBy): Promise<Refusal | undefined> {
    if (draft.state !== 'open' && draft.state !== 'discarded') return { why: 'closed' };
    await this.drafts.setState(tx, draft.id, state, at);
    await this.tell(tx, { ...draft, state }, at);
    return undefined;
  }

  private tell(tx: Transaction, draft: Pick<FnolDraft, 'id' | 'state' | 'conversationId'>, at: Date): Promise<void> {
    const event: ClaimEvent = {
      type: 'report.changed',
      conversationId: draft.conversationId,
      payload: { reportId: draft.id, state: draft.state },
    };
    return this.outbox.append(tx, at, [event]);
  }
}
