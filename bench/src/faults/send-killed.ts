import { randomBytes, randomUUID } from 'node:crypto';
import { until, type ConsoleClient, type FailpointWish } from '@claimline/test';
import { sentences } from './audit';
import { Ground, type OpenLine } from './ground';
import { phoneOf } from './load';
import type { Outcome, Scenario, Size } from './scenario';

/** How a message leaves. `mail` cannot be asked whether it was taken; `filed mail` can: its provider files what it has sent. */
type Way = 'text' | 'mail' | 'filed mail';

type Moment = Required<Pick<FailpointWish, 'at' | 'nth' | 'after'>>;
type Point = Moment & { readonly way: Way };

// Eight are on their way at once: whatever request is the last one, the others stand at every other step between the queue and the last commit.
const SHORT: readonly Point[] = [
  { way: 'text', at: 'received', nth: 3, after: 0 },
  { way: 'text', at: 'accepted', nth: 4, after: 0 },
  { way: 'text', at: 'answered', nth: 5, after: 1 },
  { way: 'mail', at: 'accepted', nth: 2, after: 0 },
  { way: 'filed mail', at: 'accepted', nth: 2, after: 0 },
];
const NTH = [1, 3, 6, 9];
const AFTER_MS = [0, 1, 2, 4, 8, 16];
const momentsOf = (nth: readonly number[], after: readonly number[]): Moment[] =>
  nth.flatMap((n) => [
    ...(['received', 'accepted', 'half-answered'] as const).map((at) => ({ at, nth: n, after: 0 })),
    ...after.map((ms) => ({ at: 'answered' as const, nth: n, after: ms })),
  ]);
const WHOLE: readonly Point[] = [
  ...momentsOf(NTH, AFTER_MS).map((moment) => ({ way: 'text' as const, ...moment })),
  ...(['mail', 'filed mail'] as const).flatMap((way) => momentsOf([2, 7], [0, 4]).map((moment) => ({ way, ...moment }))),
];
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
      return await (await Sends.over(ground, say)).play(POINTS[size]);
    } finally {
      await ground.close();
    }
  },
};

/** One answer of ours to one customer. */
interface Reply {
  readonly channel: string;
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

  private constructor(
    private readonly ground: Ground,
    private readonly lines: Readonly<Record<Way, OpenLine>>,
    private readonly say: (line: string) => void,
  ) {}

  static async over(ground: Ground, say: (line: string) => void): Promise<Sends> {
    const mail = await ground.openLine('email', 'claims@killed.test');
    const filed = await ground.openLine('email', 'claims@killed-and-filed.test', 'imap');
    return new Sends(ground, { text: ground.sms, mail, 'filed mail': filed }, say);
  }

  async play(points: readonly Point[]): Promise<Outcome> {
    for (const [round, point] of points.entries()) {
      const replies = await this.greeted(round, point.way);
      await this.killedAt(point, replies);
      this.say(`killed at ${point.way} ${point.nth}, ${point.at}${point.after ? ` and ${point.after} ms` : ''}`);
      await this.pass();
      const desk = await this.ground.supervisor();
      await Promise.all(replies.map((reply) => insist(desk, reply)));
    }
    await this.settled();
    return this.outcome(points.length);
  }

  /** Customers write, so that there is somebody to answer. */
  private async greeted(round: number, way: Way): Promise<Reply[]> {
    const made = Array.from({ length: REPLIES }, (_, n) => ({ n: round * REPLIES + n, text: `${this.mark} ${round} ${n}` }));
    for (const { n, text } of made) await until('a customer to be heard', () => this.greets(way, n, text));
    const from = await this.conversationsOf(round, made.length);
    const replies = made.map(({ n, text }) => ({
      channel: kindOf(way),
      text,
      conversation: from.get(senderOf(way, n))!,
      key: randomUUID(),
    }));
    this.replies.push(...replies);
    return replies;
  }

  private async greets(way: Way, n: number, text: string): Promise<boolean> {
    const greeting = { do: 'message', from: senderOf(way, n), subject: 'My claim', text: `Is anybody there? ${text}` } as const;
    const { status } = await this.ground.vendors.act({ inbox: this.lines[way].id }, greeting);
    return status >= 200 && status < 300;
  }

  /** By who wrote; mail that is fetched comes a moment later. */
  private async conversationsOf(round: number, count: number): Promise<Map<string, string>> {
    let of = new Map<string, string>();
    await until('those who wrote to be in their threads', async () => {
      const rows = await this.ground.rows<{ from: string; id: string }>(
        `SELECT from_value AS "from", conversation_id AS id FROM messages WHERE direction = 'inbound' AND text LIKE $1`,
        [`Is anybody there? ${this.mark} ${round} %`],
      );
      of = new Map(rows.map(({ from, id }) => [from, id]));
      return of.size === count;
    });
    return of;
  }

  private async killedAt({ way, ...moment }: Point, replies: readonly Reply[]): Promise<void> {
    const { hub } = this.ground.world;
    const desk = await this.ground.supervisor();
    await this.ground.vendors.killAt({ kind: kindOf(way), ...moment, pid: hub.pid });
    const clicks = replies.map(({ conversation, text, channel, key }) =>
      desk.reply(conversation, text, { channel }, key).catch(() => undefined),
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
    const said = new RegExp(`${this.mark} \\d+ \\d+`);
    for (const { text } of await this.ground.vendors.outbox()) {
      const [reply] = said.exec(text) ?? [];
      if (reply) received.set(reply, (received.get(reply) ?? 0) + 1);
    }
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

const kindOf = (way: Way): string => (way === 'text' ? 'twilio-sms' : 'email');
const senderOf = (way: Way, n: number): string => (way === 'text' ? phoneOf(20_000 + n) : `customer-${n}@killed.example`);

const isTaken = ({ state }: Mark): boolean => ['accepted', 'sent', 'delivered', 'read'].includes(state ?? '');

/** As a browser does whose answer was lost: the same click, with the same key, until somebody says that it is there. */
async function insist(desk: ConsoleClient, { conversation, channel, text, key }: Reply): Promise<void> {
  await until(`the click for ${text} to be answered`, async () => {
    const { status } = await desk.reply(conversation, text, { channel }, key);
    return status === 201;
  });
}
