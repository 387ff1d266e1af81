import type { ChannelKind } from '../channel-kind';
import { CONTRACT_RULES, type ContractHarness, type ContractRule } from './contract-harness';
import { identityRules } from './rules-of-identity';
import { receivingRules } from './rules-of-receiving';
import { sendingRules } from './rules-of-sending';
import { streamRules } from './rules-of-streams';
import { Stage } from './stage';

/** One promise of the contract: a sentence and the scene that proves it. A scene throws when the promise is broken. */
export interface RuleScene {
  readonly rule: ContractRule;
  readonly says: string;
  play(stage: Stage): Promise<void>;
}

const SCENES: readonly RuleScene[] = [...identityRules, ...sendingRules, ...receivingRules, ...streamRules];

/** Plays every scene of one rule; rejects with what is broken. */
export async function playRule(kind: ChannelKind, harness: ContractHarness, rule: ContractRule): Promise<void> {
  for (const scene of SCENES) if (scene.rule === rule) await playOnStage(kind, harness, scene);
}

/**
 * Judges one kind of channel against its vendor in a box: every rule of {@link CONTRACT_RULES} is a test, on a stage of its own.
 * A rule in `harness.skip` becomes a skipped test that says why; a skip that names no rule, or gives no reason, fails.
 */
export function describeChannelContract(kind: ChannelKind, harness: ContractHarness): void {
  const skipped = new Map((harness.skip ?? []).flatMap(({ reason, rules }) => rules.map((rule) => [rule, reason] as const)));
  describe(`${kind.kind} keeps the contract of channels`, () => {
    for (const scene of SCENES) {
      const reason = skipped.get(scene.rule);
      if (reason) test.skip(`${scene.rule}: ${scene.says} (${reason})`, () => undefined);
      else test(`${scene.rule}: ${scene.says}`, () => playOnStage(kind, harness, scene));
    }
    test('every skipped rule is a rule and has a reason', () => {
      for (const [rule, reason] of skipped) expect([CONTRACT_RULES.includes(rule), reason.length > 10]).toEqual([true, true]);
    });
  });
}

async function playOnStage(kind: ChannelKind, harness: ContractHarness, scene: RuleScene): Promise<void> {
  const stage = await Stage.set(kind, harness);
  try {
    await scene.play(stage);
  } finally {
    await stage.close();
  }
}
