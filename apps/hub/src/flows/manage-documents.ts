import { DocumentDesk, Documents, REJECT_REASONS, type AtDesk, type DeskAnswer, type RejectReason } from '@claimline/claims';
import type { Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import type { DecideDocument } from '@claimline/protocol';
import { HubProblem, refuse } from '../http/problem';
import type { Principal } from '../http/principal';
import type { DocumentsClaim } from '../views/documents.view';

/** Who works on which claim's checklist, and when. */
export interface DocumentWork {
  readonly who: Principal;
  readonly claim: DocumentsClaim;
  readonly at: Date;
}

/** What people do with a checklist. Answers with the steps, which can be taken back. */
export class ManageDocuments {
  constructor(
    private readonly documents: Documents,
    private readonly desk: DocumentDesk,
    private readonly audit: Audit,
  ) {}

  /** One message per party, whatever was picked. @throws HubProblem `already-held`, `supplement-once` */
  async ask(
    tx: Transaction,
    work: DocumentWork,
    asked: { readonly items: readonly string[]; readonly overrideReason?: string },
  ): Promise<string[]> {
    const { items } = await this.documents.folder(tx, work.claim.id);
    const wanted = asked.items.map((name) => items.filter(({ id, code }) => id === name || code === name));
    if (wanted.some((found) => found.length === 0)) refuse('not-found');
    const picked = [...new Set(wanted.flat())];
    const steps: string[] = [];
    for (const partyId of new Set(picked.map((item) => item.partyId))) {
      const itemIds = picked.filter((item) => item.partyId === partyId).map(({ id }) => id);
      steps.push(stepOf(await this.desk.ask(tx, this.at(work), { itemIds, overrideReason: asked.overrideReason ?? null })));
    }
    await this.record(tx, work, 'document.request', { items: picked.length, override: asked.overrideReason !== undefined });
    return steps;
  }

  /** @throws HubProblem `edge-not-allowed` where the item cannot go there from where it stands */
  async decide(tx: Transaction, work: DocumentWork, itemName: string, { state, reason }: DecideDocument): Promise<string[]> {
    const { items } = await this.documents.folder(tx, work.claim.id);
    const itemId = items.find(({ id, code }) => id === itemName || code === itemName)?.id ?? refuse('not-found');
    const desk = this.at(work);
    const answer =
      state === 'accepted'
        ? await this.desk.accept(tx, desk, itemId)
        : state === 'rejected'
          ? await this.desk.reject(tx, desk, itemId, rejectReason(reason))
          : await this.desk.settle(tx, desk, itemId, { act: state === 'waived' ? 'waive' : 'receive', reason: waiveReason(state, reason) });
    await this.record(tx, work, `document.${state}`, { item: itemId });
    return [stepOf(answer)];
  }

  async move(tx: Transaction, work: DocumentWork, fileId: string, itemId: string | null): Promise<string[]> {
    const step = stepOf(await this.desk.move(tx, this.at(work), fileId, itemId));
    await this.record(tx, work, 'document.move', { file: fileId });
    return [step];
  }

  async undo(tx: Transaction, work: DocumentWork, steps: readonly string[]): Promise<string[]> {
    for (const step of [...steps].reverse()) stepOf(await this.desk.undo(tx, this.at(work), step));
    await this.record(tx, work, 'document.undo', { steps: steps.length });
    return [];
  }

  private at({ who, claim, at }: DocumentWork): AtDesk {
    return { claim, by: who.kind === 'account' ? who.id : null, at };
  }

  private async record(
    tx: Transaction,
    { who, claim, at }: DocumentWork,
    action: string,
    facts: Record<string, string | number | boolean>,
  ): Promise<void> {
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'claim', subjectId: claim.id, facts, at });
  }
}

function stepOf(answer: DeskAnswer): string {
  if (!('refused' in answer)) return answer.stepId;
  if (answer.refused === 'not-found') refuse('not-found');
  return refuse(answer.refused, { items: answer.items.join(', ') });
}

const isReason = (reason: string | undefined): reason is RejectReason => REJECT_REASONS.some((one) => one === reason);

function rejectReason(reason: string | undefined): RejectReason {
  if (isReason(reason)) return reason;
  throw new HubProblem('invalid', {}, [{ path: 'reason', problem: `one of ${REJECT_REASONS.join(', ')}` }]);
}

function waiveReason(state: string, reason: string | undefined): string | null {
  if (state === 'waived' && !reason) throw new HubProblem('invalid', {}, [{ path: 'reason', problem: 'say why it is not needed' }]);
  return reason ?? null;
}
