import type { Clock, Database, Outbox, Transaction } from '@claimline/database';
import { BY_PERSON, Inboxes, type InboxRow } from '@claimline/delivery';
import { Audit, type Actor } from '@claimline/people';
import type { CreateInbox, Inbox, InboxCheck, UpdateInbox } from '@claimline/protocol';
import type { ChannelKind } from '@claimline/channels';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { BrandView } from '../views/brand.view';
import { fieldsOf, flatten, nest } from './channel-form';
import { ChannelOpener, kindNamed, readSettings, WrongSettings } from './channel-opener';
import { InboxRegistry } from './inbox-registry';

const UNIQUE = '23505';

/** What administrators do to inboxes. Secrets go in and never come out. */
export class InboxSettings {
  constructor(
    private readonly database: Database,
    private readonly inboxes: Inboxes,
    private readonly lines: { readonly registry: InboxRegistry; readonly opener: ChannelOpener },
    private readonly records: { readonly brands: BrandView; readonly audit: Audit; readonly outbox: Outbox },
    private readonly clock: Clock,
  ) {}

  async list(): Promise<Inbox[]> {
    return Promise.all((await this.inboxes.all(this.database)).map((row) => this.show(row)));
  }

  async create(who: Principal, wanted: CreateInbox): Promise<Inbox> {
    const kindOf = kindNamed(wanted.kind);
    if (!kindOf) throw new HubProblem('invalid', {}, [{ path: 'kind', problem: 'there is no such kind of channel' }]);
    const { config, secrets, address } = checked(kindOf, nest(kindOf, wanted.config), wanted.secrets);
    const brand = await this.records.brands.first(who.brandIds);
    const at = this.clock.now();
    const row = await this.database.transaction(async (tx) => {
      const made = await this.inboxes.make(tx, {
        kind: wanted.kind,
        name: wanted.name,
        region: (wanted.region ?? 'US').toUpperCase(),
        address,
        brandId: brand.id,
        config,
        secrets,
        at,
      });
      if (made) await this.write(tx, who, 'inbox.create', made);
      return made;
    });
    if (!row) throw new HubProblem('already-exists', { address });
    return this.show(row);
  }

  async update(who: Principal, id: string, change: UpdateInbox): Promise<Inbox> {
    try {
      return await this.show(await this.database.transaction((tx) => this.apply(tx, who, id, change)));
    } catch (error) {
      throw (error as { code?: string }).code === UNIQUE ? new HubProblem('already-exists') : error;
    }
  }

  private async apply(tx: Transaction, who: Principal, id: string, change: UpdateInbox): Promise<InboxRow> {
    const before = found(await this.inboxes.lock(tx, id));
    const kindOf = kindNamed(before.kind);
    if (!kindOf) throw new HubProblem('invalid', {}, [{ path: 'kind', problem: 'this build has no such channel' }]);
    const isMended = change.config !== undefined || change.secrets !== undefined;
    const secrets = { ...(await this.inboxes.secrets(tx, id)), ...change.secrets };
    const settings = isMended ? checked(kindOf, change.config ? nest(kindOf, change.config) : before.config, secrets) : undefined;
    const state = change.state ?? (isMended && before.stopped_reason !== BY_PERSON ? 'active' : undefined);
    const after = await this.inboxes.change(tx, id, {
      name: change.name,
      region: change.region?.toUpperCase(),
      sendsPerSecond: change.sendsPerSecond,
      state,
      ...settings,
    });
    await this.write(tx, who, 'inbox.update', after);
    await this.tell(tx, before, after);
    return after;
  }

  /** Asks the vendor whether the settings work; green, or the field that is wrong. Green starts an inbox that the hub itself had stopped. */
  async check(who: Principal, id: string): Promise<InboxCheck> {
    const row = found(await this.inboxes.find(this.database, id));
    const kindOf = kindNamed(row.kind);
    const inbox = await this.lines.registry.find(id);
    if (!inbox || !kindOf) return { ok: false, detail: this.lines.registry.problemOf(id) ?? 'the inbox cannot be opened' };
    const answer = await inbox.channel
      .check()
      .catch((error: unknown) => ({ ok: false as const, field: '', problem: error instanceof Error ? error.message : String(error) }));
    if (!answer.ok) return { ok: false, detail: answer.problem, field: nameInForm(kindOf, answer.field) };
    if (row.state === 'stopped' && row.stopped_reason !== BY_PERSON) await this.update(who, id, { state: 'active' });
    return { ok: true, detail: answer.detail };
  }

  private async show(row: InboxRow): Promise<Inbox> {
    const kindOf = kindNamed(row.kind);
    return {
      id: row.id,
      kind: row.kind,
      title: kindOf?.title ?? row.kind,
      name: row.name,
      address: row.address,
      state: row.state,
      stoppedReason: row.stopped_reason,
      webhookUrl: this.lines.opener.webhookUrl(row.id),
      config: flatten(row.config),
      secretFields: await this.secretsSet(row.id),
      lastInboundAt: row.last_inbound_at?.toISOString() ?? null,
      sendsPerSecond: row.sends_per_second,
      problem: this.lines.registry.problemOf(row.id) ?? null,
    };
  }

  private async secretsSet(id: string): Promise<string[]> {
    // Sealed with a key that is gone: nothing is set, and the administrator types it anew.
    const secrets = await this.inboxes.secrets(this.database, id).catch(() => ({}));
    return Object.entries(secrets)
      .filter(([, value]) => value !== '' && value !== null)
      .map(([name]) => name);
  }

  private async write(tx: Transaction, who: Principal, action: string, { id, kind, version, state }: InboxRow): Promise<void> {
    const actor: Actor = { kind: who.kind, id: who.id };
    await this.records.audit.record(tx, {
      actor,
      action,
      subject: 'inbox',
      subjectId: id,
      facts: { kind, version, state },
      at: this.clock.now(),
    });
  }

  private async tell(tx: Transaction, before: InboxRow, after: InboxRow): Promise<void> {
    if (before.state === after.state) return;
    const event =
      after.state === 'active'
        ? { type: 'inbox.recovered', payload: { inboxId: after.id } }
        : { type: 'inbox.stopped', payload: { inboxId: after.id, reason: BY_PERSON } };
    await this.records.outbox.append(tx, this.clock.now(), [{ ...event, conversationId: null }]);
  }
}

/** Settings as the kind's schemas read them. @throws HubProblem `invalid` that names the field */
function checked(
  kindOf: ChannelKind,
  config: unknown,
  secrets: unknown,
): { config: Record<string, unknown>; secrets: Record<string, unknown>; address: string } {
  try {
    const read = readSettings(kindOf, config, secrets);
    return {
      config: read.config as Record<string, unknown>,
      secrets: read.secrets as Record<string, unknown>,
      address: kindOf.address(read.config),
    };
  } catch (error) {
    if (error instanceof WrongSettings) throw new HubProblem('invalid', {}, [{ path: error.field, problem: error.problem }]);
    throw error;
  }
}

/** A channel speaks of `host`, the form of `smtp.host`. */
const nameInForm = (kindOf: ChannelKind, field: string): string | undefined =>
  fieldsOf(kindOf).find(({ name }) => name === field || name.endsWith(`.${field}`))?.name ?? (field || undefined);
