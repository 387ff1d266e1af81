import type { Readable } from 'node:stream';
import { ChannelError, type Log, type OutboundMessage, type SendReceipt } from '@claimline/messages';
import { createTransport, type Transporter } from 'nodemailer';
import { composeMail } from './outgoing';
import type { EmailConfig } from './settings';
import { fieldOfFailure, smtpFate, type SmtpFailure } from './smtp-fates';
import type { Sign } from './threading';

/** What {@link SmtpLine} needs. */
export interface SmtpLineOptions {
  readonly config: EmailConfig;
  readonly password: string;
  readonly sign: Sign;
  readonly log: Log;
}

/** The way out: a few kept connections to the mail server of one inbox. */
export class SmtpLine {
  // Private to the language, so that no logger prints the password.
  readonly #transport: Transporter;
  /** The body of each mail that is on its way, to know whether it left. */
  private readonly bodies = new Map<string, Readable>();

  constructor(
    private readonly options: Omit<SmtpLineOptions, 'password'>,
    password: string,
  ) {
    const { host, port, secure, user, timeoutSeconds } = options.config.smtp;
    const timeout = timeoutSeconds * 1000;
    this.#transport = createTransport({
      pool: true,
      maxConnections: 3,
      // The pool must never send twice by itself: whether a mail left is for the hub to decide.
      maxRequeues: 0,
      host,
      port,
      secure,
      auth: user ? { user, pass: password } : undefined,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      dnsTimeout: timeout,
      tls: { minVersion: 'TLSv1.2' },
    });
    this.#transport.use('stream', (mail, done) => {
      const open = mail.message.createReadStream.bind(mail.message);
      mail.message.createReadStream = (...args) => {
        const body = open(...args);
        this.bodies.set(mail.message.messageId(), body);
        return body;
      };
      done();
    });
  }

  /** Sends; rejects with a `ChannelError`. */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    const files = await openFiles(message);
    const { messageId, options } = composeMail(message, this.options.config, this.options.sign, files);
    try {
      const { rejected = [] } = (await this.#transport.sendMail(options)) as { rejected?: readonly unknown[] };
      this.judgeRecipients(message, rejected);
      return { externalId: messageId, state: 'accepted', reference: messageId };
    } catch (error) {
      if (error instanceof ChannelError) throw error;
      throw smtpFate(error as SmtpFailure, this.bodies.get(messageId)?.readableEnded ?? false);
    } finally {
      this.bodies.delete(messageId);
      for (const file of files) file.destroy();
    }
  }

  /** Signs in and out again; undefined when all is well, else the field that is wrong. */
  async check(): Promise<{ readonly field: string; readonly problem: string } | undefined> {
    try {
      await this.#transport.verify();
      return undefined;
    } catch (error) {
      const failure = error as SmtpFailure;
      return { field: fieldOfFailure(failure), problem: smtpFate(failure, false).message };
    }
  }

  close(): void {
    this.#transport.close();
  }

  /** A server may take a mail for some recipients only. */
  private judgeRecipients(message: OutboundMessage, rejected: readonly unknown[]): void {
    if (rejected.length === 0) return;
    const refused = rejected.map((one) => String(one).toLowerCase());
    if (refused.includes(message.to.value))
      throw new ChannelError('rejected', 'The mail server refuses this recipient', { reason: 'undeliverable', addressUnusable: true });
    this.options.log.warn(
      { deliveryId: message.deliveryId, refused: refused.length },
      'the mail server refused some of the copied recipients',
    );
  }
}

async function openFiles(message: OutboundMessage): Promise<Readable[]> {
  const opened = await Promise.allSettled(message.attachments.map((file) => file.open()));
  const files = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (files.length === opened.length) return files;
  for (const file of files) file.destroy();
  throw new ChannelError('unavailable', 'A file of this message cannot be opened');
}
