import { z } from 'zod';

const host = z.string().trim().min(1).max(253);
const port = z.number().int().min(1).max(65_535);
const tls = z
  .boolean()
  .default(false)
  .meta({ title: 'TLS from the first byte', description: 'On for ports 465 and 993. Off: STARTTLS is used where the server offers it.' });

const smtp = z
  .object({
    host: host.meta({ title: 'SMTP server', description: 'Where outgoing mail is handed over, e.g. smtp.example.test' }),
    port: port.default(587).meta({ title: 'SMTP port', description: '587 with STARTTLS, 465 with TLS from the first byte' }),
    secure: tls,
    user: z.string().trim().default('').meta({ title: 'SMTP user', description: 'Empty where the server asks for no sign-in' }),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(600)
      .default(60)
      .meta({ title: 'Time-out in seconds', description: 'How long a silent server is waited for' }),
  })
  .meta({ title: 'Outgoing mail', description: 'The server that takes mail to customers' });

const imap = z.object({
  host: host.meta({ title: 'IMAP server', description: 'Where the mailbox is read, e.g. imap.example.test' }),
  port: port.default(993).meta({ title: 'IMAP port', description: '993 with TLS from the first byte, 143 with STARTTLS' }),
  secure: tls,
  user: z.string().trim().min(1).meta({ title: 'IMAP user', description: 'Usually the address of the mailbox' }),
  folder: z.string().trim().min(1).default('INBOX').meta({ title: 'Folder', description: 'The folder that customers’ mail arrives in' }),
  sentFolder: z.string().trim().default('').meta({
    title: 'Folder of sent mail',
    description:
      'Only where the provider itself files what goes out by SMTP (Gmail, Microsoft 365): it is asked whether an uncertain mail left',
  }),
  firstDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(1)
    .meta({ title: 'Days read at the first start', description: 'Older mail in the folder is left alone' }),
});

/** What an administrator types to connect a mailbox. */
export const emailConfig = z.object({
  address: z.string().trim().toLowerCase().email().meta({ title: 'Address', description: 'The mailbox that customers write to' }),
  displayName: z.string().trim().max(100).default('').meta({ title: 'Name', description: 'Shown to customers as the sender' }),
  smtp,
  imap: imap.optional().meta({ title: 'Mailbox to read', description: 'Leave empty where mail is delivered to the hub by SMTP or LMTP' }),
  replyDomain: z.string().trim().toLowerCase().max(253).optional().meta({
    title: 'Domain for replies',
    description:
      'A domain whose mail reaches this inbox whatever stands before the @. Replies then carry a signed address; empty: replies go to the address itself',
  }),
});
export type EmailConfig = z.output<typeof emailConfig>;

/** The passwords of a mailbox, kept encrypted. */
export const emailSecrets = z.object({
  smtpPassword: z.string().meta({ title: 'SMTP password', description: 'Empty where the server asks for no sign-in' }),
  imapPassword: z.string().default('').meta({ title: 'IMAP password', description: 'Only where a mailbox is read; often the same' }),
});
export type EmailSecrets = z.output<typeof emailSecrets>;
