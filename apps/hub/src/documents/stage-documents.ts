import { DocumentDesk, DocumentReminders, DocumentRequests, Documents } from '@claimline/claims';
import type { Transaction } from '@claimline/database';
import { recipientOf, type NoticeSituation, type PlannedNotices } from '@claimline/notifications';
import type { DocumentLink } from './document-link';

interface Parts {
  readonly documents: Documents;
  readonly desk: DocumentDesk;
  readonly requests: DocumentRequests;
  readonly reminders: DocumentReminders;
}

/** A situation with the open list in it, and the request that its notice will have told. */
export interface StageSituation {
  readonly situation: NoticeSituation;
  readonly requestId: string | null;
}

const CODE = 'documents_needed';

/** The claim core moves a claim to `documents`: the notice carries what is open, and counts as the request for it. */
export class StageDocuments {
  constructor(
    private readonly parts: Parts,
    private readonly link: DocumentLink,
  ) {}

  /** What the customer owes becomes the words of the notice; who was asked for all of it already is not told again. */
  async prepare(tx: Transaction, situation: NoticeSituation, claim: { jurisdiction: string; at: Date }): Promise<StageSituation> {
    if (situation.change.stage !== 'documents') return { situation, requestId: null };
    const to = recipientOf({ money: false }, situation);
    const missing = to.party ? await this.parts.documents.missing(tx, situation.claim.id, to.party.id) : [];
    if (missing.length === 0) return { situation, requestId: null };
    const open = missing.filter(({ state }) => state === 'open');
    const { id, number } = situation.claim;
    const desk = { claim: { id, number, jurisdiction: claim.jurisdiction }, by: null, at: claim.at };
    const asked =
      open.length > 0 ? await this.parts.desk.ask(tx, desk, { itemIds: open.map((item) => item.id), overrideReason: null }) : undefined;
    if (!asked || 'refused' in asked) return { situation: { ...situation, toldAlready: [CODE] }, requestId: null };
    const words = await this.link.wordsFor(tx, situation, missing, claim.at);
    // What the claim core counts is its own business; the list is ours.
    const itemCount = situation.claim.facts['itemCount'] ?? words['itemCount']!;
    return { situation: { ...situation, words: { ...words, itemCount } }, requestId: asked.requestId };
  }

  /** The notice was planned: the request has left with it, or could not be told to anybody. */
  async told(tx: Transaction, requestId: string | null, planned: PlannedNotices, at: Date): Promise<void> {
    const request = requestId ? await this.parts.requests.lock(tx, requestId) : undefined;
    const sent = planned.send.find(({ code }) => code === CODE);
    if (request) await this.parts.reminders.told(tx, request, sent?.noticeId ?? null, at);
  }
}
