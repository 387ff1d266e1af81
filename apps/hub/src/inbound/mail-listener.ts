import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Log, MailEnvelope } from '@claimline/messages';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { MailDesk, MailReply } from './mail-desk';
import { spool } from './mail-spool';
import { Slots } from './slots';

/** More than this is refused (552). Mail servers rarely take more than 25 MB of files, which base64 makes a third longer. */
export const MAIL_LIMIT = 36 * 1024 * 1024;
// A mail is several times its size while it is read: sixteen small ones are read at once, or a single large one.
const ROOM_MB = 32;
const LEAST_MB = 2;
const MB = 1024 * 1024;
const MOST_CLIENTS = 100;
const MOST_RECIPIENTS = 100;
const SILENCE_MS = 60_000;
const CLOSE_MS = 10_000;
// RFC 5321 §4.5.3.1.4: a command line has at most 512 octets.
const LONGEST_LINE = 512;
const NAME = 'claimline';

/** Where the mail door listens and what it needs. */
export interface MailListenerDeps {
  readonly host: string;
  readonly port: number;
  readonly desk: MailDesk;
  readonly log: Log;
}

type Answer = (error?: Error | null, message?: string) => void;

/**
 * The hub's mail server: SMTP and LMTP on one port, told apart by how the client greets (LHLO, RFC 2033 §4.1). Takes mail for our
 * mailboxes only; 250 means that it is on disk. Nobody signs in and nothing is passed on.
 */
export class MailListener {
  private readonly front: Server;
  private readonly smtp: SMTPServer;
  private readonly lmtp: SMTPServer;
  private readonly reading = new Slots(ROOM_MB);
  private readonly underWay = new Set<Promise<void>>();
  private readonly sockets = new Set<Socket>();

  constructor(private readonly deps: MailListenerDeps) {
    this.smtp = new SMTPServer(this.options(false));
    this.lmtp = new SMTPServer(this.options(true));
    for (const server of [this.smtp, this.lmtp])
      server.on('error', (error: Error) => this.deps.log.info({ error: error.message }, 'a mail connection ended'));
    this.front = createServer((socket) => this.greet(socket));
    this.front.maxConnections = MOST_CLIENTS;
  }

  /** Resolves with the port. @throws Error that names SMTP_PORT when it is taken */
  async start(): Promise<number> {
    const { host, port } = this.deps;
    await new Promise<void>((resolve, reject) => {
      this.front.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new Error(`SMTP_PORT: ${port} is taken; choose another`) : error),
      );
      this.front.listen(port, host, resolve);
    });
    this.deps.log.info({ port: this.port }, 'mail is taken');
    return this.port;
  }

  /** Where it listens; 0 before it does. */
  get port(): number {
    return (this.front.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Takes no new mail, finishes what has arrived, and hangs up on whoever is still talking: they come again. */
  async stop(): Promise<void> {
    if (!this.front.listening) return;
    const closed = new Promise<void>((resolve) => this.front.close(() => resolve()));
    await Promise.race([Promise.allSettled([...this.underWay]), new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
    // Answers are written by now; ending lets them leave.
    for (const socket of this.sockets) socket.end(`421 4.3.2 ${NAME} is closing\r\n`, () => socket.destroy());
    await closed;
  }

  // The greeting is the same for both, and the first line of the client decides who answers it.
  private greet(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const giveUp = (): void => void socket.destroy();
    socket.on('error', giveUp);
    socket.setTimeout(SILENCE_MS, giveUp);
    socket.write(`220 ${NAME} ESMTP\r\n`);
    let first = Buffer.alloc(0);
    const hear = (chunk: Buffer): void => {
      first = Buffer.concat([first, chunk]);
      if (!first.includes('\n') && first.length < LONGEST_LINE) return;
      socket.off('data', hear).off('timeout', giveUp).off('error', giveUp);
      onGreeting(socket, () => socket.unshift(first));
      (/^LHLO\b/i.test(first.toString('latin1')) ? this.lmtp : this.smtp).connect(socket, {});
    };
    socket.on('data', hear);
  }

  private options(lmtp: boolean): SMTPServerOptions {
    return {
      name: NAME,
      lmtp,
      size: MAIL_LIMIT,
      maxRecipients: MOST_RECIPIENTS,
      socketTimeout: SILENCE_MS,
      // It listens where the operator's own mail server reaches it; a certificate that nobody can check would protect nobody.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      logger: false,
      onRcptTo: ({ address }, _session, answer) =>
        void this.deps.desk.refusal(address).then((refusal) => answer(refusal ? refused(refusal) : null)),
      onData: (stream, session, answer) => this.follow(this.receive(stream, session, { lmtp, answer: answer as Answer })),
    };
  }

  private follow(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession, to: { lmtp: boolean; answer: Answer }): Promise<void> {
    try {
      const mail = await spool(stream, MAIL_LIMIT);
      try {
        if (mail.size === undefined) return to.answer(refused({ code: 552, words: `5.3.4 at most ${MAIL_LIMIT} bytes are taken` }));
        const replies = await this.reading.use(Math.max(LEAST_MB, Math.ceil(mail.size / MB)), async () =>
          this.deps.desk.take(envelopeOf(session), await mail.bytes()),
        );
        reply(replies, to);
      } finally {
        await mail.drop();
      }
    } catch (error) {
      this.deps.log.error({ error: String(error) }, 'a mail could not be received; its sender comes again');
      to.answer(refused({ code: 451, words: '4.3.0 not now, come again' }));
    }
  }
}

// LMTP has an answer for each recipient (RFC 2033 §4.2). SMTP has one: unless all have it, the sender comes again, and who has it already sees a duplicate.
function reply(replies: readonly MailReply[], { lmtp, answer }: { lmtp: boolean; answer: Answer }): void {
  const each = replies.map((one) => (one.code === 250 ? one.words : refused(one)));
  if (lmtp) return answer(null, each as unknown as string);
  const worst = replies.find((one) => one.code === 451 || one.code === 452) ?? replies.find((one) => one.code !== 250);
  if (worst) answer(refused(worst));
  else answer(null, replies[0]?.words);
}

const refused = ({ code, words }: { code: number; words: string }): Error => Object.assign(new Error(words), { responseCode: code });

function envelopeOf({ envelope, remoteAddress }: SMTPServerSession): MailEnvelope {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return { from: from || null, to: envelope.rcptTo.map(({ address }) => address.toLowerCase()), remoteAddress };
}

/** Keeps the server's own greeting from being said a second time; it listens only after it, so that is when the client's first line is given to it. */
function onGreeting(socket: Socket, then: () => void): void {
  const write = socket.write.bind(socket) as Socket['write'];
  socket.write = ((chunk: string | Uint8Array, ...rest: []) => {
    socket.write = write;
    if (typeof chunk !== 'string' || !chunk.startsWith('220 ')) return write(chunk, ...rest);
    setImmediate(then);
    return true;
  }) as Socket['write'];
}
