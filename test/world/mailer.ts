import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';

/** Where a hub takes mail. */
export interface MailPort {
  readonly host: string;
  readonly port: number;
  /** How long the sender waits for a word of the hub, in milliseconds; as long as mail programs do where left out. */
  readonly patience?: number;
}

/** Brings a mail to a hub over real SMTP, as the mail server of a customer does. Returns the server's last answer; rejects with `responseCode` where it refuses. */
export async function postMail(to: MailPort, mail: SendMailOptions): Promise<string> {
  const transport = createTransport({
    host: to.host,
    port: to.port,
    secure: false,
    ignoreTLS: true,
    ...(to.patience && { connectionTimeout: to.patience, greetingTimeout: to.patience, socketTimeout: to.patience }),
  });
  try {
    const { response } = await transport.sendMail(mail);
    return response;
  } finally {
    transport.close();
  }
}

/** The same for bytes that no mail program of ours would write. */
export const postRawMail = (
  to: MailPort,
  envelope: { readonly from: string; readonly to: readonly string[] },
  raw: Buffer | string,
): Promise<string> => postMail(to, { envelope: { from: envelope.from, to: [...envelope.to] }, raw });

const FIXTURES = path.join(__dirname, '../../libs/channels/src/email/fixtures');

/** A mail as it was found in the wild, from somebody else: addresses and Message-ID are replaced, byte for byte elsewhere. */
export function foundMail(name: string, changed: { readonly from: string; readonly id: string; readonly to?: string }): Buffer {
  const text = readFileSync(path.join(FIXTURES, `${name}.eml`), 'latin1')
    .replaceAll('li.hua@customers.example.test', changed.from)
    .replace(/^Message-ID: <.+>/im, `Message-ID: <${changed.id}>`);
  return Buffer.from(changed.to ? text.replaceAll('claims@insurer.example.test', changed.to) : text, 'latin1');
}
