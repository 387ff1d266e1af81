import type { Statement } from './transaction';

/** Tables of what people set up; a change of one of them is told to every process by a trigger of its own (migration 0020). */
export const CONFIGURATION_TABLES: ReadonlySet<string> = new Set([
  'absences',
  'brands',
  'calendars',
  'catastrophes',
  'settings',
  'templates',
]);

/** How a process hears that configuration has changed; whoever cannot hear remembers nothing. */
export interface ConfigurationNews {
  readonly isListening: boolean;
  on(topic: 'configuration', listener: () => void): () => void;
}

interface Answer {
  readonly rows: readonly object[];
  readonly until: number;
}

// A net below the news: what a connection lost without anybody noticing is seen after this time.
const KEPT_MS = 30_000;
const MOST = 2_000;

/**
 * What steady statements ({@link Statement.steady}) have answered, for all transactions of this process, until somebody changes configuration anywhere.
 * A change shows in the process that made it at once and in others with its notification, milliseconds after its commit.
 */
export class SteadyAnswers {
  private answers = new Map<string, Answer>();
  private news: ConfigurationNews | undefined;

  /** Starts remembering. */
  follow(news: ConfigurationNews): void {
    this.news = news;
    news.on('configuration', () => this.forget());
  }

  /** The rows are frozen, because others are given the same ones. */
  async answer<Row extends object>(statement: Statement, ask: () => Promise<Row[]>): Promise<Row[]> {
    if (!this.news?.isListening) return ask();
    const question = `${statement.text} ${JSON.stringify(statement.values)}`;
    const known = this.answers.get(question);
    if (known && performance.now() < known.until) return [...(known.rows as Row[])];
    assertSteady(statement);
    // Whoever forgets puts an empty map in its place: an answer from before the change does not get into that one.
    const { answers } = this;
    const rows = (await ask()).map(frozen);
    if (answers.size >= MOST) answers.clear();
    answers.set(question, { rows, until: performance.now() + KEPT_MS });
    return [...rows];
  }

  forget(): void {
    this.answers = new Map();
  }
}

function assertSteady({ name, text }: Statement): void {
  const read = [...text.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)/gi)].map(([, table]) => table!.toLowerCase());
  const other = read.find((table) => !CONFIGURATION_TABLES.has(table));
  if (other || read.length === 0)
    throw new Error(`the statement ${name} cannot be steady: it reads ${other ?? 'no table'}, which is no configuration`);
}

function frozen<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || value instanceof Date || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
