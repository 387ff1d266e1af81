import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../database';
import type { Queries, Statement, Transaction } from '../transaction';

/** A node of what `EXPLAIN (ANALYZE, FORMAT JSON)` answers; rows are for one loop. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** What a statement did to get its answer. */
export interface PlanReading {
  readonly name: string;
  readonly indexes: readonly string[];
  /** Tables that were read from one end to the other. */
  readonly readWhole: readonly string[];
  /** Rows that were taken from tables, those that were thrown away again included. */
  readonly rowsRead: number;
  /** The most rows that had to be put in order. */
  readonly rowsSorted: number;
}

const every = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(every)];

const rowsOf = (node: Node): number => node['Actual Rows'] * node['Actual Loops'];

// A bitmap over an index hands over places, not rows: what is read of them stands at the heap scan above it.
const isTableRead = (node: Node): boolean => node['Relation Name'] !== undefined && node['Node Type'] !== 'ModifyTable';

const readBy = (node: Node): number =>
  rowsOf(node) + ((node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];

class Undone extends Error {}

/** Runs a statement and says how PostgreSQL went about it; nothing that it writes stays. */
export async function readPlan(database: Database, { name, text, values }: Statement): Promise<PlanReading> {
  return await reading(database, name, (tx) => tx.query({ name: '', text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values }));
}

/** The same for the plan that PostgreSQL makes once for all values: a statement that is asked again and again gets it. */
export async function readGenericPlan(database: Database, { name, text, values }: Statement): Promise<PlanReading> {
  return await reading(database, name, async (tx) => {
    const run = (line: string): Promise<Explained[]> => tx.query({ name: '', text: line, values: [] });
    await run(`SET LOCAL plan_cache_mode = force_generic_plan`);
    await run(`PREPARE read_generic_plan AS ${text}`);
    try {
      return await run(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE read_generic_plan (${values.map(literal).join(', ')})`);
    } finally {
      await run('DEALLOCATE read_generic_plan');
    }
  });
}

interface Explained {
  readonly 'QUERY PLAN': [{ Plan: Node }];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return literal(value.toISOString());
  if (Array.isArray(value)) return literal(`{${value.map((one) => (one === null ? 'NULL' : JSON.stringify(String(one)))).join(',')}}`);
  return `'${String(value).replaceAll("'", "''")}'`;
}

async function reading(database: Database, name: string, explain: (tx: Transaction) => Promise<Explained[]>): Promise<PlanReading> {
  let nodes: Node[] = [];
  const work = database.transaction(async (tx) => {
    const [row] = await explain(tx);
    nodes = every(row!['QUERY PLAN'][0].Plan).filter((node) => node['Actual Loops'] > 0);
    throw new Undone();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return {
    name,
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
    readWhole: [...new Set(nodes.filter((node) => node['Node Type'].endsWith('Seq Scan')).map((node) => node['Relation Name']!))],
    rowsRead: nodes.filter(isTableRead).reduce((sum, node) => sum + readBy(node), 0),
    rowsSorted: Math.max(0, ...nodes.filter(({ 'Node Type': type }) => type === 'Sort').map((node) => rowsOf(node.Plans![0]!))),
  };
}

/** Passes statements on and keeps those that are not yet known, so that their plans can be read: the very ones that run. */
export class Overheard implements Queries {
  readonly statements: Statement[] = [];

  constructor(private readonly queries: Queries) {}

  query<Row extends object>(statement: Statement): Promise<Row[]> {
    this.hear(statement);
    return this.queries.query<Row>(statement);
  }

  hear(statement: Statement): void {
    if (!this.statements.some((known) => isDeepStrictEqual(known, statement))) this.statements.push(statement);
  }
}
