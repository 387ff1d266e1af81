import type { InboundEvent } from '@claimline/messages';
import type { RuleScene } from './contract';

/** What a stream (IMAP, event pull) owes the hub. */
export const streamRules: readonly RuleScene[] = [
  {
    rule: 'stream-stops',
    says: 'a stream ends within a second of being told',
    play: async (stage) => {
      if (!stage.has('stream')) throw new Error('the kind has no stream door: skip this rule with a reason');
      await stage.act(stage.harness.actions[0]);
      expect(await stage.stopListening()).toBeLessThan(1_000);
    },
  },
  {
    rule: 'stream-redelivers',
    says: 'what could not be stored comes again with the same key, rather twice than never',
    play: async (stage) => {
      await stage.stopListening();
      const lost: InboundEvent[] = [];
      stage.listen(async (inbound) => {
        lost.push(...inbound.events);
        throw new Error('the disk is full');
      });
      await stage.simulator.act(stage.line, stage.harness.actions[0]);
      await stage.until(() => lost.length > 0, 'the stream to deliver');
      await stage.stopListening();
      stage.listen();
      await stage.until(() => stage.events().length > 0, 'the stream to deliver again');
      expect(stage.events().map((event) => event.key)).toContain(lost[0]?.key);
    },
  },
];
