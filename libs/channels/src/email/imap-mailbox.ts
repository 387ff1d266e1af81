import type { OutboundMessage, SendReceipt } from '@claimline/messages';
import { connectTo } from './imap-door';
import { messageIdOf } from './outgoing';
import type { EmailConfig } from './settings';

/** What is wrong with the mailbox settings, by field; undefined when its folders open. */
export async function checkMailbox(
  imap: NonNullable<EmailConfig['imap']>,
  password: string,
): Promise<{ readonly field: string; readonly problem: string } | undefined> {
  const client = connectTo(imap, password);
  try {
    await client.connect();
  } catch (error) {
    return connectProblem(error);
  }
  try {
    for (const field of ['folder', 'sentFolder'] as const) {
      const opened = !imap[field] || (await client.mailboxOpen(imap[field], { readOnly: true }).catch(() => undefined));
      if (!opened) return { field: `imap.${field}`, problem: `The mailbox has no folder "${imap[field]}"` };
    }
    return undefined;
  } finally {
    client.close();
  }
}

function connectProblem(error: unknown): { field: string; problem: string } {
  const {
    authenticationFailed,
    code = 'no answer',
    message = '',
  } = error as { authenticationFailed?: boolean; code?: string; message?: string };
  if (authenticationFailed)
    return { field: 'imapPassword', problem: 'The mailbox does not accept the user and password: enter them again' };
  if (/wrong version number|ssl|tls|certificate/i.test(`${code} ${message}`))
    return { field: 'imap.secure', problem: `TLS with the mailbox server fails (${code}): try the other setting` };
  return { field: 'imap.host', problem: `The mailbox server cannot be reached (${code})` };
}

/** Whether a mail stands in the folder of sent mail: for providers that file there what leaves by SMTP. */
export async function findSent(message: OutboundMessage, config: EmailConfig, password: string): Promise<SendReceipt | 'absent'> {
  const messageId = messageIdOf(message, config);
  const client = connectTo(config.imap!, password);
  try {
    await client.connect();
    await client.mailboxOpen(config.imap!.sentFolder, { readOnly: true });
    const found = await client.search({ header: { 'message-id': messageId } }, { uid: true });
    return Array.isArray(found) && found.length > 0 ? { externalId: messageId, state: 'sent', reference: messageId } : 'absent';
  } finally {
    client.close();
  }
}
