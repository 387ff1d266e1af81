import type { Address, OutboundMessage } from '@claimline/messages';
import type { SendMailOptions } from 'nodemailer';
import type { Readable } from 'node:stream';
import type { EmailConfig } from './settings';
import { signedAddress, type Sign } from './threading';

/** A mail ready for the transport, with the id under which everything will speak of it. */
export interface OutgoingMail {
  /** With its angle brackets. The same for every try of one delivery, so that copies are recognised and `find` has something to look for. */
  readonly messageId: string;
  readonly options: SendMailOptions;
}

/** The Message-ID of a delivery, without asking anybody. */
export function messageIdOf(message: Pick<OutboundMessage, 'messageId' | 'deliveryId'>, config: EmailConfig): string {
  const plain = (id: string) => id.replace(/[^A-Za-z0-9-]/g, '');
  return `<${plain(message.messageId)}.${plain(message.deliveryId)}@${domainOf(config)}>`;
}

/** Writes the mail: headers for threading (RFC 5322 §3.6.4), for machines (RFC 3834, 8058) and for people. `files` are opened already. */
export function composeMail(message: OutboundMessage, config: EmailConfig, sign: Sign, files: readonly Readable[]): OutgoingMail {
  const messageId = messageIdOf(message, config);
  const references = message.thread?.references ?? [];
  // A machine's answer must not be answered or bounced back to (RFC 3834 §3.3).
  const sender = message.automatic === 'reply' ? '' : config.address;
  return {
    messageId,
    options: {
      messageId,
      from: { name: config.displayName, address: config.address },
      to: box(message.to),
      cc: message.cc.map(box),
      replyTo: replyTo(message, config, sign),
      subject: message.subject?.replace(/[\r\n]+/g, ' ') ?? '',
      inReplyTo: references.at(-1),
      references: [...references],
      text: message.text,
      html: message.html,
      headers: machineHeaders(message, config, sign),
      envelope: { from: sender, to: [message.to, ...message.cc].map((one) => one.value) },
      dsn: { id: messageId.slice(1, -1), return: 'headers', notify: sender ? ['failure', 'delay'] : 'never', recipient: message.to.value },
      attachments: message.attachments.map((file, index) => ({
        filename: file.name,
        contentType: file.contentType,
        content: files[index],
      })),
      disableUrlAccess: true,
      disableFileAccess: true,
    },
  };
}

function machineHeaders(message: OutboundMessage, config: EmailConfig, sign: Sign): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Language': message.language };
  if (!message.automatic) return headers;
  headers['Auto-Submitted'] = message.automatic === 'reply' ? 'auto-replied' : 'auto-generated';
  headers['X-Auto-Response-Suppress'] = 'All';
  const unsubscribe =
    message.automatic === 'notice' && message.thread && config.replyDomain
      ? signedAddress('unsub', message.thread.token, config.replyDomain, sign)
      : undefined;
  if (unsubscribe) headers['List-Unsubscribe'] = `<mailto:${unsubscribe}?subject=unsubscribe>`;
  return headers;
}

function replyTo(message: OutboundMessage, config: EmailConfig, sign: Sign): string | undefined {
  return message.thread && config.replyDomain ? signedAddress('reply', message.thread.token, config.replyDomain, sign) : undefined;
}

const box = (address: Address) => ({ name: address.name ?? '', address: address.value });
const domainOf = (config: EmailConfig) => config.replyDomain ?? config.address.split('@')[1] ?? 'localhost';
