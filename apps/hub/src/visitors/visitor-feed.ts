import { VisitorThreads } from '@claimline/conversations';
import type { Clock, Database, LoggedEvent } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { VisitorMessage } from '@claimline/protocol';
import { VisitorThreadView } from '../views/visitor-thread.view';
import { roomOf, type VisitorNamespace, type VisitorSocket } from './visitor-socket';

/** What {@link VisitorFeed} needs. */
export interface FeedGround {
  readonly database: Database;
  readonly threads: VisitorThreads;
  readonly view: VisitorThreadView;
  readonly clock: Clock;
  readonly log: Log;
}

// What changes what a visitor sees: words of theirs that came in by whatever replica, and messages of ours that were sent.
const CHANGES = new Set(['message.received', 'delivery.changed', 'message.changed']);

/** Brings each visitor's thread to their sockets at this replica: whatever lies after what a socket has been told, from the database, in order. */
export class VisitorFeed {
  private server: VisitorNamespace | undefined;
  // Visitors whose thread could not be read when something changed: looked at again with the next look.
  private readonly behind = new Set<string>();

  constructor(private readonly ground: FeedGround) {}

  serve(server: VisitorNamespace): void {
    this.server = server;
  }

  /** The visitors who are connected here. */
  get present(): VisitorSocket[] {
    return [...((this.server?.sockets as Map<string, VisitorSocket> | undefined)?.values() ?? [])];
  }

  socketsOf(visitorId: string): VisitorSocket[] {
    const ids = this.server?.adapter.rooms.get(roomOf(visitorId)) ?? new Set<string>();
    return [...ids].flatMap((id) => (this.server?.sockets.get(id) as VisitorSocket | undefined) ?? []);
  }

  /** What a widget does not know yet. From here on it is told the rest as it comes. */
  async resume(socket: VisitorSocket, lastSeq: number): Promise<VisitorMessage[]> {
    const { visitorId, inbox } = socket.data.who;
    await this.ground.database.transaction((tx) => this.ground.threads.putOwn(tx, visitorId));
    const last = await this.ground.threads.lastSeq(this.ground.database, visitorId);
    // A widget that knows more than there is has the thread of another database: it starts anew.
    const from = lastSeq > last ? 0 : lastSeq;
    const messages = await this.ground.view.after({ visitorId, inboxId: inbox.id }, from, this.ground.clock.now());
    socket.data.told = messages.at(-1)?.seq ?? from;
    this.noteOwn(socket, messages);
    // Whatever came between reading and this line.
    setImmediate(() => void this.tell(visitorId));
    return messages;
  }

  /** Follows the event log: whose thread has changed is told here. Returns them. */
  async follow(events: readonly LoggedEvent[]): Promise<string[]> {
    if (!this.server?.sockets.size) return [];
    const messages = events.filter(({ type }) => CHANGES.has(type)).map(({ payload }) => String(payload.messageId));
    if (messages.length === 0) return [];
    const visitors = await this.ground.threads.visitorsOf(this.ground.database, messages);
    const here = visitors.filter((id) => this.server?.adapter.rooms.has(roomOf(id)));
    for (const id of here) await this.tell(id);
    return here;
  }

  /** Tells a visitor's sockets what they have not been told. Never throws: what failed is done with the next look. */
  async tell(visitorId: string): Promise<void> {
    try {
      await this.ground.database.transaction((tx) => this.ground.threads.putOwn(tx, visitorId));
      await this.tellNew(visitorId);
      this.behind.delete(visitorId);
    } catch (error) {
      this.behind.add(visitorId);
      this.ground.log.warn({ error: String(error) }, 'a visitor could not be told what is new; trying again');
    }
  }

  /** Once in a while: whoever was left behind, and who is to hear that their words have been read. */
  async look(): Promise<void> {
    for (const id of this.behind) await this.tell(id);
    const waiting = this.present.filter(({ data }) => data.said > data.readByUs);
    if (waiting.length === 0) return;
    const read = await this.ground.view.readByUs([...new Set(waiting.map(({ data }) => data.who.visitorId))]);
    for (const socket of waiting) this.tellRead(socket, read.get(socket.data.who.visitorId) ?? 0);
  }

  private async tellNew(visitorId: string): Promise<void> {
    const live = (): VisitorSocket[] => this.socketsOf(visitorId).filter(({ data }) => data.told !== undefined);
    const from = Math.min(...live().map(({ data }) => data.told!));
    const [first] = live();
    if (!first) return;
    const messages = await this.ground.view.after({ visitorId, inboxId: first.data.who.inbox.id }, from, this.ground.clock.now());
    // Two of these may run at once: the mark of each socket decides, so nothing is told twice or out of order.
    for (const socket of live())
      this.tellSocket(
        socket,
        messages.filter(({ seq }) => seq > socket.data.told!),
      );
  }

  private tellSocket(socket: VisitorSocket, messages: readonly VisitorMessage[]): void {
    for (const message of messages) {
      socket.data.told = message.seq;
      socket.emit('chat:message', message);
    }
    this.noteOwn(socket, messages);
  }

  private noteOwn({ data }: VisitorSocket, messages: readonly VisitorMessage[]): void {
    const own = messages.filter(({ mine }) => mine);
    data.said = Math.max(data.said, ...own.map(({ seq }) => seq));
    data.readByUs = Math.max(data.readByUs, ...own.filter(({ read }) => read).map(({ seq }) => seq));
  }

  private tellRead(socket: VisitorSocket, seq: number): void {
    if (seq <= socket.data.readByUs) return;
    socket.data.readByUs = seq;
    socket.emit('chat:read', { seq });
  }
}
