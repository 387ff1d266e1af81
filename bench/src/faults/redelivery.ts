import { randomBytes } from 'node:crypto';
import { postSms, postWechat, type WechatLine } from '@claimline/test';
import { audit, sentences, type Findings } from './audit';
import { Ground } from './ground';
import { Ledger, type Said } from './ledger';
import { phoneOf } from './load';
import type { Outcome, Scenario, Size } from './scenario';

const SIZES: Readonly<Record<Size, { readonly strangers: number; readonly each: number }>> = {
  short: { strangers: 60, each: 4 },
  whole: { strangers: 1_000, each: 10 },
};
const TIMES = 3;
const LANES = 32;

/** One webhook as the provider sends it, again and again the same. */
interface Delivery {
  readonly one: Said;
  send(): Promise<Response>;
}

/** Providers bring everything three times, in any order, and strangers say their first two things at the same moment. */
export const redelivery: Scenario = {
  name: 'every webhook three times, shuffled, two at once from one stranger',
  promise: 'One contact, one conversation and one message each, and the provider hears the same answer each time.',
  async run(size) {
    const ground = await Ground.open();
    try {
      return await play(ground, size);
    } finally {
      await ground.close();
    }
  },
};

async function play(ground: Ground, size: Size): Promise<Outcome> {
  const ledger = new Ledger(`again${randomBytes(3).toString('hex')}`);
  const { strangers, each } = SIZES[size];
  const people = Array.from({ length: strangers }, (_, n) => (n % 2 === 0 ? texter(ground, ledger, n) : wechatter(ground, ledger, n)));
  const threads = people.map((person) => Array.from({ length: each }, (_, n) => person(n)));
  const answers = new Map<string, Set<string>>();
  const bring = async ({ one, send }: Delivery): Promise<void> => {
    const response = await send();
    const words = `${response.status} ${await response.text()}`;
    ledger.answer(one, response.status, response.ok);
    answers.set(one.text, (answers.get(one.text) ?? new Set()).add(words));
  };
  // Nobody has heard of them, and their first two things come in the same moment.
  await inLanes(threads, async (thread) => void (await Promise.all(thread.slice(0, 2).map(bring))));
  const rest = threads.flatMap((thread) => thread.flatMap((one, n) => Array<Delivery>(n < 2 ? TIMES - 1 : TIMES).fill(one)));
  await inLanes(shuffled(rest), bring);
  const findings = await heldAgainst(ground, ledger);
  const odd = [...(await alike(ground, ledger.mark)), ...(await nonsense(ground, ledger.mark))];
  const differing = [...answers].filter(([, heard]) => heard.size > 1).map(([text, heard]) => `${text}: ${[...heard].join(' / ')}`);
  const refused = ledger.said.filter((one) => one.acknowledged !== TIMES).map(({ text }) => text);
  return {
    counts: { strangers, deliveries: ledger.said.length * TIMES, said: ledger.said.length, ...findings.counts },
    wrong: [
      ...findings.wrong,
      ...odd,
      ...sentences([
        ['answered in different ways', differing],
        ['not taken each time', refused],
      ]),
    ],
  };
}

async function heldAgainst(ground: Ground, ledger: Ledger): Promise<Findings> {
  const { counts, wrong } = await audit(ground, ledger);
  const [row] = await ground.rows<{ contacts: number; addresses: number }>(
    `SELECT count(DISTINCT c.contact_id)::int AS contacts, count(DISTINCT c.address_id)::int AS addresses
     FROM conversations c WHERE c.id IN (SELECT conversation_id FROM messages WHERE text LIKE $1)`,
    [`${ledger.mark} %`],
  );
  return { counts: { ...counts, ...row! }, wrong };
}

/** The same words under two ids are two messages. */
async function alike(ground: Ground, mark: string): Promise<string[]> {
  const text = `${mark}: yes`;
  for (let n = 0; n < 2; n++) await postSms(ground.sms, { from: phoneOf(40_000), text });
  const rows = await ground.rows('SELECT 1 FROM messages WHERE text = $1', [text]);
  return rows.length === 2 ? [] : [`the same words said twice stand there ${rows.length} times`];
}

/** What the provider has signed and nobody can read is taken, and stands before a person once. */
async function nonsense(ground: Ground, mark: string): Promise<string[]> {
  const codes: number[] = [];
  for (let n = 0; n < TIMES; n++)
    codes.push((await postSms(ground.sms, { from: '', text: `${mark}: who is this?`, sid: `SM${'0'.repeat(32)}` })).status);
  const rows = await ground.rows(`SELECT 1 FROM needs_look WHERE inbox_id = $1 AND reason = 'malformed' AND state = 'open'`, [
    ground.sms.id,
  ]);
  return [
    ...(codes.every((code) => code === 200) ? [] : [`signed nonsense was answered ${codes.join(', ')}`]),
    ...(rows.length === 1 ? [] : [`signed nonsense stands before a person ${rows.length} times`]),
  ];
}

const texter =
  (ground: Ground, ledger: Ledger, who: number) =>
  (n: number): Delivery => {
    const one = ledger.say('vendor', phoneOf(who), n);
    const sid = `SM${randomBytes(16).toString('hex')}`;
    return { one, send: () => postSms(ground.sms, { from: one.from, text: one.text, sid }) };
  };

const wechatter =
  (ground: Ground, ledger: Ledger, who: number) =>
  (n: number): Delivery => {
    const one = ledger.say('vendor', `o${ledger.mark}${who}`, n);
    const line = ground.world.inbox('wechat') as unknown as WechatLine;
    const fields = { MsgType: 'text', Content: one.text, MsgId: `${BigInt(`0x${randomBytes(7).toString('hex')}`)}` };
    return { one, send: () => postWechat(line, one.from, fields) };
  };

async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}

/** In an order that is another each time. */
function shuffled<T>(all: readonly T[]): T[] {
  const order = all.map((one) => ({ one, at: randomBytes(4).readUInt32BE() }));
  return order.sort((a, b) => a.at - b.at).map(({ one }) => one);
}
