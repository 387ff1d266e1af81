import { newId, type Outbox, type Transaction } from '@claimline/database';
import type { ChecklistBook } from './checklist';
import { nextState } from './document-item';
import type { DocumentFile, DocumentItem } from './documents.entity';
import type { DocumentStore } from './documents.repository';
import type { ChecklistSource } from './documents';
import { matchFile, type Candidate, type Match } from './match-file';

/** A stored file of a customer, where it came from, and what was said beside it. */
export interface IncomingDocument {
  readonly attachmentId: string;
  readonly sha256: Buffer;
  readonly contentType: string;
  /** The words of its message and its own name. */
  readonly text: string;
  readonly channel: string;
  readonly sender: string | null;
  readonly contactId: string | null;
  /** The parties of the claim for whom this sender may deliver; empty: anybody's, as a hospital or a garage. */
  readonly partyIds: readonly string[];
  /** Named by the sender on our own page. */
  readonly namedItemId: string | null;
}

/** What became of a file. */
export interface TakenDocument {
  readonly state: DocumentFile['state'];
  readonly item: DocumentItem | null;
  /** For the claim core: it was not known before. */
  readonly isNew: boolean;
}

/** Matches what arrives to what is wanted: received where nothing else could be meant, suggested where a person should look. */
export class DocumentIntake {
  constructor(
    private readonly store: DocumentStore,
    private readonly source: ChecklistSource,
    private readonly outbox: Outbox,
  ) {}

  /** Takes a file in, once: the same attachment again, or the same bytes, change nothing. */
  async take(
    tx: Transaction,
    claim: { readonly id: string; readonly number: string },
    file: IncomingDocument,
    at: Date,
  ): Promise<TakenDocument> {
    await this.store.hold(tx, claim.id);
    const items = await this.store.items(tx, [claim.id]);
    const known = await this.store.files(tx, claim.id);
    const before = known.find(({ attachmentId }) => attachmentId === file.attachmentId);
    const itemOf = (id: string | null): DocumentItem | null => items.find((item) => item.id === id) ?? null;
    if (before) return { state: before.state, item: itemOf(before.itemId), isNew: false };
    // What was rejected may well come again unchanged, and is again no good: a person says so.
    const same = known.find(({ sha256, state }) => sha256.equals(file.sha256) && state !== 'rejected' && state !== 'unmatched');
    const book = await this.source.read(tx);
    const match = same && same.itemId !== null && !file.namedItemId ? undefined : matchFile(asArrived(file), candidates(items, book, file));
    const duplicate = same && (!match || match.itemId === same.itemId);
    const item = duplicate ? itemOf(same.itemId) : itemOf(match?.itemId ?? null);
    const state = duplicate ? 'duplicate' : stateFor(match, item);
    await this.store.addFile(
      tx,
      rowOf(claim.id, file, { itemId: item?.id ?? null, state, why: duplicate ? 'same-file' : (match?.why ?? 'unknown'), at }),
    );
    const received = state === 'received' && item ? await this.receive(tx, claim, item, at) : item;
    if (state === 'suggested' && item) await this.tell(tx, claim, { item, previous: item.state, at });
    return { state, item: received, isNew: state === 'received' };
  }

  private async receive(tx: Transaction, claim: { id: string; number: string }, item: DocumentItem, at: Date): Promise<DocumentItem> {
    const next: DocumentItem = { ...item, state: 'received', reason: null, receivedAt: at, decidedAt: null, decidedBy: null };
    await this.store.saveItem(tx, next);
    await this.tell(tx, claim, { item: next, previous: item.state, at });
    return next;
  }

  private tell(
    tx: Transaction,
    claim: { id: string; number: string },
    { item, previous, at }: { item: DocumentItem; previous: string; at: Date },
  ): Promise<void> {
    return this.outbox.append(tx, at, [
      {
        type: 'document.changed',
        conversationId: null,
        payload: {
          claimId: claim.id,
          claimNumber: claim.number,
          itemId: item.id,
          code: item.code,
          state: item.state,
          previous,
          actorId: null,
        },
      },
    ]);
  }
}

const asArrived = ({ contentType, text, namedItemId }: IncomingDocument) => ({ contentType, text, namedItemId });

function candidates(items: readonly DocumentItem[], { kinds }: ChecklistBook, { partyIds, namedItemId }: IncomingDocument): Candidate[] {
  const mine = items.filter(
    ({ id, partyId }) => id === namedItemId || partyIds.length === 0 || (partyId !== null && partyIds.includes(partyId)),
  );
  return mine.map(({ id, state, code }) => {
    const kind = kinds.find((one) => one.code === code);
    return { id, state, form: kind?.form ?? 'paper', words: kind?.words ?? [] };
  });
}

function stateFor(match: Match | undefined, item: DocumentItem | null): DocumentFile['state'] {
  if (!match || !item) return 'unmatched';
  return match.sure && nextState(item.state, 'receive') ? 'received' : 'suggested';
}

const rowOf = (
  claimId: string,
  file: IncomingDocument,
  { itemId, state, why, at }: { itemId: string | null; state: DocumentFile['state']; why: string; at: Date },
): DocumentFile => ({
  id: newId(at),
  claimId,
  itemId,
  attachmentId: file.attachmentId,
  sha256: file.sha256,
  channel: file.channel,
  sender: file.sender,
  contactId: file.contactId,
  state,
  why,
  arrivedAt: at,
  decidedAt: null,
  decidedBy: null,
});
