/** What a bounce speaks of. */
export interface Bounced {
  readonly raw: Buffer;
  readonly sender: string;
  readonly recipient: string;
  readonly id: string;
  readonly now: Date;
}

/** The delivery report (RFC 3464) of a server that could not find the recipient, with the headers of the mail that came back. */
export function bounceMail({ raw, sender, recipient, id, now }: Bounced): Buffer {
  const head = raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const boundary = `report-${id}`;
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mx.example.test>',
    `To: ${sender}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${now.toUTCString()}`,
    `Message-ID: <${id}@mx.example.test>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your mail to <${recipient}> could not be delivered: user unknown.`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.test',
    `Arrival-Date: ${now.toUTCString()}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    head,
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
