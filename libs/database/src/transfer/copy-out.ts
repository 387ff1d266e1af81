import { Readable } from 'node:stream';
import type { Client, Connection, Submittable } from 'pg';

/** A row is one message of the protocol and may be a hundred bytes; what goes on is gathered to this size. */
const GATHER_BYTES = 64 * 1024;

/** The rows of a `COPY … TO STDOUT` statement as a stream in COPY text format. The server waits while the reader is slow. */
export function copyOut(client: Client, statement: string): Readable & { readonly rowCount: number } {
  return client.query(new CopyOut(statement));
}

/** What the driver calls while the statement runs (PostgreSQL manual, "COPY Operations" of the message flow). */
class CopyOut extends Readable implements Submittable {
  rowCount = 0;
  private gathered: Buffer[] = [];
  private gatheredBytes = 0;
  private connection: Connection | undefined;

  constructor(private readonly statement: string) {
    super({ highWaterMark: GATHER_BYTES });
  }

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.statement);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.gathered.push(Buffer.from(chunk)); // a copy: the driver uses the memory again
    this.gatheredBytes += chunk.length;
    if (this.gatheredBytes >= GATHER_BYTES) this.pass();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(text.replace('COPY ', ''));
  }

  handleReadyForQuery(): void {
    this.pass();
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    this.connection?.stream.resume();
  }

  /** Given up by its reader, the rest of the rows must still run past, or the connection would be stuck. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.connection?.stream.resume();
    done(error);
  }

  private pass(): void {
    if (this.gatheredBytes === 0 || this.destroyed) return;
    const wanted = this.push(Buffer.concat(this.gathered));
    this.gathered = [];
    this.gatheredBytes = 0;
    if (!wanted) this.connection?.stream.pause();
  }
}
