import { randomBytes, randomUUID } from 'node:crypto';
import { postSms, until, type ConsoleClient, type FailpointWish } from '@claimline/test';
import { sentences } from './audit';
import { Ground } from './ground';
import { phoneOf } from './load';
import type { Outcome, Scenario, Size } from './scenario';

type Point = Required<Pick<FailpointWish, 'at' | 'nth' | 'after'>>;

// Eight are on their way at once: whatever request is the last one, the others stand at every other step between the queue and the last commit.
const SHORT: readonly Point[] = [
  { at: 'received', nth: 3, after: 0 },
  { at: 'accepted', nth: 4, after: 0 },
  { at: 'half-answered', nth: 2, after: 0 },
  { at: 'answered', nth: 5, after: 1 },
];
const NTH = [1, 3, 6, 9];
const AFTER_MS = [0, 1, 2, 4, 8, 16];
const WHOLE: readonly Point[] = NTH.flatMap((nth) => [
  ...(['received', 'accepted', 'half-answered'] as const).map((at) => ({ at, nth, after: 0 })),
  ...AFTER_MS.map((after) => ({ at: 'answered' as const, nth, after })),
]);
const POINTS: Readonly<Record<Size, readonly Point[]>> = { short: SHORT, whole: WHOLE };
const REPLIES = 10;
// Longer than a sender's lease and than an unanswered request of a browser stands in its own way.
const LATER_MS = 150_000;
const STEPS = 12;

/** The hub is killed at every moment between a vendor's acceptance and its own commit. */
export const sendKilled: Scenario = {
  name: 'kill -9 at every step of a send',
  promise: 'No customer hears anything twice; what the vendor took is marked as taken, and what nobody knows of stands before a person.',
  async run(size, say) {
    const ground = await Ground.open();
    try {
      return await new Sends(ground, say).play(POINTS[size]);
    } finally {
      await ground.close();
    }
  },
};

/** One answer of ours to one customer. */
interface Reply {
  readonly to: string;
  readonly conversation: string;
  readonly text: string;
  readonly key: ReturnType<typeof randomUUID>;
}

/** What stands of a reply: its deliveries, and whether somebody has it on their list. */
interface Mark {
  readonly text: string;
  readonly state: string | null;
  readonly reason: string | null;
  readonly tasks: number;
}

class Sends {
  private readonly mark = `sent${randomBytes(3).toString('hex')}`;
  private readonly replies: Reply[] = [];
  private offset = 0;

  constructor(
    private readonly ground: Ground,
    private readonly say: (line: string) => void,
  ) {}

  async play(points: readonly Point[]): Promise<Outcome> {
    for (const [round, point] of points.entries()) {
      const replies = await this.greeted(round);
      await this.killedAt(point, replies);
      this.say(`killed at request ${point.nth}, ${point.at}${point.after ? ` and ${point.after} ms` : ''}`);
      await this.pass();
      const desk = await this.ground.supervisor();
      await Promise.all(replies.map((reply) => insist(desk, reply)));
    }
    await this.settled();
    return this.outcome(points.length);
  }

  /** Customers write, so that there is somebody to answer. */
  private async greeted(round: number): Promise<Reply[]> {
    const made = Array.from({ length: REPLIES }, (_, n) => ({
      to: phoneOf(20_000 + round * REPLIES + n),
      text: `${this.mark} ${round} ${n}`,
    }));
    for (const { to, text } of made)
      await until(
        'a customer to be heard',
        async () => (await postSms(this.ground.sms, { from: to, text: `Is anybody there? ${text}` })).ok,
      );
    const rows = await this.ground.rows<{ text: string; id: string }>(
      `SELECT from_value AS text, conversation_id AS id FROM messages WHERE direction = 'inbound' AND text LIKE $1`,
      [`Is anybody there? ${this.mark} ${round} %`],
    );
    const of = new Map(rows.map((row) => [row.text, row.id]));
    const replies = made.map(({ to, text }) => ({ to, text, conversation: of.get(to)!, key: randomUUID() }));
    this.replies.push(...replies);
    return replies;
  }

  private async killedAt(point: Point, replies: readonly Reply[]): Promise<void> {
    const { hub } = this.ground.world;
    const desk = await this.ground.supervisor();
    await this.ground.vendors.killAt({ kind: 'twilio-sms', ...point, pid: hub.pid });
    const clicks = replies.map((reply) =>
      desk.reply(reply.conversation, reply.text, { channel: 'twilio-sms' }, reply.key).catch(() => undefined),
    );
    await until('the hub to be killed', async () => hub.hasEnded);
    await Promise.all(clicks);
    await this.ground.world.crash();
  }

  /** Time passes for everybody: leases of the dead run out, and the vendor is asked. */
  private async pass(): Promise<void> {
    this.offset += LATER_MS;
    await this.ground.shiftClock(this.offset);
  }

  private async settled(): Promise<void> {
    for (let step = 0; step < STEPS && (await this.open()) > 0; step++) {
      await this.pass();
      await until('nothing to be under way', async () => (await this.open()) === 0, 3).catch(() => undefined);
    }
    await until('a person to have the rest', async () => (await this.marks()).every((one) => isTaken(one) || one.tasks > 0), 20).catch(
      () => undefined,
    );
  }

  private async open(): Promise<number> {
    const marks = await this.marks();
    return marks.filter(({ state, reason }) => ['held', 'due', 'sending'].includes(state ?? '') || (state === 'uncertain' && !reason))
      .length;
  }

  private marks(): Promise<Mark[]> {
    return this.ground.rows<Mark>(
      `SELECT m.text, d.state, d.reason, (SELECT count(*)::int FROM tasks t WHERE t.conversation_id = m.conversation_id AND t.state = 'open' AND t.kind IN ('uncertain-send', 'send-another-way')) AS tasks
       FROM messages m LEFT JOIN deliveries d ON d.message_id = m.id WHERE m.direction = 'outbound' AND m.text LIKE $1`,
      [`${this.mark} %`],
    );
  }

  private async outcome(kills: number): Promise<Outcome> {
    const received = new Map<string, number>();
    for (const { text } of await this.ground.vendors.outbox()) received.set(text, (received.get(text) ?? 0) + 1);
    const marks = await this.marks();
    const has = (text: string): number => received.get(text) ?? 0;
    const failed = marks.filter(({ state }) => state === 'failed' || state === 'undeliverable');
    const unknown = marks.filter(({ state }) => state === 'uncertain');
    const open = marks.filter((one) => !isTaken(one) && !failed.includes(one) && !unknown.includes(one));
    const named = (all: readonly Mark[]): string[] =>
      all.map(({ text, state, reason, tasks }) => `${text} (${state} ${reason}, ${tasks} tasks)`);
    return {
      counts: {
        kills,
        replies: this.replies.length,
        taken: marks.filter(isTaken).length,
        'failed, before a person': failed.length,
        'unknown, before a person': unknown.length,
      },
      wrong: sentences([
        ['replies heard twice', this.replies.filter(({ text }) => has(text) > 1).map(({ text }) => text)],
        [
          'replies without exactly one delivery',
          this.replies.filter(({ text }) => marks.filter((one) => one.text === text).length !== 1).map(({ text }) => text),
        ],
        ['marked as taken and never heard', named(marks.filter((one) => isTaken(one) && has(one.text) === 0))],
        ['marked as failed and heard', named(failed.filter((one) => has(one.text) > 0))],
        ['left under way', named(open)],
        ['before nobody', named([...failed, ...unknown].filter(({ tasks }) => tasks === 0))],
      ]),
    };
  }
}

const isTaken = ({ state }: Mark): boolean => ['accepted', 'sent', 'delivered', 'read'].includes(state ?? '');

/** As a browser does whose answer was lost: the same click, with the same key, until somebody says that it is there. */
async function insist(desk: ConsoleClient, { conversation, text, key }: Reply): Promise<void> {
  await until(`the click for ${text} to be answered`, async () => {
    const { status } = await desk.reply(conversation, text, { channel: 'twilio-sms' }, key);
    return status === 201;
  });
}
