import { createHash } from 'node:crypto';
import {
  email,
  type Address,
  type Inbound,
  type InboundBounce,
  type InboundDelivery,
  type InboundEvent,
  type InboundMessage,
  type MailEnvelope,
} from '@claimline/messages';
import { automaticMail } from './automatic-mail';
import { readComplaint, readReports, type DeliveryReport } from './bounces';
import { readMail, type Mail } from './mail';
import { isLine } from './parties';
import { splitQuoted } from './quotes';
import { storable } from './storable';
import { tokenIn, type Sign } from './threading';

/** A mail as it came, and the line that it came to. */
export interface IncomingMail {
  readonly raw: Buffer;
  /** What SMTP said; IMAP knows only the line itself, and no sender. */
  readonly envelope: Pick<MailEnvelope, 'to'> & { readonly from: string | null | undefined };
  /** The address of the line. */
  readonly line: string;
  readonly sign: Sign;
  /** The size at the server, where only the beginning was fetched. */
  readonly cutFrom?: number;
}

const REPORTED: Readonly<Record<'delivered' | 'relayed', InboundDelivery['state']>> = { delivered: 'delivered', relayed: 'sent' };
// Headers in which relays leave the address that a mail was really sent to.
const RECIPIENT_HEADERS = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to'];
const LONGEST_UNSUBSCRIBE = 200;

/** Reads a mail into events. Never rejects: what cannot be understood is a message with the whole mail as its file. */
export async function readIncoming(incoming: IncomingMail): Promise<Inbound> {
  try {
    return { events: storable(eventsOf(incoming, await readMail(incoming.raw))) };
  } catch {
    return { events: [storable(unreadable(incoming))] };
  }
}

/** The message that stands for a mail which could not be read or stored: its bytes as a file, for a person to open. */
export function unreadable({ raw, envelope, line }: IncomingMail): InboundMessage {
  const hash = sha256(raw);
  return {
    kind: 'message',
    key: `sha256:${hash}`,
    to: line,
    from: envelope.from ? email(envelope.from) : nobody(hash.slice(0, 16)),
    text: 'This mail could not be read. The original is attached.',
    media: [originalOf(raw)],
    facts: { unreadable: 'true' },
  };
}

function eventsOf(incoming: IncomingMail, mail: Mail): InboundEvent[] {
  const base = { key: keyOf(incoming, mail), to: incoming.line, occurredAt: mail.date };
  const reports = readReports(mail).filter((report) => report.outcome === 'failed' || report.outcome === 'delayed' || report.about);
  if (reports.length > 0)
    return reports.map((report, index) => reported(report, { ...base, key: `${base.key}/${report.recipient?.value ?? index}` }));
  const complaint = readComplaint(mail);
  if (complaint)
    return [
      { ...base, kind: 'opt-out', from: complaint.from, evidence: `spam complaint (ARF) about ${complaint.about ?? 'a mail of ours'}` },
    ];
  const message = messageOf(incoming, mail, base);
  if (!tokenIn('unsub', addressedTo(incoming, mail), incoming.sign)) return [message];
  const wish: InboundEvent = {
    ...base,
    kind: 'opt-out',
    from: message.from,
    evidence: `List-Unsubscribe mail ${mail.messageId ?? base.key}`,
  };
  return message.text.length <= LONGEST_UNSUBSCRIBE && message.media.length === 0 ? [wish] : [wish, message];
}

function reported(report: DeliveryReport, base: { key: string; to: string; occurredAt?: Date }): InboundBounce | InboundDelivery {
  if ((report.outcome === 'delivered' || report.outcome === 'relayed') && report.about) {
    return { ...base, kind: 'delivery', externalId: report.about, state: REPORTED[report.outcome], vendorCode: report.status };
  }
  const { recipient, permanent, status, diagnostic } = report;
  return { ...base, kind: 'bounce', externalId: report.about, recipient, permanent, status, diagnostic };
}

function messageOf(incoming: IncomingMail, mail: Mail, base: { key: string; to: string; occurredAt?: Date }): InboundMessage {
  const { sign, line, envelope } = incoming;
  const from = senderOf(incoming, mail);
  const token = tokenIn('reply', addressedTo(incoming, mail), sign);
  const { text, quoted } = splitQuoted(mail.text);
  const own = isOwn(from.value, line, sign);
  return {
    ...base,
    kind: 'message',
    from,
    text,
    quoted,
    cc: [...mail.to, ...mail.cc, ...mail.from.slice(1)].filter(
      (one, at, all) =>
        one.value !== from.value && !isOwn(one.value, line, sign) && all.findIndex((other) => other.value === one.value) === at,
    ),
    subject: mail.subject || undefined,
    html: mail.html,
    media: isHidden(incoming.raw, mail) ? [originalOf(incoming.raw)] : mail.parts,
    reply: token || mail.references.length > 0 ? { token, references: mail.references } : undefined,
    reference: mail.messageId,
    automatic: automaticMail({
      header: mail.header,
      headerNames: mail.headerNames,
      subject: mail.subject,
      from: from.value,
      envelopeFrom: envelope.from,
      own,
    }),
    facts: factsOf(incoming, mail, from),
  };
}

const originalOf = (raw: Buffer) => ({ key: '1', name: 'original.eml', contentType: 'message/rfc822', content: raw, size: raw.length });

/** Whether there are words that no part holds, e.g. behind a multipart header without its boundary: then a person gets the original. */
function isHidden(raw: Buffer, mail: Mail): boolean {
  if (mail.text || mail.html || mail.parts.length > 0) return false;
  const head = /\r?\n\r?\n/.exec(raw.subarray(0, 1_000_000).toString('latin1'));
  return (
    head !== null &&
    raw
      .subarray(head.index, head.index + 1_000_000)
      .toString('latin1')
      .trim() !== ''
  );
}

/** From, else what else names a person. A mail from nobody gets an address of its own, or all such mails would become one customer. */
function senderOf({ envelope }: IncomingMail, mail: Mail): Address {
  return mail.from[0] ?? mail.sender[0] ?? mail.replyTo[0] ?? (envelope.from ? email(envelope.from) : nobody(mail.fingerprint));
}

/** Cannot be written to: `.invalid` is reserved for that (RFC 2606 §2). */
const nobody = (id: string) => email(`nobody.${id}@sender.invalid`);

const isOwn = (address: string, line: string, sign: Sign) => isLine(address, line) || tokenIn('reply', [address], sign) !== undefined;

const addressedTo = ({ envelope }: IncomingMail, mail: Mail) => [...envelope.to, ...RECIPIENT_HEADERS.flatMap((name) => mail.header(name))];

function factsOf({ cutFrom }: IncomingMail, mail: Mail, from: Address): InboundMessage['facts'] {
  const replyTo = mail.replyTo.find((one) => one.value !== from.value)?.value;
  const facts = { ...(replyTo ? { replyTo } : {}), ...(cutFrom ? { cutFromBytes: String(cutFrom) } : {}) };
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/** See *Why it is so* in the README: the id alone loses similar mails, the bytes alone keep copies. */
function keyOf({ raw }: IncomingMail, mail: Mail): string {
  return mail.messageId ? `${mail.messageId.slice(0, 300)}#${mail.fingerprint}` : `sha256:${sha256(raw)}`;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
