import { Readable } from 'node:stream';
import { deliveryRank, type InboundDelivery, type OutboundAttachment } from '@claimline/messages';
import type { RuleScene } from './contract';
import { USUAL_TROUBLES, type SendTrouble, type Trouble } from './contract-harness';
import type { Stage } from './stage';

/** What happens to words that leave. */
export const sendingRules: readonly RuleScene[] = [
  {
    rule: 'sends',
    says: 'a message reaches the customer once, with its words, and has an id',
    play: async (stage) => {
      const message = stage.message();
      const receipt = await stage.channel.send(message);
      expect(receipt.externalId.length).toBeGreaterThan(0);
      await stage.settle();
      await stage.until(() => stage.outbox.length > 0, "the customer's device");
      expect(stage.outbox).toHaveLength(1);
      expect(stage.outbox[0]?.text).toContain(message.text);
      expect(stage.outbox[0]?.to).toContain(message.to.value);
    },
  },
  ...(Object.keys(USUAL_TROUBLES) as SendTrouble[]).map((how): RuleScene => ({
    rule: 'fates',
    says: `the vendor's "${how}" has the right fate`,
    play: (stage) => meetTrouble(stage, how, stage.harness.troubles?.[how] ?? USUAL_TROUBLES[how]),
  })),
  {
    rule: 'unreachable',
    says: 'a refused connection is "unavailable": surely not taken',
    play: async (stage) => {
      await stage.unplugVendor();
      expect((await stage.failure(stage.channel.send(stage.message()))).fate).toBe('unavailable');
    },
  },
  {
    rule: 'finds',
    says: 'an uncertain send that was taken is found again, one that was not is absent, and nothing is sent twice',
    play: async (stage) => {
      const find = stage.channel.find?.bind(stage.channel);
      if (!find) throw new Error('the kind has no find: skip this rule with a reason');
      const [taken, lost] = [stage.message(), stage.message()];
      stage.simulator.misbehave({ how: 'accept-then-die', times: 1 });
      expect((await stage.failure(stage.channel.send(taken))).fate).toBe('uncertain');
      stage.simulator.misbehave({ how: 'hang', times: 1 });
      stage.hurry();
      expect((await stage.failure(stage.channel.send(lost))).fate).toBe('uncertain');
      stage.patience = 10_000;
      expect(await find(taken)).toMatchObject({ externalId: expect.stringMatching(/.+/) });
      expect(await find(lost)).toBe('absent');
      await stage.settle();
      expect(stage.outbox.filter((entry) => entry.text.includes(taken.text))).toHaveLength(1);
      expect(stage.outbox.filter((entry) => entry.text.includes(lost.text))).toHaveLength(0);
    },
  },
  {
    rule: 'receipts',
    says: 'receipts speak of the id that sending gave, never go backwards, and get as far as the kind promises',
    play: async (stage) => {
      const promised = stage.kind.capabilities.receipts;
      if (promised === 'none') throw new Error('the kind promises no receipts: skip this rule with a reason');
      const { externalId } = await stage.channel.send(stage.message());
      const mine = () =>
        stage.events().filter((event): event is InboundDelivery => event.kind === 'delivery' && event.externalId === externalId);
      const enough = promised === 'read' ? 'delivered' : promised;
      await stage.until(() => mine().some((event) => event.state === enough), `a receipt that says "${enough}"`, 4_000);
      const ranks = mine().map((event) => deliveryRank(event.state));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(new Set(mine().map((event) => event.key)).size).toBe(mine().length);
    },
  },
  {
    rule: 'limits',
    says: 'a text or a file beyond the limits is refused before anything leaves',
    play: async (stage) => {
      const { maxText, media } = stage.kind.capabilities;
      const tooMuch = [stage.message({ text: 'x'.repeat(maxText + 1) }), stage.message({ attachments: tooManyFiles(media) })];
      for (const message of tooMuch) expect((await stage.failure(stage.channel.send(message))).fate).toBe('rejected');
      expect(stage.outbox).toHaveLength(0);
      await stage.channel.send(stage.message({ text: 'x'.repeat(Math.min(maxText, 20_000)) }));
    },
  },
];

async function meetTrouble(stage: Stage, how: SendTrouble, trouble: Trouble): Promise<void> {
  if ('cannot' in trouble) return expect(trouble.cannot.length).toBeGreaterThan(10);
  stage.simulator.misbehave({ how });
  if (how === 'hang') stage.hurry();
  const message = stage.message();
  if ('later' in trouble) return reportedLater(stage, trouble, await stage.channel.send(message));
  const error = await stage.failure(stage.channel.send(message));
  expect({ ...error, fate: error.fate }).toMatchObject(trouble);
  if (how === 'answer-429') expect(error.retryAfter).toBeGreaterThan(0);
  if (error.fate === 'misconfigured') expect(Object.keys({ ...stage.line.config, ...stage.line.secrets })).toContain(error.field);
  // "unavailable" promises that a second try cannot be a second message.
  if (error.fate !== 'uncertain') expect(stage.outbox).toHaveLength(0);
}

async function reportedLater(
  stage: Stage,
  trouble: Extract<Trouble, { later: unknown }>,
  { externalId }: { externalId: string },
): Promise<void> {
  const news = () =>
    stage
      .events()
      .find(
        (event) =>
          (event.kind === 'delivery' && event.externalId === externalId && event.state === trouble.later) || event.kind === 'bounce',
      );
  await stage.until(() => news() !== undefined, `the news that it is ${trouble.later}`, 4_000);
  const { later: _, ...rest } = trouble;
  expect(news()).toMatchObject(rest);
}

function tooManyFiles(media: Stage['kind']['capabilities']['media']): OutboundAttachment[] {
  const one = (size: number): OutboundAttachment => ({
    name: 'photo.jpg',
    contentType: 'image/jpeg',
    size,
    url: 'http://127.0.0.1:9/photo.jpg',
    open: async () => Readable.from([Buffer.alloc(1)]),
  });
  return media ? [one(media.maxBytes + 1)] : [one(10)];
}
