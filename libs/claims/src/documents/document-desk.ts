import type { Outbox, Transaction } from '@claimline/database';
import { decideAsking, GRACE_MS } from './ask-once';
import type { DocumentRequests } from './document-requests.repository';
import { nextState, type DocumentAct, type RejectReason } from './document-item';
import type { DocumentFile, DocumentItem } from './documents.entity';
import type { DocumentStore, Snapshot } from './documents.repository';

/** The claim whose checklist a person works on, and who. */
export interface AtDesk {
  readonly claim: { readonly id: string; readonly number: string; readonly jurisdiction: string };
  readonly by: string | null;
  readonly at: Date;
}

/** A step that was done, to be taken back by its id; or why it was not. */
export type DeskAnswer =
  | { readonly stepId: string; readonly requestId: string | null }
  | { readonly refused: 'already-held' | 'supplement-once' | 'edge-not-allowed' | 'not-found'; readonly items: readonly string[] };

const EMPTY: Snapshot = { items: [], files: [], requestId: null };

/** What people do with a checklist: ask, accept, reject, waive, move a file, take a step back. One claim at a time. */
export class DocumentDesk {
  constructor(
    private readonly store: DocumentStore,
    private readonly requests: DocumentRequests,
    private readonly outbox: Outbox,
  ) {}

  /** Asks one party for several items in one message, which leaves a moment later. */
  async ask(
    tx: Transaction,
    desk: AtDesk,
    asked: { readonly itemIds: readonly string[]; readonly overrideReason: string | null },
  ): Promise<DeskAnswer> {
    const all = await this.held(tx, desk);
    const items = all.filter(({ id }) => asked.itemIds.includes(id));
    const partyId = items[0]?.partyId ?? null;
    if (items.length !== new Set(asked.itemIds).size || items.some((item) => item.partyId !== partyId))
      return { refused: 'not-found', items: [] };
    const earlier = (await this.requests.ofClaim(tx, desk.claim.id)).filter((request) => request.partyId === partyId);
    const { overrideReason } = asked;
    const { jurisdiction } = desk.claim;
    const decision = decideAsking({ items, earlier, jurisdiction, overrideReason, now: desk.at });
    if (decision.then === 'refuse') return { refused: decision.code, items: decision.items };
    const itemIds = items.map(({ id }) => id);
    const requestId =
      decision.then === 'join' && (await this.requests.join(tx, decision.requestId, itemIds))
        ? decision.requestId
        : await this.requests.add(
            tx,
            {
              claimId: desk.claim.id,
              partyId,
              kind: 'request',
              itemIds,
              round: decision.then === 'ask' ? decision.round : 1,
              overrideReason,
              requestedBy: desk.by,
              tellAt: decision.then === 'ask' ? decision.tellAt : new Date(desk.at.getTime() + GRACE_MS),
            },
            desk.at,
          );
    for (const item of items) await this.change(tx, desk, item, { act: 'request' });
    return this.step(tx, desk, 'request', { ...EMPTY, items, requestId });
  }

  /** The document is good: it is held from now on, with every file that stands for it. */
  async accept(tx: Transaction, desk: AtDesk, itemId: string): Promise<DeskAnswer> {
    const item = (await this.held(tx, desk)).find(({ id }) => id === itemId);
    if (!item) return { refused: 'not-found', items: [] };
    const files = (await this.store.files(tx, desk.claim.id)).filter((file) => file.itemId === itemId && isLive(file));
    // A suggestion that is accepted has been confirmed by that.
    const received = item.state === 'received' || files.length === 0 ? item : { ...item, state: 'received' as const, receivedAt: desk.at };
    if (!nextState(received.state, 'accept')) return { refused: 'edge-not-allowed', items: [item.code] };
    await this.change(tx, desk, received, { act: 'accept' });
    await this.settleFiles(tx, desk, files, 'accepted');
    return this.step(tx, desk, 'accept', { ...EMPTY, items: [item], files });
  }

  /** The document is of no use: the customer is asked for it again, once, a moment later. */
  async reject(tx: Transaction, desk: AtDesk, itemId: string, reason: RejectReason): Promise<DeskAnswer> {
    const item = (await this.held(tx, desk)).find(({ id }) => id === itemId);
    if (!item) return { refused: 'not-found', items: [] };
    const files = (await this.store.files(tx, desk.claim.id)).filter((file) => file.itemId === itemId && isLive(file));
    const received = item.state === 'received' || files.length === 0 ? item : { ...item, state: 'received' as const, receivedAt: desk.at };
    if (!nextState(received.state, 'reject')) return { refused: 'edge-not-allowed', items: [item.code] };
    await this.change(tx, desk, received, { act: 'reject', reason });
    await this.settleFiles(tx, desk, files, 'rejected');
    const requestId = await this.askAgain(tx, desk, item);
    return this.step(tx, desk, 'reject', { items: [item], files, requestId });
  }

  /** It is not needed after all, or it came on paper. */
  async settle(
    tx: Transaction,
    desk: AtDesk,
    itemId: string,
    done: { act: 'waive' | 'receive'; reason: string | null },
  ): Promise<DeskAnswer> {
    const item = (await this.held(tx, desk)).find(({ id }) => id === itemId);
    if (!item) return { refused: 'not-found', items: [] };
    if (!nextState(item.state, done.act)) return { refused: 'edge-not-allowed', items: [item.code] };
    await this.change(tx, desk, item, done);
    return this.step(tx, desk, done.act, { ...EMPTY, items: [item] });
  }

  /** A file is for another item than was thought, or (null) for none. */
  async move(tx: Transaction, desk: AtDesk, fileId: string, toItemId: string | null): Promise<DeskAnswer> {
    const items = await this.held(tx, desk);
    const files = await this.store.files(tx, desk.claim.id);
    const file = files.find(({ id }) => id === fileId);
    const to = items.find(({ id }) => id === toItemId);
    if (!file || (toItemId && !to)) return { refused: 'not-found', items: [] };
    if (to && !nextState(to.state, 'receive')) return { refused: 'edge-not-allowed', items: [to.code] };
    const others = files.filter(({ id, itemId, state }) => id !== fileId && itemId === file.itemId && state === 'received');
    const isAlone = file.state === 'received' && others.length === 0 && file.itemId !== toItemId;
    const from = items.find(({ id, state }) => isAlone && id === file.itemId && state === 'received');
    if (from) await this.back(tx, desk, from);
    const decided = { decidedAt: desk.at, decidedBy: desk.by };
    await this.store.saveFile(tx, { ...file, ...decided, itemId: toItemId, state: to ? 'received' : 'unmatched', why: 'by-person' });
    if (to) await this.change(tx, desk, to, { act: 'receive' });
    const touched = [from, to].flatMap((item) => item ?? []);
    return this.step(tx, desk, 'move', { ...EMPTY, items: touched, files: [file] });
  }

  /** Takes a step back, while nothing came after it. */
  async undo(tx: Transaction, desk: AtDesk, stepId: string): Promise<DeskAnswer> {
    const now = await this.held(tx, desk);
    const step = await this.store.takeStep(tx, desk.claim.id, stepId, desk.at);
    if (!step) return { refused: 'not-found', items: [] };
    const { items, files, requestId } = step.before;
    const moved = items.filter((item) => now.find(({ id }) => id === item.id)?.version !== item.version + 1);
    if (moved.length > 0) return { refused: 'edge-not-allowed', items: moved.map(({ code }) => code) };
    for (const item of items) {
      await this.store.saveItem(tx, item);
      await this.tell(tx, desk, item, now.find(({ id }) => id === item.id)!.state);
    }
    for (const file of files) await this.store.saveFile(tx, file);
    if (requestId)
      await this.requests.leave(
        tx,
        requestId,
        items.map(({ id }) => id),
      );
    return { stepId, requestId };
  }

  private async held(tx: Transaction, { claim }: AtDesk): Promise<DocumentItem[]> {
    await this.store.hold(tx, claim.id);
    return this.store.items(tx, [claim.id]);
  }

  /** Rejections of one sitting are told in one message. */
  private async askAgain(tx: Transaction, desk: AtDesk, { id, partyId }: DocumentItem): Promise<string> {
    const earlier = (await this.requests.ofClaim(tx, desk.claim.id)).filter((request) => request.partyId === partyId);
    const waiting = earlier.find(({ kind, state }) => kind === 'rejection' && state === 'waiting');
    if (waiting && (await this.requests.join(tx, waiting.id, [id]))) return waiting.id;
    return this.requests.add(
      tx,
      {
        claimId: desk.claim.id,
        partyId,
        kind: 'rejection',
        itemIds: [id],
        round: 1 + Math.max(0, ...earlier.filter(({ state }) => state === 'told').map((told) => told.round)),
        overrideReason: null,
        requestedBy: desk.by,
        tellAt: new Date(desk.at.getTime() + GRACE_MS),
      },
      desk.at,
    );
  }

  private async change(
    tx: Transaction,
    desk: AtDesk,
    item: DocumentItem,
    { act, reason }: { act: DocumentAct; reason?: string | null },
  ): Promise<void> {
    const state = nextState(item.state, act)!;
    const decides = act === 'accept' || act === 'reject' || act === 'waive';
    await this.store.saveItem(tx, {
      ...item,
      state,
      reason: reason ?? null,
      asked: item.asked + (act === 'request' ? 1 : 0),
      requestedAt: act === 'request' ? (item.requestedAt ?? desk.at) : item.requestedAt,
      receivedAt: act === 'receive' ? desk.at : item.receivedAt,
      decidedAt: decides ? desk.at : null,
      decidedBy: decides ? desk.by : null,
    });
    await this.tell(tx, desk, { ...item, state }, item.state);
  }

  // It was never this document: as if it had not come.
  private async back(tx: Transaction, desk: AtDesk, item: DocumentItem): Promise<void> {
    const state = item.requestedAt ? 'requested' : 'open';
    await this.store.saveItem(tx, { ...item, state, receivedAt: null });
    await this.tell(tx, desk, { ...item, state }, item.state);
  }

  private async settleFiles(tx: Transaction, desk: AtDesk, files: readonly DocumentFile[], state: 'accepted' | 'rejected'): Promise<void> {
    for (const file of files) await this.store.saveFile(tx, { ...file, state, decidedAt: desk.at, decidedBy: desk.by });
  }

  private async step(tx: Transaction, { claim, by, at }: AtDesk, act: string, before: Snapshot): Promise<DeskAnswer> {
    return { stepId: await this.store.addStep(tx, { claimId: claim.id, act, by, at, before }), requestId: before.requestId };
  }

  private tell(tx: Transaction, { claim, by, at }: AtDesk, item: DocumentItem, previous: string): Promise<void> {
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
          actorId: by,
        },
      },
    ]);
  }
}

const isLive = ({ state }: DocumentFile): boolean => state === 'received' || state === 'suggested';
