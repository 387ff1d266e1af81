import { postSms, until, World, type ConsoleClient } from '@claimline/test';
import { Vendor, type VendorLine } from './vendor';

/** A running hub with a vendor of the scenario's own, a supervisor who answers and an administrator who makes lines. */
export class Desk {
  private constructor(
    readonly world: World,
    readonly vendor: Vendor,
    readonly supervisor: ConsoleClient,
    readonly administrator: ConsoleClient,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Desk> {
    const world = await World.open(environment);
    try {
      const [supervisor, administrator] = await Promise.all([world.signIn('supervisor'), world.signIn('administrator')]);
      return new Desk(world, await Vendor.open(), supervisor, administrator);
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** A line at the vendor with an inbox of the hub. */
  async newLine(address: string): Promise<VendorLine & { readonly inboxId: string }> {
    const line = this.vendor.newLine(address);
    const { status, body } = await this.administrator.call<{ id: string; webhookUrl: string }>('POST', '/api/inboxes', {
      kind: 'twilio-sms',
      name: `line ${address}`,
      region: 'US',
      config: { accountSid: line.accountSid, phoneNumber: address, apiBaseUrl: this.vendor.url },
      secrets: { authToken: line.secret },
    });
    if (status !== 201) throw new Error(`an inbox could not be made: ${status} ${JSON.stringify(body)}`);
    line.webhook = body.webhookUrl;
    return Object.assign(line, { inboxId: body.id });
  }

  /** A customer writes to a line; resolves with the conversation. */
  async written(line: VendorLine, from: string, text = 'Is anybody there?'): Promise<string> {
    const { status } = await postSms(line, { from, text });
    if (status !== 200) throw new Error(`the hub answered ${status} to ${from}`);
    return (await until(`the conversation of ${from}`, async () => (await this.supervisor.find(from)).items[0])).id;
  }

  /** Answers in a conversation. */
  async answer(conversation: string, text: string): Promise<void> {
    const { status, body } = await this.supervisor.reply(conversation, text);
    if (status !== 201) throw new Error(`a reply was answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Where the newest of our messages in a conversation stands. */
  async mark(conversation: string): Promise<{ readonly state: string; readonly reason?: string | null } | undefined> {
    const { items } = await this.supervisor.thread(conversation);
    return items.filter((one) => one.direction === 'outbound').at(-1)?.delivery ?? undefined;
  }

  /** Moves the clocks of the hub and of the vendor forward. */
  async pass(milliseconds: number): Promise<void> {
    this.vendor.offset += milliseconds;
    await this.world.shiftClock(this.vendor.offset);
  }

  /** Does work for many, a few at a time. */
  async each<T, R>(all: readonly T[], work: (one: T, index: number) => Promise<R>): Promise<R[]> {
    const results: R[] = [];
    const queue = all.map((one, index) => ({ one, index }));
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) results[next.index] = await work(next.one, next.index);
    };
    await Promise.all(Array.from({ length: 6 }, lane));
    return results;
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.vendor.close();
  }
}
