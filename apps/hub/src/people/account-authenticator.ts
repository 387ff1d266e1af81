import { systemClock, type Database } from '@claimline/database';
import { ApiKeys, Sessions } from '@claimline/people';
import { Authenticator, type Principal } from '../http/principal';
import { AskedTogether } from '../platform/asked-together';

/** Finds out who asks, by session or by key. Sessions live by the machine's time: a demo that jumps a day ahead signs nobody out. */
export class AccountAuthenticator extends Authenticator {
  // After a break of the network a thousand consoles come back at the same moment.
  private readonly accounts = new AskedTogether((tokens: readonly string[]) =>
    this.sessions.accounts(this.database, tokens, systemClock.now()),
  );

  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
  ) {
    super();
  }

  async bySession(token: string): Promise<Principal | undefined> {
    const account = await this.accounts.answerTo(token);
    return (
      account && {
        kind: 'account',
        id: account.id,
        name: account.name,
        role: account.role,
        brandIds: account.brand_ids,
        groups: account.groups,
      }
    );
  }

  async byApiKey(key: string): Promise<Principal | undefined> {
    const found = await this.apiKeys.find(this.database, key);
    return found && { kind: 'api-key', id: found.id, name: found.name, role: found.role, brandIds: [], groups: [] };
  }
}
