import type { VisitorSend } from '@claimline/protocol';
import type { Store } from './widget-host';

/** A file of a message that is on its way. */
export interface WaitingFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
}

/** A message that the hub has not acknowledged yet. */
export interface Waiting {
  /** The same for ever: sent twice, it is one message. */
  readonly clientMsgId: string;
  readonly text: string;
  readonly files: readonly WaitingFile[];
  readonly contact?: VisitorSend['contact'];
  /** When it was written, in milliseconds. */
  readonly at: number;
  /** Why the hub will not take it; it waits for the visitor to try again or to drop it. */
  readonly problem?: string;
}

const NOBODY = 'new';

/** What was written and is not acknowledged: kept by the browser, so that neither a lost network nor a closed page loses it. One entry each, so two tabs do not undo each other. */
export class SendQueue {
  private visitor: string;

  constructor(private readonly store: Store) {
    this.visitor = store.get('visitor') ?? NOBODY;
  }

  /** Who we are: what another visitor at this browser has left is dropped, what was written before anybody knew is ours. */
  belongTo(visitor: string): void {
    const mine = this.visitor === NOBODY || this.visitor === visitor;
    for (const key of this.store.keys('out:')) {
      const waiting = this.read(key);
      this.store.remove(key);
      if (mine && waiting && (this.isOf(key, this.visitor) || this.isOf(key, NOBODY)))
        this.store.set(this.keyOf(waiting, visitor), JSON.stringify(waiting));
    }
    this.visitor = visitor;
    this.store.set('visitor', visitor);
  }

  put(waiting: Waiting): void {
    this.store.set(this.keyOf(waiting), JSON.stringify(waiting));
  }

  /** In the order in which they were written. */
  all(): Waiting[] {
    return this.store.keys(`out:${this.visitor}:`).flatMap((key) => this.read(key) ?? []);
  }

  /** The next one to send. */
  next(): Waiting | undefined {
    return this.all().find(({ problem }) => problem === undefined);
  }

  done(clientMsgId: string): void {
    for (const one of this.all()) if (one.clientMsgId === clientMsgId) this.store.remove(this.keyOf(one));
  }

  refused(clientMsgId: string, problem: string): void {
    this.change(clientMsgId, (waiting) => ({ ...waiting, problem }));
  }

  again(clientMsgId: string): void {
    this.change(clientMsgId, ({ problem: _, ...waiting }) => waiting);
  }

  private change(clientMsgId: string, change: (waiting: Waiting) => Waiting): void {
    for (const one of this.all()) if (one.clientMsgId === clientMsgId) this.put(change(one));
  }

  private keyOf({ at, clientMsgId }: Waiting, visitor = this.visitor): string {
    return `out:${visitor}:${String(at).padStart(15, '0')}:${clientMsgId}`;
  }

  private isOf(key: string, visitor: string): boolean {
    return key.startsWith(`out:${visitor}:`);
  }

  private read(key: string): Waiting | undefined {
    try {
      return JSON.parse(this.store.get(key) ?? '') as Waiting;
    } catch {
      return undefined;
    }
  }
}
