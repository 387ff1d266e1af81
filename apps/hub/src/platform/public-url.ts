import type { Config } from '../config';

/** The address under which providers and customers reach us: the configured one, else where we listen (known once we do). */
export class PublicUrl {
  private listening: string | undefined;

  constructor(private readonly config: Config) {}

  /** Told by `main` when the port is known: with `PORT=0` only then. */
  listensOn(port: number): void {
    this.listening = `http://${this.config.host === '127.0.0.1' || this.config.host === '::1' ? 'localhost' : this.config.host}:${port}`;
  }

  get(): string {
    return this.config.publicUrl ?? this.listening ?? `http://localhost:${this.config.port}`;
  }
}
