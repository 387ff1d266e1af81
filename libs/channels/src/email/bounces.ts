import { email, type Address } from '@claimline/messages';
import type { Mail } from './mail';
import { messageIds } from './threading';

/** What a delivery report says of one recipient. */
export interface DeliveryReport {
  readonly outcome: 'failed' | 'delayed' | 'delivered' | 'relayed';
  /** The Message-ID of ours that it speaks of. */
  readonly about?: string;
  readonly recipient?: Address;
  readonly permanent: boolean;
  /** RFC 3463, e.g. `5.1.1`. */
  readonly status?: string;
  readonly diagnostic?: string;
}

const OUTCOMES: Readonly<Record<string, DeliveryReport['outcome']>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
  expanded: 'relayed',
};

/** The reports in a `multipart/report; report-type=delivery-status` (RFC 3464), or in a bounce of a server that writes prose. Empty for other mail. */
export function readReports(mail: Mail): DeliveryReport[] {
  const part = mail.parts.find(
    (one) => one.contentType === 'message/delivery-status' || one.contentType === 'message/global-delivery-status',
  );
  return part?.content ? standardReports(mail, textOf(part.content)) : proseBounce(mail);
}

/** Who complained, in an ARF report (RFC 5965) of a mailbox provider. Undefined for other mail, and where the provider hides it. */
export function readComplaint(mail: Mail): { readonly from: Address; readonly about?: string } | undefined {
  const part = mail.parts.find((one) => one.contentType === 'message/feedback-report');
  if (!part?.content) return undefined;
  const fields = fieldsOf(textOf(part.content));
  const kind = fields.get('feedback-type')?.toLowerCase();
  if (kind && !['abuse', 'opt-out', 'opt-out-list'].includes(kind)) return undefined;
  const original = originalHeaders(mail);
  const address = addressIn(fields.get('original-rcpt-to') ?? '') ?? addressIn(original.get('to') ?? '');
  return address && { from: address, about: messageIds(original.get('message-id') ?? '')[0] };
}

function standardReports(mail: Mail, status: string): DeliveryReport[] {
  const [perMessage = '', ...perRecipient] = status.split(/\r?\n[ \t]*\r?\n/).filter((block) => block.trim());
  const about = aboutOf(mail) ?? messageIds(fieldsOf(perMessage).get('original-envelope-id') ?? '')[0];
  const blocks = perRecipient.length > 0 ? perRecipient : [perMessage];
  return blocks.slice(0, 200).flatMap((block) => {
    const fields = fieldsOf(block);
    const outcome = OUTCOMES[fields.get('action')?.toLowerCase().split(/[\s(]/)[0] ?? ''];
    if (!outcome) return [];
    const code = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? fields.get('diagnostic-code') ?? '')?.[1];
    return [
      {
        outcome,
        about,
        status: code,
        recipient: addressIn(fields.get('original-recipient') ?? '') ?? addressIn(fields.get('final-recipient') ?? ''),
        permanent: outcome === 'failed' && !code?.startsWith('4'),
        diagnostic: fields.get('diagnostic-code')?.slice(0, 500),
      },
    ];
  });
}

const BOUNCE_FROM = /^(?:mailer-daemon|postmaster|mailerdaemon|mail\.?system|bounce)/;
const BOUNCE_SUBJECT =
  /undeliver|delivery (?:status|failure|has failed)|failure notice|returned (?:mail|to sender)|mail delivery (?:failed|system|subsystem)|delivery incomplete|系统退信|退信|无法送达|无法投递|邮件投递失败|投递失败|未送达|無法傳遞/i;

/** qmail, Exim, QQ and others say it in words: a daemon's mail about a failure, with a code and an address in its text. */
function proseBounce(mail: Mail): DeliveryReport[] {
  const from = mail.from[0]?.value ?? '';
  if (
    !BOUNCE_SUBJECT.test(mail.subject) ||
    !(BOUNCE_FROM.test(from) || mail.header('return-path').includes('<>') || mail.header('x-failed-recipients').length > 0)
  )
    return [];
  const words = mail.text.slice(0, 20_000);
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(words)?.[1];
  const reply = /(?<![\d.])([45])\d\d(?=[\s-])/.exec(words)?.[1];
  const recipient = addressIn(mail.header('x-failed-recipients')[0] ?? '') ?? addressIn(words);
  const about = aboutOf(mail) ?? messageIds(/message-id:\s*(<[^<>\s]+>)/i.exec(words)?.[1] ?? '')[0];
  // Without a recipient and a code it may be anything: it stays an ordinary mail that a person reads.
  if (!recipient || !(status ?? reply)) return [];
  return [
    {
      outcome: 'failed',
      about,
      recipient,
      status,
      permanent: (status ?? reply ?? '').startsWith('5'),
      diagnostic: words.trim().slice(0, 500),
    },
  ];
}

/** The Message-ID of the mail that came back: in the part with its headers, else in what the report answers. */
function aboutOf(mail: Mail): string | undefined {
  return messageIds(originalHeaders(mail).get('message-id') ?? '')[0] ?? mail.references[0];
}

function originalHeaders(mail: Mail): Map<string, string> {
  const part = mail.parts.find((one) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global', 'message/global-headers'].includes(
      one.contentType ?? '',
    ),
  );
  return fieldsOf(part?.content ? (textOf(part.content).split(/\r?\n\r?\n/, 1)[0] ?? '') : '');
}

function fieldsOf(block: string): Map<string, string> {
  const lines = block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

function addressIn(text: string): Address | undefined {
  const found = /[^\s<>()[\],;:"'，：]{1,64}@[a-z0-9.-]{1,190}\.[a-z]{2,63}/i.exec(text)?.[0];
  return found ? email(found) : undefined;
}

const textOf = (content: Uint8Array) => Buffer.from(content).subarray(0, 200_000).toString('utf8');
