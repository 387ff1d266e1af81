import { DemoManifest } from '@claimline/protocol';

/** A message that the simulated phone or mailbox received. */
export interface Received {
  readonly id: string;
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentType: string }[];
  readonly at: string;
  /** For what was said in a call: which one. */
  readonly raw?: { readonly call?: string };
}

/** A phone call as the people in it see it. */
export interface Call {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly customer: string;
  readonly state: 'ringing' | 'in-progress' | 'ended';
  readonly heard: readonly { readonly text: string; readonly language: string }[];
  readonly awaits: { readonly for: 'digits' | 'recording' | 'pick-up'; readonly number?: string } | null;
}

/** What the hub answered to the provider. */
export interface Acted {
  readonly id: string;
  readonly status: number;
}

export interface DemoFile {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

/** The customer whose phone it is: the first of the manifest. */
export interface Customer {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly wechat: string;
}

/** Everything that the page may do to the demo, over the hub that serves it. */
export class World {
  readonly customer: Customer;

  private constructor(readonly manifest: DemoManifest) {
    const { name, phone, email, wechat } = manifest.customers[0]!;
    this.customer = { name, phone: phone ?? '', email: email ?? '', wechat: wechat ?? '' };
  }

  static async find(): Promise<World> {
    return new World(DemoManifest.parse(await ask('GET', '/demo/manifest.json')));
  }

  /** The adjuster at the desk: whoever of the staff comes first. */
  get adjuster(): DemoManifest['people'][number] {
    return this.manifest.people.find(({ role }) => role === 'adjuster')!;
  }

  /** The number or address of a line. */
  line(kind: string): string {
    return this.manifest.inboxes.find((inbox) => inbox.kind === kind)?.address ?? '';
  }

  /** Whoever sits at the desk. */
  personOf(role: string): DemoManifest['people'][number] {
    return this.manifest.people.find((one) => one.role === role) ?? this.adjuster;
  }

  /** Signs this browser in as the adjuster or somebody of another role, in a language. */
  async signIn(locale: string, role = 'adjuster'): Promise<void> {
    const { email, password } = this.personOf(role);
    await ask('POST', '/api/auth/sign-in', { email, password });
    await ask('PATCH', '/api/me', { locale });
  }

  outbox(to: string): Promise<Received[]> {
    return ask('GET', `/demo/sandbox/outbox?limit=60&to=${encodeURIComponent(to)}`);
  }

  act(kind: string, action: object): Promise<Acted> {
    return ask('POST', '/demo/sandbox/act', { kind, action });
  }

  clock(): Promise<{ offset: number }> {
    return ask('GET', '/demo/clock');
  }

  shiftClock(offset: number | string): Promise<{ offset: number }> {
    return ask('POST', '/demo/clock', { offset });
  }

  cutNetwork(seconds: number): Promise<unknown> {
    return ask('POST', '/demo/network', { seconds });
  }

  /** The conversation that the customer's words have opened. */
  async conversationOf(words: string): Promise<string | undefined> {
    const { items } = await ask<{ items: { id: string }[] }>('GET', `/api/conversations?q=${encodeURIComponent(words)}&limit=1`);
    return items[0]?.id;
  }

  /** Begins the report of a conversation as the adjuster, or goes on with it; answers with its id. */
  async beginReport(conversation: string): Promise<string> {
    return (await ask<{ id: string }>('POST', '/api/reports', { conversation })).id;
  }

  /** Claims that the claim core has made of reports, latest last. */
  async reported(): Promise<string[]> {
    const heard = await ask<{ claim: string | null }[]>('GET', '/demo/sandbox/claim-core/heard');
    return heard.flatMap(({ claim }) => claim ?? []);
  }

  /** A claim event, as a claim core posts it: with its key and not with the browser's cookie. */
  async claimEvent(event: object): Promise<void> {
    const { url, apiKey } = this.manifest.claimEvents;
    const headers = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${apiKey}` };
    const response = await fetch(new URL(url).pathname, { method: 'POST', headers, credentials: 'omit', body: JSON.stringify(event) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  /** A picture or sound of the demo, ready to be sent by the phone. */
  async file(name: string): Promise<DemoFile> {
    const response = await fetch(`/demo/files/${name}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return { name, contentType: response.headers.get('content-type') ?? 'application/octet-stream', base64: btoa(text) };
  }
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(path, { method, ...sent });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return (await response.json()) as Answer;
}
