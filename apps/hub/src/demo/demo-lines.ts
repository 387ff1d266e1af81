import { CHANNEL_KINDS } from '@claimline/channels';
import type { Database, Seal, Wakeups } from '@claimline/database';
import { Circuits, HEALTHY, Inboxes, type InboxRow } from '@claimline/delivery';
import type { SandboxProcess } from './sandbox-process';

/** A line of the demo with the settings of this start. */
export interface DemoLine {
  readonly inbox: InboxRow;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Points the demo's inboxes at this start's sandbox. Inboxes that an administrator has made are left alone. */
export class DemoLines {
  private readonly inboxes: Inboxes;

  constructor(
    private readonly database: Database,
    seal: Seal,
    wakeups: Wakeups,
  ) {
    this.inboxes = new Inboxes(seal, wakeups);
  }

  /** Writes new settings and forgets how the lines fared with the last sandbox. Before anything is sent. */
  async point(sandbox: SandboxProcess): Promise<DemoLine[]> {
    const { kinds } = await sandbox.ask<{ kinds: string[] }>('GET', '/health');
    const mine = (await this.inboxes.all(this.database)).filter(({ demo }) => demo);
    const lines = await Promise.all(mine.map((inbox) => this.settingsOf(inbox, kinds, sandbox)));
    const known = lines.filter((line) => line !== undefined);
    for (const line of known) await this.write(line);
    return known;
  }

  private async settingsOf(inbox: InboxRow, kinds: readonly string[], sandbox: SandboxProcess): Promise<DemoLine | undefined> {
    const kind = CHANNEL_KINDS.find((one) => one.kind === inbox.kind);
    if (!kind || !kinds.includes(inbox.kind)) return undefined;
    const { config, secrets } = await sandbox.ask<Pick<DemoLine, 'config' | 'secrets'>>('POST', '/lines/new', {
      kind: inbox.kind,
      address: inbox.address,
    });
    return {
      inbox,
      config: kind.config.parse(config) as Record<string, unknown>,
      secrets: kind.secrets.parse(secrets) as Record<string, string>,
    };
  }

  private async write({ inbox, config, secrets }: DemoLine): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.inboxes.change(tx, inbox.id, { config, secrets, state: 'active' });
      await new Circuits().save(tx, inbox.id, HEALTHY);
    });
  }

  /** Tells the sandbox where the hub is, so that customers can write. */
  async connect(
    sandbox: SandboxProcess,
    lines: readonly DemoLine[],
    hub: { readonly url: string; readonly smtpPort: number },
  ): Promise<void> {
    const connected = lines.map(({ inbox, config, secrets }) => ({
      inboxId: inbox.id,
      kind: inbox.kind,
      address: inbox.address,
      webhookUrl: `${hub.url}/webhooks/${inbox.id}`,
      mail: { host: '127.0.0.1', port: hub.smtpPort },
      config,
      secrets,
    }));
    await sandbox.ask('POST', '/lines', connected);
  }
}
