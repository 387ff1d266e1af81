import type { Stage } from '@claimline/messages';
import type { Family } from '../channel-family';
import type { ConsentPurpose } from '../consent/consent-scope';

/** C: critical, cannot be muted; I: informational, can; S: survey or care (claims-and-sla.md §4.2). */
export type NoticeClass = 'C' | 'I' | 'S';

/** One line of the notification catalogue: when something is told, to whom, and by which way. */
export interface NoticeRule {
  readonly code: string;
  readonly on: { readonly stage: Stage; readonly subStatus?: string } | 'handler-replaced' | 'asked-for';
  readonly class: NoticeClass;
  /** Families in order; `last` is the channel that the customer used last. */
  readonly chain: readonly (Family | 'last')[];
  /** `unless-live`: not held back for somebody who wrote to us within the last five minutes; `by-person`: an adjuster sends it now, as an answer. */
  readonly quiet: 'defer' | 'unless-live' | 'by-person';
  /** Minutes in which further changes of the kind become one notice; 0: told at once. */
  readonly digestMinutes: number;
  /** About money: told to the party whose money it is, and to nobody when that cannot be known. */
  readonly money: boolean;
  /** A longer text in place of the code's own where the way is private enough for it (a mail holds the list that an SMS only links to). */
  readonly fuller?: string;
}

const rule = (code: string, on: NoticeRule['on'], over: Partial<NoticeRule> = {}): NoticeRule => ({
  code,
  on,
  class: 'C',
  chain: ['last', 'sms', 'email'],
  quiet: 'defer',
  digestMinutes: 0,
  money: false,
  ...over,
});
const letterLike: Partial<NoticeRule> = { chain: ['email', 'last', 'sms'], money: true };

/** The rules, first one that fits. A more special sub-state stands before the stage alone. A new notice is a line here and its texts in `template/seed`. */
export const NOTICE_RULES: readonly NoticeRule[] = [
  rule('fnol_received', { stage: 'reported' }, { quiet: 'unless-live' }),
  rule('handler_assigned', { stage: 'acknowledged' }),
  rule('documents_needed', { stage: 'documents' }, { digestMinutes: 10, fuller: 'documents_needed_list' }),
  rule('progress_update', { stage: 'investigation' }),
  rule('progress_update', { stage: 'assessment' }),
  rule('decision_approved', { stage: 'decided', subStatus: 'approved_full' }, { money: true }),
  rule('decision_partial', { stage: 'decided', subStatus: 'approved_partial' }, letterLike),
  rule('decision_denied', { stage: 'decided', subStatus: 'denied' }, letterLike),
  rule('progress_update', { stage: 'decided' }, { money: true }),
  rule('offer_ready', { stage: 'settlement' }, { money: true }),
  rule('payment_issued', { stage: 'payment', subStatus: 'issued' }, { money: true }),
  rule('payment_failed', { stage: 'payment', subStatus: 'failed' }, { money: true }),
  rule('payment_scheduled', { stage: 'payment' }, { money: true }),
  rule('claim_closed', { stage: 'closed' }),
  rule('claim_reopened', { stage: 'reopened' }),
  rule('appeal_received', { stage: 'appeal' }, { chain: ['email', 'last', 'sms'] }),
  rule('handler_changed', 'handler-replaced', { class: 'I', chain: ['last', 'sms', 'email'] }),
];

/** What is told because the hub or a person asks for it, not because the claim has moved. */
export const OCCASION_RULES: readonly NoticeRule[] = [
  rule('documents_needed', 'asked-for', { quiet: 'by-person', fuller: 'documents_needed_list' }),
  rule('document_rejected', 'asked-for', { quiet: 'by-person', fuller: 'document_rejected_list' }),
  rule('document_reminder', 'asked-for', { chain: ['sms', 'last', 'email'], fuller: 'document_reminder_list' }),
];

/** What a consent must be for, that this class of notice may leave. */
export const PURPOSE_OF: Readonly<Record<NoticeClass, ConsentPurpose>> = { C: 'service', I: 'informational', S: 'survey' };

/** What of a claim's change the rules look at. */
export interface RuleInput {
  readonly stage: string;
  readonly subStatus: string | null;
  readonly stageChanged: boolean;
  readonly handlerReplaced: boolean;
}

/** The notices that a change calls for. A new handler is told beside a new stage, except where the stage tells the handler anyway. */
export function rulesFor(change: RuleInput, rules: readonly NoticeRule[] = NOTICE_RULES): NoticeRule[] {
  const byStage = change.stageChanged
    ? rules.find(
        ({ on }) =>
          typeof on !== 'string' && on.stage === change.stage && (on.subStatus === undefined || on.subStatus === change.subStatus),
      )
    : undefined;
  const byHandler =
    change.handlerReplaced && byStage?.code !== 'handler_assigned' ? rules.find(({ on }) => on === 'handler-replaced') : undefined;
  return [byStage, byHandler].flatMap((found) => found ?? []);
}
