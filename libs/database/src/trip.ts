import { createHash } from 'node:crypto';
import pg, { type ClientBase, type Submittable } from 'pg';
import type { Statement } from './transaction';

interface Column {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

/** What we use of the driver's connection: the messages of PostgreSQL's extended query protocol, and which statements it has prepared there. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Record<string, string | undefined>;
  parse(message: object): void;
  bind(message: object): void;
  describe(message: object): void;
  execute(message: object): void;
  sync(): void;
}

/** How the driver writes values; its types keep quiet about it. */
const { prepareValue } = (pg as unknown as { readonly utils: { readonly prepareValue: (value: unknown) => string | Buffer | null } }).utils;

// What the rows of a prepared statement look like is asked once per connection: PostgreSQL refuses a statement whose rows have come to look otherwise.
const described = new WeakMap<ClientBase, Map<string, readonly Column[]>>();

function columnsOf(client: ClientBase): Map<string, readonly Column[]> {
  const known = described.get(client) ?? new Map<string, readonly Column[]>();
  described.set(client, known);
  return known;
}

/**
 * Named statements that cross to PostgreSQL together and are answered together: one Sync for all of them
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). After one that fails PostgreSQL skips the rest up to the Sync,
 * so what stands behind a `BEGIN` never runs without it. A trip costs both sides more than most statements do.
 *
 * @returns the rows of each, none for an unread one. @throws what the first that failed was refused with
 */
export function travel(client: ClientBase, statements: readonly Statement[]): Promise<object[][]> {
  return new Promise((resolve, reject) => {
    client.query(new Trip(client, statements.map(toldApart), (error, rows) => (error ? reject(error) : resolve(rows!))));
  });
}

// PostgreSQL tells prepared statements apart by so many bytes of their names (`NAMEDATALEN`, less one), and takes the rest for nothing.
const MOST_IN_NAME = 63;
const IN_READABLE = 40;

/** A long name keeps its beginning, for whoever reads `pg_prepared_statements`, and ends with what tells it apart. */
function toldApart(statement: Statement): Statement {
  const { name } = statement;
  if (name.length <= MOST_IN_NAME) return statement;
  const rest = createHash('sha256').update(name).digest('base64url');
  return { ...statement, name: `${name.slice(0, IN_READABLE)}#${rest}`.slice(0, MOST_IN_NAME) };
}

/** The same error with a stack that leads to whoever asked, instead of to the socket. */
export function fromHere(error: unknown): never {
  if (error instanceof Error) Error.captureStackTrace(error, fromHere);
  throw error;
}

// It is about to end; the rows of what it has prepared have come to look otherwise; what it had prepared is gone
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const SPOILING = /^(?:08\w{3}|57P\w\w|0A000|26000)$/;

/** Whether a connection should serve nobody else after this error of PostgreSQL. */
export const spoils = (error: unknown): boolean => SPOILING.test((error as { readonly code?: string }).code ?? '');

/** Whether PostgreSQL has said it, and the connection is in order; anything else may have come in between. */
export const isOfPostgres = (error: unknown): boolean => (error as { readonly severity?: string }).severity !== undefined;

/** The driver runs one of these at a time on a connection, and tells it every message that comes back (as it does for `pg-cursor`). */
class Trip implements Submittable {
  private readonly rows: object[][] = [];
  private readonly columns: Map<string, readonly Column[]>;
  private at = 0;
  private broken: Error | undefined;

  constructor(
    private readonly client: ClientBase,
    private readonly statements: readonly Statement[],
    private readonly callback: (error: Error | null, rows?: object[][]) => void,
  ) {
    this.columns = columnsOf(client);
    for (let n = 0; n < statements.length; n++) this.rows.push([]);
  }

  /** The statement that the next message is about: the driver notes by its name and text what has been prepared. */
  get name(): string | undefined {
    return this.statements[this.at]?.name;
  }

  get text(): string | undefined {
    return this.statements[this.at]?.text;
  }

  submit(connection: unknown): Error | null {
    const wire = connection as Wire;
    const clash = this.clash(wire);
    if (clash !== undefined) return new Error(`the statement ${clash} stands for another text already`);
    try {
      this.write(wire, this.written());
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }): void {
    const columns = fields.map(({ name, dataTypeID }) => ({ name, read: this.client.getTypeParser(dataTypeID, 'text') as Column['read'] }));
    this.columns.set(this.name!, columns);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.statements[this.at]!.unread || this.broken) return;
    try {
      this.rows[this.at]!.push(rowOf(this.columns.get(this.name!)!, fields));
    } catch (error) {
      // Not at once: the answers to the rest are still on their way, and the connection is ours until they are here.
      this.broken = error as Error;
    }
  }

  handleCommandComplete(): void {
    const { name, unread } = this.statements[this.at]!;
    // It was described as having no rows.
    if (!unread && !this.columns.has(name)) this.columns.set(name, []);
    this.at++;
  }

  handleEmptyQuery(): void {
    this.at++;
  }

  /** PostgreSQL waits for data that nobody here has, and has passed over the Sync meanwhile. */
  handleCopyInResponse(connection: Pick<Wire, 'sync'> & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('a COPY does not travel with others');
    connection.sync();
  }

  handleCopyData(): void {
    // What a COPY gives out is not for us; it ends like any other command.
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    if (this.broken) this.callback(this.broken);
    else this.callback(null, this.rows);
  }

  /** A name that stands for two texts, here or on this connection already. */
  private clash({ parsedStatements }: Wire): string | undefined {
    const texts = new Map<string, string>();
    for (const { name, text } of this.statements) {
      if ((texts.get(name) ?? parsedStatements[name] ?? text) !== text) return name;
      texts.set(name, text);
    }
    return undefined;
  }

  // Before anything is on its way: a value that cannot be written must not leave half a trip behind.
  private written(): (string | Buffer | null)[][] {
    return this.statements.map(({ values }) => values.map((value) => prepareValue(value)));
  }

  private write(wire: Wire, values: readonly (readonly (string | Buffer | null)[])[]): void {
    wire.stream.cork();
    try {
      this.writeAll(wire, values);
    } finally {
      wire.stream.uncork();
    }
  }

  private writeAll(wire: Wire, values: readonly (readonly (string | Buffer | null)[])[]): void {
    const parsed = new Set<string>();
    this.statements.forEach(({ name, text, unread }, n) => {
      if (wire.parsedStatements[name] === undefined && !parsed.has(name)) wire.parse({ name, text });
      wire.bind({ statement: name, values: values[n] });
      if (!unread && !this.columns.has(name)) wire.describe({ type: 'P' });
      wire.execute({});
      parsed.add(name);
    });
    wire.sync();
  }
}

function rowOf(columns: readonly Column[], fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < columns.length; n++) {
    const [{ name, read }, value] = [columns[n]!, fields[n]!];
    row[name] = value === null ? null : read(value);
  }
  return row;
}
