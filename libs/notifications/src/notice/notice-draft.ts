import { newId } from '@claimline/database';
import type { Language, PrivacyClass } from '@claimline/messages';
import type { RenderedText } from '../template/templates';
import { follow, type DeliveryNews, type FollowUp } from './follow';
import type { NoticeRecord, NoticeTrace } from './notice-record';
import { wordsOf } from './notice-words';
import type { NoticePlan, PlanStep, RecipientKnowledge } from './planner';
import type { NoticeRule } from './rules';
import type { NoticeSituation } from './situation';

/** A notice that is to leave: what is appended to the thread and put on its way. */
export interface NoticeToSend {
  readonly noticeId: string;
  readonly code: string;
  readonly claimId: string;
  readonly claimNumber: string;
  readonly partyId: string;
  readonly contactId: string;
  readonly language: Language;
  readonly subject: string | null;
  readonly text: string;
  readonly step: PlanStep;
  /** Quiet hours: not before then. */
  readonly notBefore: Date | null;
  /** The recipient is talking to us: quiet hours do not count. */
  readonly live: boolean;
  /** Ways that were not open, for the thread to say so. */
  readonly skipped: NoticeTrace['skipped'];
  /** Parameters of a provider's template, in the order of its placeholders: brand, claim, stage. */
  readonly parameters: readonly string[];
  readonly occurredAt: Date;
}

/** A notice that a person has to bring about. */
export interface NoticeForPerson {
  readonly noticeId: string;
  readonly code: string;
  readonly reason: string;
  readonly claimId: string;
  readonly claimNumber: string;
  readonly contactId: string | null;
  readonly conversationId: string | null;
}

/** What a change calls for. `cancel`: messages that still wait for the morning and are out of date now. */
export interface PlannedNotices {
  readonly send: readonly NoticeToSend[];
  readonly forPeople: readonly NoticeForPerson[];
  readonly cancel: readonly string[];
}

/** What news of a delivery call for: another attempt of the same message, or a person. */
export interface FollowedUp {
  readonly fallback: { readonly noticeId: string; readonly messageId: string; readonly step: PlanStep; readonly live: boolean } | null;
  readonly forPerson: NoticeForPerson | null;
}

/** What a notice is drafted from. */
export interface NoticeDraft {
  readonly rule: NoticeRule;
  readonly situation: NoticeSituation;
  readonly plan: NoticePlan;
  readonly known: RecipientKnowledge;
  readonly language: Language;
}

function blankTrace({ rule, plan, known, situation: { change } }: NoticeDraft): NoticeTrace {
  return {
    change: { ...change, occurredAt: change.occurredAt.toISOString() },
    rule: { code: rule.code, class: rule.class, chain: rule.chain },
    template: null,
    representing: plan.told ? plan.representing : null,
    skipped: plan.skipped,
    attempts: [],
    proof: null,
    consent: known.consents.map(({ addressId, channel, purpose, state, at }) => ({
      addressId,
      channel,
      purpose,
      state,
      since: at.toISOString(),
    })),
  };
}

/** A notice before anything has happened to it: key, plan and trace. */
export function blankNotice(from: NoticeDraft, now: Date): NoticeRecord {
  const { rule, plan, language } = from;
  const { change, claim } = from.situation;
  const partyId = plan.party?.id ?? null;
  return {
    id: newId(now),
    key: `${change.claimEventId}:${partyId ?? 'nobody'}:${rule.code}`,
    code: rule.code,
    class: rule.class,
    claimId: claim.id,
    claimNumber: claim.number,
    claimEventId: change.claimEventId,
    exposureId: change.exposureId,
    partyId,
    contactId: plan.person?.contactId ?? null,
    conversationId: null,
    messageId: null,
    language,
    templateVersion: null,
    state: 'planned',
    reason: null,
    plan: plan.told ? plan.steps : [],
    step: 0,
    heldUntil: null,
    digestUntil: null,
    occurredAt: change.occurredAt,
    createdAt: now,
    settledAt: null,
    trace: blankTrace(from),
  };
}

/** What a person needs to know of a notice that the hub could not bring about. */
export const forPerson = (
  { id, code, claimId, claimNumber, contactId, conversationId }: NoticeRecord,
  reason: string,
): NoticeForPerson => ({
  noticeId: id,
  code,
  reason,
  claimId,
  claimNumber,
  contactId,
  conversationId,
});

/** What leaves: the text, the first way, and what the thread shows beside it. */
export function toSend(
  notice: NoticeRecord,
  { plan, text, situation }: { plan: Extract<NoticePlan, { told: true }>; text: RenderedText; situation: NoticeSituation },
): NoticeToSend {
  const words = wordsOf({ ...situation, person: plan.person, language: text.language, privacy: 'P1' as PrivacyClass });
  return {
    noticeId: notice.id,
    code: notice.code,
    claimId: notice.claimId,
    claimNumber: notice.claimNumber,
    partyId: notice.partyId!,
    contactId: plan.person.contactId,
    language: text.language,
    subject: text.subject,
    text: text.text,
    step: plan.steps[0]!,
    notBefore: plan.heldUntil,
    live: plan.live,
    skipped: plan.skipped,
    parameters: [words.brand ?? '', words.claimRef ?? '', words.stageLabel ?? ''],
    occurredAt: notice.occurredAt,
  };
}

/** The trace with what was just heard of an attempt. */
export function withNews(notice: NoticeRecord, news: DeliveryNews, now: Date): NoticeRecord {
  const attempts = notice.trace.attempts.map((attempt) =>
    attempt.deliveryId === news.deliveryId ? { ...attempt, state: news.state, reason: news.reason, at: now.toISOString() } : attempt,
  );
  return { ...notice, trace: { ...notice.trace, attempts } };
}

/** The notice after the decision on the news. */
export function afterwards(notice: NoticeRecord, up: FollowUp, { news, now }: { news: DeliveryNews; now: Date }): NoticeRecord {
  if (up.then === 'wait') return notice;
  if (up.then === 'fallback')
    return {
      ...notice,
      step: up.step,
      state: 'sending',
      reason: null,
      settledAt: null,
      heldUntil: null,
      trace: { ...notice.trace, proof: null },
    };
  if (up.then === 'not-sent')
    return { ...notice, state: 'not-sent', reason: up.reason, settledAt: now, trace: { ...notice.trace, proof: null } };
  const channel = notice.plan[notice.trace.attempts.find(({ deliveryId }) => deliveryId === news.deliveryId)?.step ?? notice.step]!.channel;
  return {
    ...notice,
    state: 'told',
    reason: null,
    settledAt: now,
    trace: { ...notice.trace, proof: { deliveryId: news.deliveryId, channel, state: news.state, at: now.toISOString() } },
  };
}

/** What news make of these notices, one after the other; those that are changed. Throws where more would follow from them than a line in a notice. */
export function followedAll(
  held: readonly NoticeRecord[],
  news: readonly (DeliveryNews & { readonly messageId: string })[],
  now: Date,
): NoticeRecord[] {
  const heard = new Map<string, NoticeRecord>();
  const ofMessage = new Map(held.map((notice) => [notice.messageId, notice]));
  for (const one of news) {
    const known = ofMessage.get(one.messageId);
    if (!known) continue;
    const notice = heard.get(known.id) ?? known;
    const up = follow({ ...notice, attempts: notice.trace.attempts, proof: notice.trace.proof?.deliveryId ?? null }, one);
    if (up.then === 'fallback' || up.then === 'not-sent') throw new Error('a failure is followed by itself');
    heard.set(notice.id, afterwards(withNews(notice, one, now), up, { news: one, now }));
  }
  return [...heard.values()];
}
