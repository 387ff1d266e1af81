import type { ConversationPage } from '@claimline/protocol';
import { latencyOf } from '../figures';
import type { Desk } from '../ground/desk';
import type { Ground } from '../ground/ground';
import { commonAndRare } from './search-words';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 150;
const QUERIES = 20;
const SAMPLE = 4_000;

/** What people look for. */
export const search: Row = {
  name: 'search',
  what: 'search: two-character Chinese word, English word, name, phone fragment, claim number',
  target: `p99 ≤ ${P99_MS} ms`,
  method: `${QUERIES} words of each kind, taken from the data itself, each by a supervisor over the whole history: first page, next page (GET /api/conversations?q=) and the command bar (GET /api/search), one after the other`,
  needsData: true,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const desk = await ground.desk('supervisor');
  const lines: Line[] = [];
  for (const [kind, queries] of Object.entries(await wordsOf(ground))) {
    const times = await lookFor(desk, queries, Math.ceil(ground.effort.requests / QUERIES));
    for (const [way, taken] of Object.entries(times))
      if (taken.length > 0) lines.push(latencyLine(`${kind}, ${way}`, latencyOf(taken), { ms: P99_MS }));
  }
  return lines;
}

async function lookFor(desk: Desk, queries: readonly string[], times: number): Promise<Record<string, number[]>> {
  const taken: Record<string, number[]> = { 'first page': [], 'next page': [], 'command bar': [] };
  for (let n = 0; n < times * queries.length; n++) {
    const words = encodeURIComponent(queries[n % queries.length]!);
    const list = `/api/conversations?q=${words}`;
    const first = await desk.timed<ConversationPage>(list);
    taken['first page']!.push(first.ms);
    const { next } = first.body;
    if (next !== null) taken['next page']!.push((await desk.timed(`${list}&before=${encodeURIComponent(next)}`)).ms);
    taken['command bar']!.push((await desk.timed(`/api/search?q=${words}`)).ms);
  }
  return taken;
}

/** Words of every kind that the data holds; words of messages both common and rare, since they ask different things of an index. */
async function wordsOf(ground: Ground): Promise<Record<string, string[]>> {
  const column = async (text: string): Promise<string[]> =>
    (await ground.rows<{ value: string }>(text, [QUERIES])).map(({ value }) => value);
  const texts = await ground.rows<{ text: string }>('SELECT text FROM messages ORDER BY id LIMIT $1', [SAMPLE]);
  const chinese = commonAndRare(
    texts.flatMap(({ text }) => text.match(/\p{Script=Han}{2}/gu) ?? []),
    QUERIES,
  );
  const english = commonAndRare(
    texts.flatMap(({ text }) => text.toLowerCase().match(/\b[a-z]{4,12}\b/g) ?? []),
    QUERIES,
  );
  const phones = await column(`SELECT value FROM addresses WHERE scheme = 'tel' ORDER BY id DESC LIMIT $1`);
  return {
    'Chinese word, common': chinese.common,
    'Chinese word, rare': chinese.rare,
    'English word, common': english.common,
    'English word, rare': english.rare,
    name: await column('SELECT DISTINCT name AS value FROM contacts WHERE words IS NOT NULL ORDER BY name DESC LIMIT $1'),
    'phone fragment': phones.map((phone) => phone.slice(-6)),
    'claim number': await column('SELECT number AS value FROM claims ORDER BY id DESC LIMIT $1'),
  };
}
