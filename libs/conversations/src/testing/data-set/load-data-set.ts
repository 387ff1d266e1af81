import { copyIn } from '@claimline/database/testing';
import { Client } from 'pg';
import { CLAIM_COLUMNS, claimLines, numberOf, PARTY_COLUMNS, partyLines } from './claim-lines';
import * as conversations from './conversation-lines';
import { withoutIndexes } from './indexes';
import * as messages from './message-lines';
import * as persons from './persons';
import { LONG, planDataSet, type DataSetSizes, type Plan } from './plan';
import { inChunks, secondsSince } from './rendering';
import { readSurroundings, type Surroundings } from './surroundings';
import { Tally } from './tally';
import { CHINESE, ENGLISH } from './vocabulary';
import { nameOf, phoneOf, writesChinese } from './wording';

/** What a bench asks of the data set: ids to open and words to look for. */
export interface DataSetFacts {
  /** The conversation of 20,000 messages (a fifth of all where that is less). */
  readonly longConversationId: string;
  /** The same person's adjuster, who sees it. */
  readonly accountIds: readonly string[];
  /** Words in messages, by how often they come. */
  readonly english: { readonly frequent: string; readonly middling: string; readonly rare: string };
  readonly chinese: { readonly frequent: string; readonly middling: string; readonly rare: string };
  readonly englishName: string;
  readonly chineseName: string;
  /** The last seven digits of somebody's number. */
  readonly phoneFragment: string;
  readonly claimNumber: string;
}

type Log = (line: string) => void;

const WORDS = ['message_words'];
const TABLES = ['contacts', 'addresses', 'contact_addresses', 'consents', 'claims', 'claim_parties', 'conversations', 'conversation_reads'];
const THREADS = ['messages', 'deliveries', 'event_log'];

/** What all steps of a load need. */
interface Load {
  readonly url: string;
  readonly plan: Plan;
  readonly ground: Surroundings;
  readonly tally: Tally;
  readonly log: Log;
}

/** Writes the words of the messages of a data set, whose moment is given. */
export type LoadWords = (url: string, sizes: DataSetSizes, log: Log) => Promise<void>;

/**
 * Fills a migrated database with people, claims and their conversations of three years, deterministic by sizes, seed and moment.
 * For databases that can be thrown away: needs a superuser, and no hub that runs on it meanwhile.
 * The words of messages are as much work as everything else together: `words` may have another thread do it, with {@link loadWords}.
 */
export async function loadDataSet(
  url: string,
  wish: DataSetSizes,
  log: Log = () => undefined,
  words: LoadWords = loadWords,
): Promise<DataSetFacts> {
  const sizes = { ...wish, at: wish.at ?? new Date() };
  const plan = planDataSet(sizes);
  const ground = await onConnection(url, (client) => readSurroundings(client, sizes.at));
  await Promise.all([words(url, sizes, log), loadRest({ url, plan, ground, tally: new Tally(plan), log })]);
  // Only now: while the other half was being written its transactions kept the pages of this one from being marked as seen by all.
  await onConnection(url, (client) => vacuum(client, WORDS, log));
  return factsOf(plan, ground);
}

/** Runs on a connection of its own where keys to other tables and triggers rest and nothing waits for the disk. */
async function onConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET timezone = 'UTC'`,
    );
    return await work(client);
  } finally {
    await client.end();
  }
}

async function fill(
  client: Client,
  { log }: Pick<Load, 'log'>,
  into: { table: string; columns: string; lines: Iterable<string> },
): Promise<void> {
  const begun = performance.now();
  const rows = await copyIn(client, `COPY ${into.table} (${into.columns}) FROM STDIN`, inChunks(into.lines));
  log(`${into.table}: ${rows} rows in ${secondsSince(begun)} s`);
}

/** What was inserted is marked as seen by all, and counted for the planner. */
async function vacuum(client: Client, tables: readonly string[], log: Log): Promise<void> {
  const begun = performance.now();
  for (const table of tables) await client.query(`VACUUM (ANALYZE) ${table}`);
  log(`${tables.join(', ')}: vacuumed in ${secondsSince(begun)} s`);
}

/** Writes the words of a data set's messages: the half of a load that needs nothing of the other. */
export async function loadWords(url: string, sizes: DataSetSizes, log: Log): Promise<void> {
  const lines = messages.wordLines(planDataSet(sizes));
  await onConnection(url, async (client) => {
    await withoutIndexes(client, { tables: WORDS, log }, () =>
      fill(client, { log }, { table: 'message_words', columns: messages.WORD_COLUMNS, lines }),
    );
  });
}

async function loadRest(load: Load): Promise<void> {
  await onConnection(load.url, async (client) => {
    await withoutIndexes(client, { tables: [...TABLES, ...THREADS], log: load.log }, async () => {
      await loadThreads(client, load);
      await loadPersons(client, load);
      await loadClaims(client, load);
    });
    await vacuum(client, [...TABLES, ...THREADS], load.log);
  });
}

async function loadPersons(client: Client, load: Load): Promise<void> {
  const { plan } = load;
  await fill(client, load, { table: 'contacts', columns: persons.CONTACT_COLUMNS, lines: persons.contactLines(plan) });
  await fill(client, load, { table: 'addresses', columns: persons.ADDRESS_COLUMNS, lines: persons.addressLines(plan) });
  await fill(client, load, { table: 'contact_addresses', columns: persons.HOLDER_COLUMNS, lines: persons.holderLines(plan) });
  await fill(client, load, { table: 'consents', columns: persons.CONSENT_COLUMNS, lines: persons.consentLines(plan) });
}

async function loadClaims(client: Client, load: Load): Promise<void> {
  const { plan, ground, tally } = load;
  await fill(client, load, { table: 'claims', columns: CLAIM_COLUMNS, lines: claimLines(plan, ground, tally) });
  await fill(client, load, { table: 'claim_parties', columns: PARTY_COLUMNS, lines: partyLines(plan) });
}

// Messages first: what the rows of claims and conversations say is known when their messages are written.
async function loadThreads(client: Client, load: Load): Promise<void> {
  const { plan, ground, tally } = load;
  await fill(client, load, { table: 'messages', columns: messages.MESSAGE_COLUMNS, lines: messages.messageLines(plan, ground, tally) });
  await fill(client, load, { table: 'deliveries', columns: messages.DELIVERY_COLUMNS, lines: messages.deliveryLines(plan, ground) });
  await fill(client, load, {
    table: 'conversations',
    columns: conversations.CONVERSATION_COLUMNS,
    lines: conversations.conversationLines(load),
  });
  await fill(client, load, { table: 'conversation_reads', columns: conversations.READ_COLUMNS, lines: conversations.readLines(load) });
  const { rows } = await client.query<{ top: string }>('SELECT coalesce(max(position), 0) AS top FROM event_log');
  const lines = conversations.eventLines(load, Number(rows[0]!.top));
  await fill(client, load, { table: 'event_log', columns: conversations.EVENT_COLUMNS, lines });
  // The past has been told: nobody follows it up again.
  await client.query('UPDATE consumers SET position = (SELECT max(position) FROM event_log)');
}

const byRank = ({ words }: { readonly words: readonly string[] }, frequent: string) => ({
  frequent,
  middling: words[400]!,
  rare: words[3900]!,
});

function factsOf(plan: Plan, ground: Surroundings): DataSetFacts {
  const middle = Math.floor(plan.sizes.contacts / 2);
  const people = Array.from({ length: 10 }, (_, n) => middle + n).filter((contact) => contact < plan.sizes.contacts);
  const one = (isChinese: boolean): number => people.find((contact) => writesChinese(contact) === isChinese) ?? 0;
  return {
    longConversationId: messages.conversationId(plan, LONG),
    accountIds: ground.accounts.map(({ id }) => id),
    english: byRank(ENGLISH, 'estimate'),
    chinese: byRank(CHINESE, '理赔'),
    englishName: nameOf(plan.seed, one(false)),
    chineseName: nameOf(plan.seed, one(true)),
    phoneFragment: phoneOf(middle).slice(-7),
    claimNumber: numberOf(plan, Math.floor(plan.claims / 2)),
  };
}
