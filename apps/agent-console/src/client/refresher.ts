/**
 * Reads again what became stale, at once, and never twice at the same time: a burst of a hundred events costs one reading and one
 * more afterwards. Cancelling and starting over with every event would never finish under load.
 */
export class Refresher {
  private readonly running = new Map<string, { again: boolean }>();

  constructor(
    private readonly read: (name: readonly string[]) => Promise<unknown>,
    private readonly pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, 60)),
  ) {}

  /** Something of this name changed. */
  refresh(name: readonly string[]): void {
    const key = name.join('/');
    const run = this.running.get(key);
    if (run) run.again = true;
    else void this.run(key, name);
  }

  private async run(key: string, name: readonly string[]): Promise<void> {
    const run = { again: true };
    this.running.set(key, run);
    while (run.again) {
      run.again = false;
      try {
        await this.read(name);
      } catch {
        // the query keeps its error and shows it
      }
      await this.pause();
    }
    this.running.delete(key);
  }
}
