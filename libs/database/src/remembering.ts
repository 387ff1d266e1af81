import { CONFIGURATION_TABLES, type SteadyAnswers } from './steady-answers';
import type { Statement, Transaction } from './transaction';

/** What a statement does, as far as it matters to what is remembered. */
interface Nature {
  /** Every name in it: whichever of them is written to, its answer may have changed. */
  readonly names: ReadonlySet<string>;
  readonly writes: readonly string[];
  /** What it removes may take rows of other tables along. */
  readonly removes: boolean;
  /** It may wait for somebody else's commit, and what that brought is to be seen. */
  readonly waits: boolean;
  /** Its answer is rows that we hold from then on: nobody else can change them. */
  readonly holds: boolean;
  /** Asking it again without a write in between tells nothing new and does nothing. */
  readonly isQuestion: boolean;
}

interface Answer extends Pick<Nature, 'names' | 'holds'> {
  readonly text: string;
  readonly rows: Promise<object[]>;
}

/** Tables whose triggers write other tables: after a write to one of these nothing is remembered. A spec compares it with the catalogue. */
export const TABLES_WITH_TRIGGERS: ReadonlySet<string> = new Set(['claims', 'claim_parties']);

const natures = new Map<string, Nature>();

/**
 * A transaction that answers a question it has answered before from memory, until it writes or takes a lock: both may wait for somebody else's commit,
 * and what that brought is to be seen. Only rows that it holds itself stay known, until it writes to their table. Flows are made of steps that know
 * nothing of each other, and each looks at the same message and the same locked conversation: asked once is enough. Whatever has an effect, and every
 * statement without a name (those are asked once in a while, DDL among them), always goes through.
 */
export class RememberingTransaction implements Transaction {
  private readonly answers = new Map<string, Answer>();
  private configures = false;

  constructor(
    private readonly tx: Transaction,
    private readonly steady: SteadyAnswers,
  ) {}

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    // What it has configured itself nobody else may see yet.
    if (statement.steady && !this.configures) return this.steady.answer(statement, () => this.tx.query<Row>(statement));
    const nature = natureOf(statement);
    // A name stands for one text, and is much shorter. Where it does not, the connection refuses it.
    const question = statement.name && nature.isQuestion ? `${statement.name} ${JSON.stringify(statement.values)}` : undefined;
    const known = question && this.answers.get(question);
    if (known && known.text === statement.text) return [...((await known.rows) as Row[])];
    this.forget(nature);
    const rows = this.tx.query<Row>(statement);
    if (question) this.answers.set(question, { text: statement.text, names: nature.names, holds: nature.holds, rows });
    return [...(await rows)];
  }

  /** Whether it has written configuration, which the process is to ask for anew once this is committed. */
  get hasConfigured(): boolean {
    return this.configures;
  }

  beforeCommit(last: () => Statement): void {
    this.tx.beforeCommit(last);
  }

  afterCommit(then: () => void): void {
    this.tx.afterCommit(then);
  }

  private forget({ writes, removes, waits }: Nature): void {
    this.configures ||= writesConfiguration(writes);
    const isFar = removes || writes.some((table) => TABLES_WITH_TRIGGERS.has(table));
    for (const [question, { names, holds }] of this.answers) {
      if (isFar || (waits && !holds) || writes.some((table) => names.has(table))) this.answers.delete(question);
    }
  }
}

const writesConfiguration = (writes: readonly string[]): boolean => writes.some((table) => CONFIGURATION_TABLES.has(table));

/** Whether a statement writes what people set up. */
export const isConfiguring = (statement: Statement): boolean => writesConfiguration(natureOf(statement).writes);

/** Whether a statement neither writes nor takes a lock: nothing is lost where it is asked again. */
export const isHarmless = (statement: Statement): boolean => !natureOf(statement).waits;

const FUNCTION_AS_TABLE = /\b(?:FROM|JOIN)\s+[a-z_.]+\(/i;
const WITH_EFFECT = /\b(?:nextval|setval|set_config|pg_notify)\(/i;
const ROW_LOCK = /\bFOR\s+(?:NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b/i;
const WRITES = /(?<!FOR\s)(?<!DO\s)(?<!KEY\s)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+(?:ONLY\s+)?([a-z_]+)/gi;

// By the statement's own words, once per text. A name too many only makes us forget more, and a question too few only makes us ask again.
function natureOf({ text }: Statement): Nature {
  const known = natures.get(text);
  if (known) return known;
  const writes = [...text.matchAll(WRITES)].map(([, table]) => table!.toLowerCase());
  const nature = {
    names: new Set(text.toLowerCase().match(/[a-z_]+/g) ?? []),
    writes,
    removes: /\b(?:DELETE\s+FROM|TRUNCATE)\b/i.test(text),
    waits: writes.length > 0 || ROW_LOCK.test(text) || text.includes('advisory'),
    holds: /\bFOR\s+UPDATE\s*$/i.test(text) && !/\bJOIN\b/i.test(text),
    isQuestion: writes.length === 0 && /\bFROM\b/i.test(text) && !FUNCTION_AS_TABLE.test(text) && !WITH_EFFECT.test(text),
  };
  natures.set(text, nature);
  return nature;
}
