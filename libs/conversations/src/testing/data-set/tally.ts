import type { Plan } from './plan';

/** What a conversation's row says of its messages, gathered while they are written. */
export class Tally {
  readonly count: Int32Array;
  readonly inbound: Int32Array;
  /** The last message that is no note. */
  readonly last: Int32Array;
  readonly lastMs: Float64Array;
  readonly lastInboundMs: Float64Array;
  readonly lastOutboundMs: Float64Array;

  constructor(plan: Plan) {
    const { conversations } = plan.sizes;
    this.count = new Int32Array(conversations);
    this.inbound = new Int32Array(conversations);
    this.last = new Int32Array(conversations);
    this.lastMs = new Float64Array(conversations);
    this.lastInboundMs = new Float64Array(conversations);
    this.lastOutboundMs = new Float64Array(conversations);
  }

  /** Counts one more message of conversation `n`; answers with its place in the thread. */
  add(n: number, { message, ms, direction }: { message: number; ms: number; direction: string }): number {
    if (direction !== 'internal') {
      this.last[n] = message;
      this.lastMs[n] = ms;
    }
    if (direction === 'inbound') {
      this.inbound[n]!++;
      this.lastInboundMs[n] = ms;
    }
    if (direction === 'outbound') this.lastOutboundMs[n] = ms;
    return ++this.count[n]!;
  }
}
