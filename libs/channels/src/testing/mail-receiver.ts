import { PassThrough } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { MailEnvelope } from '@claimline/messages';

/** What a mail is given to; a rejection answers 451, so that the sender tries again. */
export type TakeMail = (envelope: MailEnvelope, raw: PassThrough) => Promise<void>;

/** A listener that takes any mail over real SMTP, as the hub's own does. */
export class MailReceiver {
  private constructor(private readonly server: SMTPServer) {}

  static async start(take: TakeMail): Promise<MailReceiver> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData: (stream, session, done) => {
        const raw = new PassThrough();
        stream.pipe(raw);
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const envelope = {
          from: from || null,
          to: session.envelope.rcptTo.map((one) => one.address),
          remoteAddress: session.remoteAddress,
        };
        take(envelope, raw).then(
          () => done(),
          (error: unknown) => done(Object.assign(new Error(String(error)), { responseCode: 451 })),
        );
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    return new MailReceiver(server);
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
