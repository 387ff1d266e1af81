import type { Simulator, StartSimulator } from '../simulator';

/** The post in a box. Nobody stands between the mailroom and the hub but people of ours, so there is no vendor’s interface and nothing that could misbehave. */
class PostSimulator implements Simulator {
  readonly kind = 'letter';

  async handle(): Promise<undefined> {
    return undefined;
  }

  async connect(): Promise<void> {
    // Letters come in through the mailroom's page.
  }

  async act(): Promise<never> {
    throw new Error('a letter comes by hand: scan it in the mailroom');
  }

  misbehave(): void {
    // The post answers nobody.
  }

  newLine(address: string): { config: Record<string, unknown>; secrets: Record<string, string> } {
    const sender = '安途保险 理赔中心; 示范路 100 号; 200000 上海';
    return { config: { mailroom: address, sender, place: '上海', footer: '安途保险 · 理赔热线 +1 555 010 0200 · 示例信函' }, secrets: {} };
  }

  async close(): Promise<void> {
    // Nothing was opened.
  }
}

/** Opens the post office. */
export const startPost: StartSimulator = async () => new PostSimulator();
