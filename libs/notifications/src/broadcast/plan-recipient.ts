import type { PrivacyClass } from '@claimline/messages';
import { planNotice, type NoticePlan, type PlanStep, type RecipientKnowledge } from '../notice/planner';
import type { NoticeRule } from '../notice/rules';
import type { NoticeSituation } from '../notice/situation';
import { isSafety } from './broadcast';

/** One recipient of a broadcast as planning sees them. */
export interface BroadcastRecipient {
  readonly template: string;
  readonly anyHour: boolean;
  readonly partyId: string;
  readonly situation: NoticeSituation;
  readonly known: RecipientKnowledge;
}

const ruleOf = (template: string): NoticeRule => ({
  code: template,
  on: 'handler-replaced',
  class: isSafety(template) ? 'C' : 'I',
  chain: isSafety(template) ? ['sms', 'last', 'email'] : ['last', 'sms', 'email'],
  quiet: 'defer',
  digestMinutes: 0,
  money: false,
});

/** How one recipient is told, or why not: by the rules of every notice, and news (what is no matter of safety) only to those who asked for it. */
export function planRecipient(
  { template, anyHour, partyId, situation, known }: BroadcastRecipient,
  when: { readonly now: Date; readonly privacy: PrivacyClass },
): NoticePlan {
  const party = situation.claim.parties.find(({ id }) => id === partyId);
  // Only this party is meant, whatever its part in the claim; who speaks for it stays named, so that it is not written to directly.
  const parties = party ? [{ ...party, role: 'policyholder' }] : [];
  const alone = { ...situation, claim: { ...situation.claim, parties, exposures: [] } };
  const plan = planNotice(ruleOf(template), alone, known, when);
  if (!plan.told) return plan;
  const quiet = anyHour && isSafety(template) ? null : plan.heldUntil;
  if (isSafety(template)) return { ...plan, heldUntil: quiet };
  const asked = plan.steps.filter((step) => wantsNews(step, known));
  if (asked.length > 0) return { ...plan, steps: asked };
  return { told: false, party: plan.party, person: plan.person, reason: 'no-consent', skipped: plan.skipped };
}

const wantsNews = (step: PlanStep, { consents }: RecipientKnowledge): boolean =>
  consents.some(
    ({ addressId, channel, purpose, state }) =>
      addressId === step.addressId && channel === step.channel && purpose === 'informational' && state === 'granted',
  );
