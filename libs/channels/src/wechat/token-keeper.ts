import { setTimeout as pause } from 'node:timers/promises';
import { ChannelError, type ChannelDeps } from '@claimline/messages';
import { z } from 'zod';

const stored = z.object({ token: z.string().min(1), expiresAt: z.number() });
type Stored = z.output<typeof stored>;

/** Asks WeChat for a new access token; the one before is dead from then on. */
export type FetchToken = () => Promise<{ readonly token: string; readonly lifetimeSeconds: number }>;

const KEY = 'access-token';
// A call that starts now must not arrive with a dead token.
const MARGIN = 5 * 60_000;
const PATIENCE = { tries: 40, pause: 50 };

/**
 * The one access token of an account, shared by all replicas: every new one kills the one before, so only the holder of the lease asks for it.
 * Everybody else waits for the result.
 */
export class TokenKeeper {
  private asking: Promise<string> | undefined;

  constructor(
    private readonly deps: Pick<ChannelDeps, 'state' | 'clock'>,
    private readonly fetchToken: FetchToken,
  ) {}

  /** A token that works for some minutes. */
  async token(): Promise<string> {
    const known = await this.read();
    if (known && this.isFresh(known)) return known.token;
    return this.replace(known?.token);
  }

  /** A token other than `dead`, which WeChat no longer takes; undefined for "whatever is there, ask anew". */
  async replace(dead: string | undefined, always = false): Promise<string> {
    this.asking ??= this.renew(dead, always).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async renew(dead: string | undefined, always: boolean): Promise<string> {
    for (let left = PATIENCE.tries; left > 0; left--) {
      const token = await this.deps.state.exclusively('token', async () => {
        const known = await this.read();
        if (!always && known && known.token !== dead && this.isFresh(known)) return known.token;
        return this.ask();
      });
      if (token !== undefined) return token;
      // Another replica is asking; what it gets is ours too.
      await pause(PATIENCE.pause);
      const known = await this.read();
      if (!always && known && known.token !== dead && this.isFresh(known)) return known.token;
    }
    throw new ChannelError('unavailable', 'Another process renews the access token of WeChat and does not finish');
  }

  private async ask(): Promise<string> {
    const { token, lifetimeSeconds } = await this.fetchToken();
    const value: Stored = { token, expiresAt: this.deps.clock.now().getTime() + lifetimeSeconds * 1000 };
    const version = (await this.deps.state.get(KEY))?.version ?? 0;
    // Somebody wrote although the lease was ours: a lease that ran out. Theirs is the younger token.
    if (!(await this.deps.state.set(KEY, value, version))) return (await this.read())?.token ?? token;
    return token;
  }

  private async read(): Promise<Stored | undefined> {
    const found = stored.safeParse((await this.deps.state.get(KEY))?.value);
    return found.success ? found.data : undefined;
  }

  private isFresh({ expiresAt }: Stored): boolean {
    return expiresAt - this.deps.clock.now().getTime() > MARGIN;
  }
}
