import type { AutomaticMail } from '@claimline/messages';

/** What the loop guard looks at. */
export interface MailTraits {
  /** All values of a header, unfolded; empty where it is missing. */
  header(name: string): readonly string[];
  readonly headerNames: readonly string[];
  readonly subject: string;
  /** Lower case; empty where the mail names nobody. */
  readonly from: string;
  /** `null` for the null sender `<>`, undefined where the transport did not say (IMAP). */
  readonly envelopeFrom: string | null | undefined;
  /** Whether the sender is this very line. */
  readonly own: boolean;
}

type Rule = readonly [AutomaticMail, (mail: MailTraits) => boolean];

const any = (mail: MailTraits, name: string, test: (value: string) => boolean) =>
  mail.header(name).some((value) => test(value.trim().toLowerCase()));

const DAEMON = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|mailerdaemon)(?:[+@=.-]|$)/;
// Webmail that answers for people on leave without any header (QQ, 163, old Exchange).
const AUTOREPLY_SUBJECT =
  /^\s*(?:自动回复|自動回覆|自動返信|automatic reply|auto[- ]?reply|auto:|out of (?:the )?office|automatische antwort|réponse automatique)\s*[:：-]?/i;

// RFC 3834 §2 with the headers seen in the wild. The first that holds names the mail; X-Auto-Response-Suppress is not here, because it asks
// for silence about a mail and does not say that a machine wrote it.
const RULES: readonly Rule[] = [
  ['own-address', (mail) => mail.own],
  ['null-sender', (mail) => mail.envelopeFrom === null || any(mail, 'return-path', (value) => value === '<>')],
  ['daemon', (mail) => DAEMON.test(mail.from)],
  [
    'autoreply',
    (mail) =>
      ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from', 'x-mail-autoreply'].some((name) =>
        any(mail, name, (value) => value !== 'no'),
      ),
  ],
  ['auto-submitted', (mail) => any(mail, 'auto-submitted', (value) => value.split(/[;\s(]/)[0] !== 'no')],
  ['list', (mail) => mail.headerNames.some((name) => name.startsWith('list-'))],
  ['bulk', (mail) => any(mail, 'precedence', (value) => ['bulk', 'list', 'junk'].includes(value))],
  ['autoreply', (mail) => any(mail, 'precedence', (value) => value === 'auto_reply') || AUTOREPLY_SUBJECT.test(mail.subject)],
];

/** Why a mail was made by a machine, or undefined for a person's. Nothing of ours ever answers a mail that has a reason here. */
export function automaticMail(mail: MailTraits): AutomaticMail | undefined {
  return RULES.find(([, holds]) => holds(mail))?.[0];
}
