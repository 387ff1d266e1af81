import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChannelError, type InboundEvent, type MediaRef, type WebhookRequest } from '@claimline/messages';
import type { CustomerAction } from '../simulator';
import type { RuleScene } from './contract';
import type { Heard, Stage } from './stage';

/** What happens to words that arrive. */
export const receivingRules: readonly RuleScene[] = [
  {
    rule: 'reads',
    says: 'what customers do arrives, names the line it was sent to, and is answered well',
    play: async (stage) => {
      for (const action of stage.harness.actions) {
        const heard = await stage.act(action);
        const events = heard.flatMap((one) => one.events);
        expect(events.length).toBeGreaterThan(0);
        for (const event of events) expect([event.kind, event.to, event.key.length > 0]).toEqual([event.kind, stage.line.address, true]);
        for (const one of heard) if (one.response) expect(one.response.status).toBe(200);
        if (action.do === 'message')
          expect(events).toContainEqual(expect.objectContaining({ kind: 'message', text: expect.stringContaining(action.text) }));
      }
    },
  },
  forgery('refuses-unsigned', 'a request without the proof of the vendor is refused', (stage, request) => forge(stage).unsigned(request)),
  forgery('refuses-tampered', 'a request that was changed on its way is refused', (stage, request) =>
    (forge(stage).tampered ?? changedBody)(request),
  ),
  forgery('refuses-stale', 'an old request that is played again is refused', (stage, request) => {
    const stale = forge(stage).stale;
    if (!stale) throw new Error('the harness forges no stale request: skip this rule with a reason');
    return stale(request, stage.line);
  }),
  {
    rule: 'malformed',
    says: 'nonsense that the vendor truly signed is "malformed", not refused and not believed',
    play: async (stage) => {
      const { error } = await stage.knock(forge(stage).nonsense(await aRequest(stage), stage.line));
      expect(error).toBeInstanceOf(ChannelError);
      expect((error as ChannelError).fate).toBe('malformed');
    },
  },
  {
    rule: 'redelivery',
    says: 'a redelivery has the same keys and gets the same answer; other events have other keys',
    play: async (stage) => {
      const [one] = (await stage.act(stage.harness.actions[0])).filter((heard) => heard.events.length > 0);
      if (!one?.request) throw new Error('nothing came through the webhook door: skip this rule with a reason');
      const inbound = await stage.door('webhook').receive(one.request);
      expect(inbound.events.map(keyOf)).toEqual(one.events.map(keyOf));
      expect(stage.answer(inbound, true)).toEqual(one.response);
      const another = await stage.act({ ...stage.harness.actions[0], ...freshIds } as CustomerAction);
      expect(another.flatMap((heard) => heard.events.map(keyOf))).not.toEqual(expect.arrayContaining(one.events.map(keyOf)));
    },
  },
  {
    rule: 'backfill',
    says: 'what was missed can be asked for, under the keys that it had when it came',
    play: async (stage) => {
      if (!stage.channel.backfill) throw new Error('the kind has no backfill: skip this rule with a reason');
      // To the very moment: a vendor whose times are in whole seconds tells of earlier ones.
      const since = new Date();
      await stage.act(stage.harness.actions[0]);
      const missed: InboundEvent[] = [];
      for await (const event of stage.channel.backfill(since)) missed.push(event);
      const came = stage
        .events()
        .filter((event) => event.kind === 'message' || event.kind === 'call')
        .map(keyOf);
      for (const key of came) expect(missed.map(keyOf)).toContain(key);
      expect(missed.length).toBeGreaterThan(0);
      const later: InboundEvent[] = [];
      for await (const event of stage.channel.backfill(new Date(Date.now() + 3_600_000))) later.push(event);
      expect(later).toEqual([]);
    },
  },
  {
    rule: 'media',
    says: 'a file is fetched from the vendor byte for byte, and a missing one costs an error, not the message',
    play: async (stage) => {
      const { ref, content } = await aFile(stage);
      const media = await stage.channel.fetchMedia?.(ref);
      if (!media) throw new Error('the kind has no fetchMedia: skip this rule with a reason');
      expect(Buffer.concat(await media.stream.toArray())).toEqual(Buffer.from(content));
      stage.simulator.misbehave({ how: 'media-404' });
      expect((await stage.failure(stage.channel.fetchMedia!(ref))).fate).toBe('unavailable');
    },
  },
  {
    rule: 'vendor-hosts-only',
    says: "no address from a payload is fetched off the vendor's hosts, by a redirect neither",
    play: async (stage) => {
      const { ref } = await aFile(stage);
      const stranger = await startStranger();
      try {
        for (const url of [
          stranger.url,
          'http://169.254.169.254/latest/meta-data',
          'file:///etc/passwd',
          `${ref.url}@127.0.0.1:${stranger.port}/`,
        ]) {
          await expectNoFile(stage, { ...ref, url });
        }
        stage.intercept = (request) =>
          request.method === 'GET' ? { status: 302, headers: { location: stranger.url }, body: '' } : undefined;
        await expectNoFile(stage, ref);
        expect(stranger.hits).toEqual([]);
      } finally {
        await stranger.close();
      }
    },
  },
];

// Where an action names its own id, a second one of the same would be the first again.
const freshIds = { id: undefined, callId: undefined };

function forgery(rule: RuleScene['rule'], says: string, make: (stage: Stage, request: WebhookRequest) => WebhookRequest): RuleScene {
  return {
    rule,
    says,
    play: async (stage) => {
      const request = await aRequest(stage);
      expect((await stage.knock(request)).error).toBeUndefined();
      const { error, events } = await stage.knock(make(stage, request));
      expect(events).toEqual([]);
      expect(error).toBeInstanceOf(ChannelError);
      expect((error as ChannelError).fate).toBe('unauthentic');
    },
  };
}

function forge(stage: Stage): NonNullable<Stage['harness']['forge']> {
  if (!stage.harness.forge) throw new Error('the harness forges nothing: skip this rule with a reason');
  return stage.harness.forge;
}

function changedBody(request: WebhookRequest): WebhookRequest {
  const body = Buffer.from(request.body);
  const last = body.length - 1;
  body[last] = body[last] === 0x31 ? 0x32 : 0x31;
  return { ...request, body };
}

async function aRequest(stage: Stage): Promise<WebhookRequest> {
  const heard: Heard | undefined = (await stage.act(stage.harness.actions[0])).find((one) => one.request && one.events.length > 0);
  if (!heard?.request) throw new Error('nothing came through the webhook door: skip this rule with a reason');
  return heard.request;
}

async function aFile(stage: Stage): Promise<{ ref: MediaRef; content: Uint8Array }> {
  const made = stage.harness.mediaAction;
  if (!made) throw new Error('the harness sends no file: skip this rule with a reason');
  const actions = Array.isArray(made) ? (made as readonly CustomerAction[]) : [made as CustomerAction];
  for (const action of actions.slice(0, -1)) await stage.act(action);
  const last = actions[actions.length - 1]!;
  const heard = await stage.act(last, (all) => all.some((one) => one.events.some((event) => refOf(event))));
  const ref = heard
    .flatMap((one) => one.events)
    .map(refOf)
    .find(Boolean);
  const content = 'media' in last && last.media ? [last.media].flat()[0]?.content : undefined;
  if (!ref?.url || !content) throw new Error('the action brought no file with an address');
  return { ref, content };
}

function refOf(event: InboundEvent): MediaRef | undefined {
  if (event.kind === 'message') return event.media[0];
  return event.kind === 'call' && event.phase.is === 'recorded' ? event.phase.media : undefined;
}

const keyOf = (event: InboundEvent): string => `${event.kind} ${event.key}`;

async function expectNoFile(stage: Stage, ref: MediaRef): Promise<void> {
  const before = stage.fetched.length;
  expect(['rejected', 'unavailable']).toContain((await stage.failure(stage.channel.fetchMedia!(ref))).fate);
  const vendor = new URL(stage.simulatorOrigin).origin;
  for (const url of stage.fetched.slice(before)) expect([url, new URL(url).origin]).toEqual([url, vendor]);
}

async function startStranger() {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('secret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    hits,
    port,
    url: `http://127.0.0.1:${port}/file`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
