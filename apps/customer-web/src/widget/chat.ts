import type { VisitorMessage, VisitorWelcome } from '@claimline/protocol';
import { ChatLine, type LineListener } from './chat-line';
import { SendQueue, type Waiting, type WaitingFile } from './send-queue';
import { Timeline } from './timeline';
import type { PanelHost } from './widget-host';

/** What the panel shows, and nothing else. */
export interface ChatState {
  readonly welcome: VisitorWelcome | undefined;
  readonly messages: readonly VisitorMessage[];
  readonly waiting: readonly Waiting[];
  readonly isConnected: boolean;
  /** Why the hub does not let this page in. */
  readonly refused: string | undefined;
  /** Who of ours is typing now. */
  readonly typing: string | undefined;
}

// A line that is dead in one direction is noticed by the socket's own ping, within a minute. Only who waits for an answer is looked after sooner:
// thousands who read a page with our widget on it must not ask all day.
const HEARTBEAT_MS = 20_000;
const TYPING_SHOWN_MS = 6_000;
const BUSY_MS = 5_000;
// A hub that answers "not now" may say so for a while; the message waits with its place in the queue.
const NOT_NOW = new Set(['too-many-requests', 'unavailable', 'internal']);

/** The conversation as this browser knows it. Everything is sent until the hub has it on disk, and everything missed is asked for. */
export class Chat implements LineListener {
  private readonly line: ChatLine;
  private readonly queue: SendQueue;
  private readonly timeline = new Timeline();
  /** Taken by the hub, but not yet back at their place. */
  private readonly taken = new Map<string, Waiting>();
  private welcome: VisitorWelcome | undefined;
  private refusedFor: string | undefined;
  private typist: string | undefined;
  private typistLeaves: ReturnType<typeof setTimeout> | undefined;
  private readSeq = 0;
  private isConnected = false;
  private isSending = false;
  private isResuming = false;
  /** Something has happened since the last question was asked. */
  private isBehind = false;
  private tellToken!: (token: string) => void;
  /** What proves who we are, as soon as the hub has said it. */
  readonly token = new Promise<string>((resolve) => (this.tellToken = resolve));
  private readonly heartbeat: ReturnType<typeof setInterval>;

  constructor(
    private readonly host: PanelHost,
    private readonly changed: () => void,
  ) {
    this.queue = new SendQueue(host.store);
    this.line = new ChatLine(host.settings, host.store, this);
    this.heartbeat = setInterval(() => this.waitsForAnswer && void this.look(), HEARTBEAT_MS);
    addEventListener('online', () => this.wake());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.wake());
    this.line.connect();
  }

  get state(): ChatState {
    const { welcome, timeline, isConnected, refusedFor: refused, typist: typing } = this;
    const known = new Set(timeline.messages.map(({ clientMsgId }) => clientMsgId));
    const waiting = [...this.taken.values(), ...this.queue.all()].filter(({ clientMsgId }) => !known.has(clientMsgId));
    return { welcome, messages: timeline.messages, waiting, isConnected, refused, typing };
  }

  get waitsForAnswer(): boolean {
    return this.timeline.waitsForAnswer || this.taken.size > 0 || this.queue.all().length > 0;
  }

  say(text: string, files: readonly WaitingFile[] = [], contact?: Waiting['contact']): void {
    this.queue.put({ clientMsgId: newId(), text, files, contact, at: Date.now() });
    this.line.tellTyping(false);
    this.changed();
    void this.sendAll();
  }

  sayAgain(clientMsgId: string): void {
    this.queue.again(clientMsgId);
    this.changed();
    void this.sendAll();
  }

  drop(clientMsgId: string): void {
    this.queue.done(clientMsgId);
    this.changed();
  }

  tellTyping(active: boolean): void {
    this.line.tellTyping(active);
  }

  /** The visitor looks at the end of the thread. */
  seen(): void {
    const seq = this.timeline.complete;
    if (this.timeline.unread(this.readSeq) === 0) return;
    this.readSeq = seq;
    this.line.tellRead(seq);
    this.host.showUnread(0);
  }

  /** Ends for good: the next one at this browser is somebody else. */
  forget(): void {
    clearInterval(this.heartbeat);
    this.line.close();
    for (const key of this.host.store.keys('')) if (key !== 'colour') this.host.store.remove(key);
    this.timeline.clear();
    this.host.showUnread(0);
  }

  welcomed(welcome: VisitorWelcome): void {
    const { store } = this.host;
    if (store.get('visitor') !== welcome.visitor) this.beginAnew();
    this.queue.belongTo(welcome.visitor);
    store.set('token', welcome.token);
    this.tellToken(welcome.token);
    this.welcome = welcome;
    this.refusedFor = undefined;
    this.isConnected = true;
    this.readSeq = Math.max(welcome.readSeq, this.readSeq);
    this.host.showColour(welcome.colour);
    this.changed();
    void this.catchUp();
  }

  came(message: VisitorMessage): void {
    if (!message.mine) this.setTypist(undefined);
    this.settle([message]);
    this.timeline.add([message]);
    if (this.timeline.hasGap) void this.catchUp();
    this.tellChange();
  }

  typing({ name, active }: { name: string; active: boolean }): void {
    this.setTypist(active ? name : undefined);
    this.changed();
  }

  readByUs(seq: number): void {
    this.timeline.markRead(seq);
    this.changed();
  }

  lost(): void {
    this.isConnected = false;
    this.setTypist(undefined);
    this.changed();
  }

  refused(code: string): void {
    this.refusedFor = code;
    this.changed();
  }

  /** Asks for everything after what is known, page by page, then sends what waits. */
  private async catchUp(): Promise<void> {
    this.isBehind = true;
    if (this.isResuming) return;
    this.isResuming = true;
    try {
      while (this.isBehind) {
        this.isBehind = false;
        const before = this.timeline.complete;
        const answer = await this.line.resume(before);
        if (!('ok' in answer)) return;
        this.timeline.fill(answer.ok);
        this.settle(answer.ok);
        if (before > 0 && answer.ok.length > 0 && this.timeline.complete > before) this.isBehind = true;
      }
    } finally {
      this.isResuming = false;
      this.tellChange();
    }
    void this.sendAll();
  }

  private settle(messages: readonly VisitorMessage[]): void {
    for (const { clientMsgId } of messages) {
      if (!clientMsgId) continue;
      this.taken.delete(clientMsgId);
      this.queue.done(clientMsgId);
    }
  }

  /** One after the other, so that they arrive in the order in which they were written. */
  private async sendAll(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.queue.next(); next && this.line.isConnected && this.welcome; next = this.queue.next())
        if (!(await this.sendOne(next))) return;
    } finally {
      this.isSending = false;
    }
  }

  private async sendOne(waiting: Waiting): Promise<boolean> {
    const { clientMsgId, text, files, contact } = waiting;
    const answer = await this.line.send({ clientMsgId, text, attachments: files.map(({ id }) => id), contact });
    if ('ok' in answer) {
      // It comes back as a message at its place; until then it stands where it was written.
      if (this.timeline.complete < answer.ok.seq) this.taken.set(clientMsgId, waiting);
      this.queue.done(clientMsgId);
      void this.catchUp();
      return true;
    }
    if (answer.no === 'lost') return false;
    if (!NOT_NOW.has(answer.no)) {
      this.queue.refused(clientMsgId, answer.no);
      this.changed();
      return true;
    }
    setTimeout(() => void this.sendAll(), BUSY_MS);
    return false;
  }

  /** A connection that says it is open may carry nothing: asking proves it, and brings what got lost. */
  private async look(): Promise<void> {
    if (document.visibilityState === 'hidden' || !this.line.isConnected) return;
    await this.catchUp();
  }

  private wake(): void {
    if (this.refusedFor) return;
    this.line.connect();
    void this.look();
  }

  private beginAnew(): void {
    this.timeline.clear();
    this.taken.clear();
    this.readSeq = 0;
  }

  private setTypist(name: string | undefined): void {
    clearTimeout(this.typistLeaves);
    this.typist = name;
    if (name !== undefined)
      this.typistLeaves = setTimeout(() => {
        this.typist = undefined;
        this.changed();
      }, TYPING_SHOWN_MS);
  }

  private tellChange(): void {
    this.host.showUnread(this.timeline.unread(this.readSeq));
    this.changed();
  }
}

/** 128 random bits: `crypto.randomUUID` is there on https only. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
