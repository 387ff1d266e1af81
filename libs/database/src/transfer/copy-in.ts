import { once } from 'node:events';
import type { Client, Connection, Submittable } from 'pg';

/** The driver can speak COPY, its types do not say so. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Feeds rows in COPY text format to a `COPY … FROM STDIN` statement, as fast as the server takes them; answers how many rows it stored. */
export async function copyIn(client: Client, statement: string, rows: AsyncIterable<Buffer>): Promise<number> {
  return await new Promise((resolve, reject) => {
    client.query(new CopyIn(statement, rows, { resolve, reject }));
  });
}

interface Outcome {
  resolve(rowCount: number): void;
  reject(error: unknown): void;
}

/** What the driver calls while the statement runs (PostgreSQL manual, "COPY Operations" of the message flow). */
class CopyIn implements Submittable {
  private rowCount = 0;
  private readonly over = new AbortController();
  private sourceError: unknown;

  constructor(
    private readonly statement: string,
    private readonly rows: AsyncIterable<Buffer>,
    private readonly outcome: Outcome,
  ) {}

  submit(connection: Connection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.feed(connection).then(
      () => connection.endCopyFrom(),
      (error: unknown) => this.giveUp(connection, error),
    );
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(text.replace('COPY ', ''));
  }

  handleReadyForQuery(): void {
    this.outcome.resolve(this.rowCount);
  }

  handleError(error: Error): void {
    this.over.abort();
    this.outcome.reject(this.sourceError ?? error);
  }

  private async feed(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.rows) {
      if (this.over.signal.aborted) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal: this.over.signal });
    }
  }

  /** The server answers a failed copy with an error, which then carries the source's reason. After its own error it ignores what comes. */
  private giveUp(connection: CopyConnection, error: unknown): void {
    if (this.over.signal.aborted) return;
    this.sourceError = error;
    connection.sendCopyFail('the source of the rows failed');
  }
}
