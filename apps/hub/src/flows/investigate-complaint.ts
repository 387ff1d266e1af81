import type { Transaction } from '@claimline/database';
import { Accounts } from '@claimline/people';
import { Complaints } from '@claimline/quality';
import { found, refuse } from '../http/problem';
import type { ComplaintFactsView } from '../views/complaint-facts.view';
import type { ByPerson, HandleComplaint } from './handle-complaint';

/** A paper as somebody files it. */
export interface FiledPaper {
  readonly kind: 'evidence' | 'note';
  readonly text?: string;
  readonly message?: string;
  readonly attachment?: string;
  readonly role: string;
}

const OFFICE = ['complaints-officer', 'supervisor', 'administrator'];

/** The papers of an investigation, and who has to keep away from it. */
export class InvestigateComplaint {
  constructor(
    private readonly complaints: Complaints,
    private readonly accounts: Accounts,
    private readonly facts: ComplaintFactsView,
    private readonly handle: HandleComplaint,
  ) {}

  /** By those who have a part in it. @throws HubProblem `complaint-step-refused` (`recused`), `not-allowed` */
  async file(tx: Transaction, id: string, paper: FiledPaper, { who, at }: ByPerson): Promise<string> {
    const { complaint } = await this.handle.hold(tx, id, who);
    const hasPart = [complaint.investigatorId, complaint.officerId, complaint.proposalOwnerId].includes(who.id);
    if (!hasPart && !OFFICE.includes(paper.role)) refuse('not-allowed');
    const { kind, text = '', message = null, attachment = null } = paper;
    if (!text.trim() && !message && !attachment) refuse('invalid', { path: 'text' });
    if (message && !(await this.facts.isSaidThere(tx, complaint.conversationId, message, false))) refuse('not-found');
    if (attachment && !(await this.facts.holdsAttachment(tx, complaint.conversationId, attachment))) refuse('not-found');
    await this.complaints.file(tx, complaint, { kind, text, messageId: message, attachmentId: attachment, authorId: who.id, at });
    return id;
  }

  /** Somebody who has a seat in it already has to leave the seat first. */
  async name(tx: Transaction, id: string, against: readonly string[], { who, at }: ByPerson): Promise<string> {
    const { complaint } = await this.handle.hold(tx, id, who);
    for (const account of against) found(await this.accounts.find(tx, account));
    const seats = [who.id, complaint.officerId, complaint.investigatorId, complaint.proposalOwnerId];
    if (seats.some((seat) => seat !== null && against.includes(seat))) refuse('complaint-step-refused', { reason: 'recused' });
    const by = { id: who.id, at };
    await this.complaints.amend(tx, complaint, { against: [...against] }, { act: 'against', facts: { against }, by });
    return id;
  }
}
