import { Reports, type FnolDraft, type Refusal, type ReportedBy } from '@claimline/claims';
import { Contacts, Conversations, maySee, type Viewer } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { Tasks, TaskStore } from '@claimline/quality';
import { HubProblem } from '../http/problem';

/** Who touches which report. */
export interface ReportTouch {
  readonly viewer: Viewer;
  readonly id: string;
  readonly by: ReportedBy;
}

type Work = (draft: FnolDraft) => Promise<Refusal | undefined>;

/** What somebody does to a report: fills it in, submits it, says that it is none of the similar ones, puts it away. Whoever takes it up again ends its callback. */
export class ManageReport {
  constructor(
    private readonly reports: Reports,
    private readonly conversations: Conversations,
    private readonly tasks: Tasks,
    private readonly taskStore: TaskStore,
    private readonly contacts: Contacts,
  ) {}

  /** Tells the claim core of it, once. */
  submit(tx: Transaction, viewer: Viewer, id: string, by: ReportedBy): Promise<void> {
    return this.change(tx, { viewer, id, by }, async (draft) => {
      const contact = draft.contactId ? await this.contacts.find(tx, draft.contactId) : undefined;
      const reporter = contact ? { id: contact.id, externalId: contact.external_id } : null;
      return this.reports.submit(tx, draft, by, { contact: reporter, reader: viewer });
    });
  }

  /**
   * Does `work` to the report while it and its conversation are held.
   * @throws HubProblem `not-found`, `report-closed`, `report-incomplete`, `loss-in-future`, `possible-duplicate`
   */
  async change(tx: Transaction, { viewer, id, by }: ReportTouch, work: Work): Promise<void> {
    const draft = await this.hold(tx, viewer, id);
    const refusal = await work(draft);
    if (refusal) throw problemOf(refusal);
    if (draft.remindedAt) await this.endCallback(tx, draft, by);
  }

  // The conversation first: every change of a report is an event of it.
  private async hold(tx: Transaction, viewer: Viewer, id: string): Promise<FnolDraft> {
    const known = await this.reports.find(tx, id);
    const conversation = known?.conversationId ? await this.conversations.lock(tx, known.conversationId) : undefined;
    const draft = await this.reports.lock(tx, id);
    if (!draft || !maySee(viewer, conversation ?? { restricted_to: null, brand_id: draft.brandId })) throw new HubProblem('not-found');
    return draft;
  }

  private async endCallback(tx: Transaction, draft: FnolDraft, { accountId, at }: ReportedBy): Promise<void> {
    const task = await this.taskStore.byKey(tx, `report:${draft.id}:${draft.version}`);
    if (task) await this.tasks.cancel(tx, task.id, { outcome: 'taken-up', by: accountId, at });
  }
}

function problemOf(refusal: Refusal): HubProblem {
  if (refusal.why === 'closed') return new HubProblem('report-closed');
  if (refusal.why === 'loss-in-future')
    return new HubProblem('loss-in-future', {}, [{ path: 'fields.lossDate', problem: 'lies in the future' }]);
  if (refusal.why === 'possible-duplicate')
    return new HubProblem('possible-duplicate', { of: refusal.of.map(({ reference }) => reference).join(', ') });
  const fields = refusal.fields.map((field) => ({ path: `fields.${field}`, problem: 'is needed' }));
  return new HubProblem('report-incomplete', { fields: refusal.fields.join(', ') }, fields);
}
