import type { VisitorMessage } from '@claimline/protocol';

/** What is known of the visitor's thread: places ascend without gaps, so a gap can be seen and filled. */
export class Timeline {
  private readonly byPlace = new Map<number, VisitorMessage>();
  private through = 0;

  /** Everything from the first known place up to here is known. */
  get complete(): number {
    return this.through;
  }

  /** Whether something is known beyond a place that is not. */
  get hasGap(): boolean {
    return [...this.byPlace.keys()].some((seq) => seq > this.through);
  }

  /** Oldest first, without what lies behind a gap: it is shown once the gap is filled. */
  get messages(): VisitorMessage[] {
    return [...this.byPlace.values()].filter(({ seq }) => seq <= this.through).sort((a, b) => a.seq - b.seq);
  }

  /** Messages from wherever they came; the same again replaces what was known of it. */
  add(messages: readonly VisitorMessage[]): void {
    for (const message of messages) this.byPlace.set(message.seq, message);
    while (this.byPlace.has(this.through + 1)) this.through++;
  }

  /** An answer to "everything after what I know": it begins where the thread begins for us when we know nothing. */
  fill(messages: readonly VisitorMessage[]): void {
    const [oldest] = messages;
    if (this.byPlace.size === 0 && oldest) this.through = oldest.seq - 1;
    this.add(messages);
  }

  /** Our people have read what the visitor wrote up to here. */
  markRead(seq: number): void {
    for (const message of this.byPlace.values())
      if (message.mine && message.seq <= seq) this.byPlace.set(message.seq, { ...message, read: true });
  }

  /** How many of ours lie after a place. */
  unread(readSeq: number): number {
    return this.messages.filter(({ mine, seq }) => !mine && seq > readSeq).length;
  }

  /** Whether the visitor spoke last and nobody has answered yet. */
  get waitsForAnswer(): boolean {
    return this.messages.at(-1)?.mine ?? false;
  }

  clear(): void {
    this.byPlace.clear();
    this.through = 0;
  }
}
