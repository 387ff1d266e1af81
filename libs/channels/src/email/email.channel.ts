import type { Readable } from 'node:stream';
import {
  ChannelError,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type Inbound,
  type MailEnvelope,
  type OutboundMessage,
  type SendReceipt,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import { ImapDoor } from './imap-door';
import { checkMailbox, findSent } from './imap-mailbox';
import { readIncoming } from './incoming';
import { emailConfig, emailSecrets, type EmailConfig, type EmailSecrets } from './settings';
import { SmtpLine } from './smtp-line';

const MAX_TEXT = 1_000_000;
// What most servers take in all; base64 makes a third more of it on the way.
const MAX_FILES = 25 * 1024 * 1024;
const MOST_FILES = 50;

/** One mailbox: mail comes in by the hub's listener or by IMAP, and goes out by SMTP. */
class EmailChannel implements Channel {
  readonly doors: readonly Door[];
  readonly find?: (message: OutboundMessage) => Promise<SendReceipt | 'absent'>;
  readonly #secrets: EmailSecrets;
  private readonly smtp: SmtpLine;

  constructor(
    private readonly config: EmailConfig,
    secrets: EmailSecrets,
    private readonly deps: ChannelDeps,
  ) {
    this.#secrets = secrets;
    this.smtp = new SmtpLine({ config, sign: deps.sign, log: deps.log }, secrets.smtpPassword);
    const { imap } = config;
    this.doors = [{ via: 'mail', receive: (envelope, raw) => this.receive(envelope, raw) }, ...(imap ? [this.imapDoor(imap)] : [])];
    if (imap?.sentFolder) this.find = (message) => this.findSent(message);
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    if (message.to.scheme !== 'email') throw new ChannelError('rejected', 'This address is no mail address', { reason: 'not-capable' });
    if (message.text.length > MAX_TEXT)
      throw new ChannelError('rejected', `The text is longer than ${MAX_TEXT} characters`, { reason: 'not-capable' });
    const size = message.attachments.reduce((sum, file) => sum + file.size, 0);
    if (size > MAX_FILES || message.attachments.length > MOST_FILES)
      throw new ChannelError('rejected', 'The files are more than 25 MB or more than 50', { reason: 'not-capable' });
    return this.smtp.send(message);
  }

  async check(): Promise<ChannelCheck> {
    const { imap } = this.config;
    const wrong = (await this.smtp.check()) ?? (imap ? await checkMailbox(imap, this.#secrets.imapPassword) : undefined);
    return wrong
      ? { ok: false, ...wrong }
      : { ok: true, detail: imap ? 'Mail can be sent and the mailbox can be read' : 'Mail can be sent' };
  }

  async close(): Promise<void> {
    this.smtp.close();
  }

  private async receive(envelope: MailEnvelope, raw: Readable): Promise<Inbound> {
    const bytes = Buffer.concat(await raw.toArray());
    return readIncoming({ raw: bytes, envelope, line: this.config.address, sign: this.deps.sign });
  }

  private imapDoor(imap: NonNullable<EmailConfig['imap']>): Door {
    return new ImapDoor({ imap, line: this.config.address, password: () => this.#secrets.imapPassword, deps: this.deps }).door;
  }

  private async findSent(message: OutboundMessage): Promise<SendReceipt | 'absent'> {
    try {
      return await findSent(message, this.config, this.#secrets.imapPassword);
    } catch {
      throw new ChannelError('unavailable', 'The folder of sent mail cannot be read now');
    }
  }
}

/** E-mail: a mailbox of the insurer. */
export const emailKind: ChannelKind<EmailConfig, EmailSecrets> = {
  kind: 'email',
  title: 'E-mail',
  config: emailConfig,
  secrets: emailSecrets,
  capabilities: {
    schemes: ['email'],
    privacy: 'P2',
    maxText: MAX_TEXT,
    segments: false,
    media: { types: ['*/*'], maxBytes: MAX_FILES, maxCount: MOST_FILES },
    receipts: 'none',
    window: null,
    templateOutsideWindow: false,
    proactive: true,
    subject: true,
    html: true,
    cc: true,
    typing: false,
    calls: false,
    optOutWords: false,
  },
  address: (config) => config.address,
  open: ({ config, secrets }, deps) => new EmailChannel(config, secrets, deps),
};
