import type { DemoManifest } from '@claimline/protocol';
import { ConsoleClient } from './console-client';
import { HubProcess } from './hub-process';
import type { MailPort } from './mailer';
import { SandboxClient } from './sandbox-client';
import type { SmsLine } from './twilio-sender';

/** A running hub with its sandbox, and the ways into both. */
export class World {
  private constructor(
    readonly hub: HubProcess,
    public manifest: DemoManifest,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<World> {
    const hub = await HubProcess.start(environment);
    try {
      return new World(hub, await hub.manifest());
    } catch (error) {
      await hub.close();
      throw error;
    }
  }

  /** `kill -9` and start again over the same data. The sandbox gets new ports, so the manifest is read anew. */
  async crash(): Promise<void> {
    await this.hub.kill();
    await this.hub.start();
    this.manifest = await this.hub.manifest();
  }

  signIn(role = 'adjuster', n = 0): Promise<ConsoleClient> {
    const person = this.manifest.people.filter((one) => one.role === role)[n];
    if (!person) throw new Error(`the demo has no ${role} number ${n}`);
    return ConsoleClient.signIn(this.hub.url, person);
  }

  inbox<Kind extends string>(kind: Kind): DemoManifest['inboxes'][number] {
    const inbox = this.manifest.inboxes.find((one) => one.kind === kind);
    if (!inbox) throw new Error(`the demo has no ${kind} inbox`);
    return inbox;
  }

  get sms(): SmsLine {
    return this.inbox('twilio-sms') as unknown as SmsLine;
  }

  /** The line that takes mail: its address, and where mail is brought. */
  get mail(): { readonly address: string; readonly smtp: MailPort } {
    return this.inbox('email') as unknown as { address: string; smtp: MailPort };
  }

  /** The vendors and the customers' devices. New after a crash. */
  get sandbox(): SandboxClient {
    return new SandboxClient(this.manifest.sandbox.url);
  }

  /** Moves the clock of the hub and of its vendors: milliseconds from real time. */
  async shiftClock(offset: number): Promise<void> {
    const response = await fetch(`${this.hub.url}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ offset }),
    });
    if (!response.ok) throw new Error(`the clock answered ${response.status}: ${await response.text()}`);
  }

  /** What a simulated device or mailbox has received, oldest first. */
  async outbox(to: string): Promise<
    {
      id: string;
      channel: string;
      from: string;
      to: string;
      text: string;
      at: string;
      subject?: string;
      attachments?: { name: string }[];
    }[]
  > {
    const response = await fetch(`${this.manifest.sandbox.url}/outbox?to=${encodeURIComponent(to)}`);
    return (await response.json()) as never;
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}
