import { CHANNEL_KINDS, type ChannelKind } from '@claimline/channels';
import { Database, Leases, Seal, type Clock } from '@claimline/database';
import { Inboxes, InboxStates, type InboxRow } from '@claimline/delivery';
import type { Channel, ChannelDeps, ChannelState, Log } from '@claimline/messages';
import { PublicUrl } from '../platform/public-url';

/** Brings a frame to one visitor's sockets, wherever they are connected. Bound by whoever holds the sockets. */
export abstract class VisitorPush {
  abstract push(inboxId: string, visitor: string, event: string, payload: unknown): Promise<void>;
}

/** Settings that a channel cannot be opened with: says which field, never its value. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';

  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}

/** The kind of that name; undefined for one that this build does not have. */
export const kindNamed = (kind: string): ChannelKind | undefined => CHANNEL_KINDS.find((one) => one.kind === kind);

/** Opens channels with everything they may use of the world. */
export class ChannelOpener {
  constructor(
    private readonly database: Database,
    private readonly rooms: { readonly inboxes: Inboxes; readonly states: InboxStates; readonly leases: Leases },
    private readonly world: {
      readonly fetch: typeof fetch;
      readonly clock: Clock;
      readonly log: Log;
      readonly seal: Seal;
      readonly publicUrl: PublicUrl;
    },
    private readonly visitors: VisitorPush,
  ) {}

  /** @throws WrongSettings, and Error when the secrets cannot be unsealed or this build does not know the kind */
  async open(inbox: InboxRow): Promise<{ channel: Channel; kindOf: ChannelKind }> {
    const kindOf = kindNamed(inbox.kind);
    if (!kindOf) throw new Error(`this build has no channel of the kind ${inbox.kind}`);
    const settings = readSettings(kindOf, inbox.config, await this.rooms.inboxes.secrets(this.database, inbox.id));
    return { kindOf, channel: kindOf.open(settings, this.depsOf(inbox)) };
  }

  webhookUrl(inboxId: string): string {
    return `${this.world.publicUrl.get()}/webhooks/${inboxId}`;
  }

  private depsOf({ id, address, name, region }: InboxRow): ChannelDeps {
    const { fetch, clock, log, seal } = this.world;
    return {
      inbox: { id, address, name, region, webhookUrl: this.webhookUrl(id) },
      fetch,
      clock,
      log: aboutInbox(log, id),
      state: this.stateOf(id),
      push: (visitor, event, payload) => this.visitors.push(id, visitor, event, payload),
      sign: (text) => seal.sign(text),
    };
  }

  private stateOf(inboxId: string): ChannelState {
    const { states, leases } = this.rooms;
    return {
      get: (key) => states.get(this.database, inboxId, key),
      set: (key, value, version) => states.set(this.database, inboxId, key, { value, version }),
      exclusively: async (name, work) => (await leases.once(`inbox:${inboxId}:${name}`, work))?.done,
    };
  }
}

/** Reads configuration and secrets by the kind's own schemas. @throws WrongSettings that names the first wrong field */
export function readSettings(kindOf: ChannelKind, config: unknown, secrets: unknown): { config: unknown; secrets: unknown } {
  const read = { config: kindOf.config.safeParse(config), secrets: kindOf.secrets.safeParse(secrets) };
  for (const part of ['config', 'secrets'] as const) {
    const [issue] = read[part].error?.issues ?? [];
    if (issue) throw new WrongSettings([part, ...issue.path].join('.'), issue.message);
  }
  return { config: read.config.data, secrets: read.secrets.data };
}

function aboutInbox(log: Log, inboxId: string): Log {
  return {
    info: (facts, message) => log.info({ ...facts, inboxId }, message),
    warn: (facts, message) => log.warn({ ...facts, inboxId }, message),
    error: (facts, message) => log.error({ ...facts, inboxId }, message),
  };
}
