import type { Simulator, StartSimulator } from '../simulator';

/** A branch in a box: people come in by the door, and no machine stands between. */
class BranchSimulator implements Simulator {
  readonly kind = 'in-person';

  async handle(): Promise<undefined> {
    return undefined;
  }

  async connect(): Promise<void> {
    // Visits are written down at the counter's page.
  }

  async act(): Promise<never> {
    throw new Error('somebody who stands at the counter is written down by whoever stands behind it');
  }

  misbehave(): void {
    // Customers may; a counter does not.
  }

  newLine(address: string): { config: Record<string, unknown>; secrets: Record<string, string> } {
    return { config: { counter: address, place: '安途保险 浦东服务网点，示范路 100 号' }, secrets: {} };
  }

  async close(): Promise<void> {
    // Nothing was opened.
  }
}

/** Opens the branch. */
export const startBranch: StartSimulator = async () => new BranchSimulator();
