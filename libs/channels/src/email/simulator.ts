import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type {
  CustomerAction,
  Failpoint,
  Misbehaviour,
  OutboxEntry,
  SimulatedAnswer,
  SimulatedLine,
  Simulator,
  SimulatorHost,
  StartSimulator,
} from '../simulator';
import { ImapSimulator } from './imap-simulator';
import { SimulatedMailbox } from './imap-simulator-mailbox';
import { bounceMail } from './simulated-bounce';

interface SmtpRefusal extends Error {
  responseCode: number;
}

interface LineSettings {
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, string>;
}

type Done = (error?: Error | null) => void;

/**
 * The mail world in a box: the provider that takes the hub's mail over real SMTP, the customers' mailboxes behind it, and the provider's IMAP
 * server for lines that are read that way. Customers' mail goes to the hub's own listener, or into the line's IMAP mailbox where it has one.
 */
export class EmailSimulator implements Simulator {
  readonly kind = 'email';
  /** The accounts of lines, by user. */
  readonly mailboxes = new Map<string, SimulatedMailbox>();
  imap!: ImapSimulator;
  private smtp!: SMTPServer;
  private readonly lines = new Map<string, SimulatedLine>();
  private readonly passwords = new Map<string, string>();
  private readonly sockets = new Map<string, Socket>();
  private trouble: { how: Misbehaviour; left: number } | undefined;

  private constructor(private readonly host: SimulatorHost) {}

  static async start(this: void, host: SimulatorHost): Promise<EmailSimulator> {
    const self = new EmailSimulator(host);
    self.imap = await ImapSimulator.start((user) => (self.troubled('unauthorized') ? undefined : self.mailboxes.get(user)));
    self.smtp = self.makeSmtp();
    await new Promise<void>((resolve) => self.smtp.listen(0, '127.0.0.1', () => resolve()));
    return self;
  }

  /** Where the provider takes mail. */
  get smtpPort(): number {
    return (this.smtp.server.address() as AddressInfo).port;
  }

  async handle(): Promise<SimulatedAnswer | undefined> {
    return undefined;
  }

  newLine(address: string, manner?: string): LineSettings {
    return manner === 'imap' ? this.newImapLine(address) : this.smtpLine(address);
  }

  private smtpLine(address: string): LineSettings {
    const password = `pw-${randomBytes(12).toString('hex')}`;
    this.passwords.set(address, password);
    // Short, so that a server which hangs is soon known as one; longer than a busy machine lets a healthy one wait.
    const smtp = { host: '127.0.0.1', port: this.smtpPort, secure: false, user: address, timeoutSeconds: 5 };
    return {
      config: { address, displayName: 'Claims', smtp, replyDomain: address.split('@')[1] },
      secrets: { smtpPassword: password, imapPassword: password },
    };
  }

  /** The same for a line whose mailbox is read by IMAP and whose provider files what it sends. */
  newImapLine(address: string): LineSettings {
    const line = this.smtpLine(address);
    this.mailboxes.set(address, new SimulatedMailbox(address, line.secrets.imapPassword ?? ''));
    const imap = { host: '127.0.0.1', port: this.imap.port, secure: false, user: address, folder: 'INBOX', sentFolder: 'Sent' };
    return { ...line, config: { ...line.config, imap } };
  }

  async connect(line: SimulatedLine): Promise<void> {
    this.lines.set(line.address, line);
    this.passwords.set(line.address, line.secrets.smtpPassword ?? '');
    const imap = line.config.imap as { user?: string } | undefined;
    if (imap?.user && !this.mailboxes.has(imap.user))
      this.mailboxes.set(imap.user, new SimulatedMailbox(imap.user, line.secrets.imapPassword ?? ''));
  }

  async act(line: SimulatedLine, action: CustomerAction): Promise<{ id: string; status: number; body: string }> {
    if (action.do !== 'message' && action.do !== 'voice-message') return { id: '', status: 400, body: 'a mailbox can only write mail' };
    const id = (action.do === 'message' && action.id) || `<${randomUUID()}@${action.from.value.split('@')[1]}>`;
    const files = action.do === 'message' ? (action.media ?? []) : [action.media];
    if (action.do === 'message' && action.raw) return { id, ...(await this.deliver(line, action.from.value, Buffer.from(action.raw))) };
    const raw = await compose({
      messageId: id,
      from: { name: action.from.name ?? '', address: action.from.value },
      to: line.address,
      cc: action.do === 'message' ? [...(action.cc ?? [])] : undefined,
      subject: action.do === 'message' ? action.subject : undefined,
      text: action.do === 'message' ? action.text : undefined,
      inReplyTo: action.do === 'message' ? action.inReplyTo : undefined,
      references: action.do === 'message' ? action.inReplyTo : undefined,
      date: (action.do === 'message' && action.at) || this.host.now(),
      attachments: files.map((file) => ({ filename: file.name, contentType: file.contentType, content: Buffer.from(file.content) })),
    });
    return { id, ...(await this.deliver(line, action.from.value, raw)) };
  }

  /** Brings the bytes of a mail to a line, by SMTP or into its mailbox. An empty sender is the null sender. */
  async deliver(line: SimulatedLine, from: string, raw: Buffer): Promise<{ status: number; body: string }> {
    const imap = line.config.imap as { user: string } | undefined;
    if (imap) {
      const { uid } = this.mailboxes.get(imap.user)!.inbox.add(raw, this.host.now());
      return { status: 250, body: `stored as ${uid}` };
    }
    if (!line.mail) return { status: 503, body: 'the line says not where its mail is taken' };
    const transport = createTransport({ ...line.mail, secure: false, ignoreTLS: true });
    try {
      const { response } = await transport.sendMail({ envelope: { from, to: [line.address] }, raw });
      return { status: Number(response.slice(0, 3)), body: response };
    } catch (error) {
      const { responseCode = 0, message } = error as SmtpRefusal;
      return { status: responseCode, body: message };
    } finally {
      transport.close();
    }
  }

  misbehave(how: Misbehaviour | null): void {
    this.trouble = how ? { how, left: how.times ?? Infinity } : undefined;
    // A password that is no longer good ends the sessions that it opened.
    if (how?.how === 'unauthorized') this.imap.cut();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.smtp.close(() => resolve()));
    for (const socket of this.sockets.values()) socket.destroy();
    await Promise.all([closed, this.imap.close()]);
  }

  private makeSmtp(): SMTPServer {
    const server = new SMTPServer({
      authMethods: ['PLAIN', 'LOGIN'],
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      hideDSN: false,
      closeTimeout: 100,
      onAuth: (auth, _session, done) => {
        const known = this.passwords.get(auth.username ?? '') === auth.password && !this.troubled('unauthorized');
        if (!known) return done(refusal(535, '5.7.8 Authentication credentials invalid'));
        done(null, { user: auth.username });
      },
      onRcptTo: ({ address }, _session, done) => done(this.refusalAt(address)),
      // A sender that hangs up in the middle makes the stream fail: such a mail was never taken.
      onData: (stream, session, done) => void this.take(stream, session, done).catch((error: Error) => done(error)),
    });
    // A hub that is killed resets its connections; the provider outlives it.
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      const key = `${socket.remotePort}`;
      this.sockets.set(key, socket);
      socket.on('close', () => this.sockets.delete(key));
    });
    return server;
  }

  private refusalAt(address: string): SmtpRefusal | null {
    if (this.troubled('answer-429', address)) return refusal(451, '4.7.1 Greylisted, please try again later');
    if (this.troubled('answer-500', address)) return refusal(421, '4.3.2 Service shutting down');
    if (this.troubled('refuse', address)) return refusal(550, '5.1.1 User unknown');
    return null;
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    const raw = Buffer.concat((await stream.toArray()) as Buffer[]);
    const recipients = session.envelope.rcptTo.map((one) => one.address);
    const socket = this.sockets.get(`${session.remotePort}`);
    const breaks = (): void => void socket?.destroy();
    const failpoint = this.host.failpoint?.();
    if (failpoint?.at === 'received') return strikeAnd(failpoint, breaks);
    if (this.troubled('hang', recipients[0])) return;
    if (this.troubled('close-mid-answer', recipients[0])) return breaks();
    const dies = this.troubled('accept-then-die', recipients[0]);
    const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    await this.accept(raw, sender, recipients);
    if (dies) return breaks();
    if (failpoint?.at === 'accepted') failpoint.strike();
    // The beginning of a reply line, which ends with CRLF and not before (RFC 5321 §4.2).
    if (failpoint?.at === 'half-answered') return void socket?.write('250', () => strikeAnd(failpoint, breaks));
    done(null);
    if (failpoint?.at === 'answered') socket?.write('', () => failpoint.strike());
  }

  private async accept(raw: Buffer, sender: string, recipients: readonly string[]): Promise<void> {
    this.mailboxes.get(sender)?.sent.add(raw, this.host.now());
    const mail = await simpleParser(raw);
    for (const to of recipients) {
      if (this.troubled('undeliverable', to)) void this.bounce(raw, sender, to);
      else this.host.received(this.entry(mail, to, sender));
    }
  }

  /** A server further on refuses: the report goes to the envelope sender, later and as a mail of its own. */
  private async bounce(raw: Buffer, sender: string, recipient: string): Promise<void> {
    const line = this.lines.get(sender);
    if (line) await this.deliver(line, '', bounceMail({ raw, sender, recipient, id: randomUUID(), now: this.host.now() }));
  }

  private entry(mail: ParsedMail, to: string, sender: string): OutboxEntry {
    return {
      id: randomUUID(),
      channel: 'email',
      from: mail.from?.value[0]?.address ?? sender,
      to,
      text: (mail.text ?? '').trimEnd(),
      subject: mail.subject,
      html: typeof mail.html === 'string' ? mail.html : undefined,
      attachments: mail.attachments.map((file) => ({ name: file.filename ?? '', contentType: file.contentType, size: file.size })),
      at: this.host.now().toISOString(),
      raw: {
        ...Object.fromEntries(
          mail.headerLines.map(({ key, line }) => [
            key,
            line
              .slice(line.indexOf(':') + 1)
              .replace(/\r?\n\s*/g, ' ')
              .trim(),
          ]),
        ),
        'envelope-from': sender,
      },
    };
  }

  private troubled(how: Misbehaviour['how'], recipient?: string): boolean {
    const trouble = this.trouble;
    if (!trouble || trouble.how.how !== how || trouble.left <= 0 || (trouble.how.to && trouble.how.to !== recipient)) return false;
    trouble.left -= 1;
    return true;
  }
}

const strikeAnd = (failpoint: Failpoint, breaks: () => void): void => {
  failpoint.strike();
  breaks();
};

const refusal = (responseCode: number, message: string): SmtpRefusal => Object.assign(new Error(message), { responseCode });

/** The bytes of a mail, as a mail program writes them. */
async function compose(options: Parameters<ReturnType<typeof createTransport>['sendMail']>[0]): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(options);
  return message as Buffer;
}

/** The mail world in a box. */
export const startEmailSimulator: StartSimulator = EmailSimulator.start;
