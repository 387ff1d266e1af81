import { z } from 'zod';

/** What an administrator sets for one chat on one or more websites. */
export const webChatConfig = z.object({
  site: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'small letters, digits and dashes')
    .meta({ title: 'Name of the chat', description: 'Small letters, digits and dashes, e.g. www-example. Never shown to customers.' }),
  title: z
    .string()
    .min(1)
    .max(60)
    .meta({ title: 'Title', description: 'Stands at the top of the chat, e.g. the name of the brand or department.' }),
  allowedOrigins: z
    .array(z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/i, 'an address like https://www.example.com, without a path'))
    .max(50)
    .default([])
    .meta({
      title: 'Websites',
      description: 'Addresses of the pages that may show the chat, e.g. https://www.example.com. Pages of the hub itself always may.',
    }),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'a colour like #1f5eff')
    .default('#1f5eff')
    .meta({ title: 'Brand colour', description: 'Of the button and of the customer’s own messages, e.g. #1f5eff.' }),
  greetingEn: z
    .string()
    .max(300)
    .default('Hello! Ask us about your claim, or report a new one. You can send photos and documents here.')
    .meta({ title: 'Greeting (English)', description: 'The first words in the chat.' }),
  greetingZh: z
    .string()
    .max(300)
    .default('您好！您可以在这里咨询理赔进度或报案，也可以直接发送照片和材料。')
    .meta({ title: 'Greeting (Chinese)', description: 'The first words in the chat, for visitors who read Chinese.' }),
  identityVerification: z.boolean().default(false).meta({
    title: 'Verify identities',
    description: 'The website may say who its user is, signed with the identity secret. Off: nobody is believed.',
  }),
});

/** What is kept sealed. */
export const webChatSecrets = z.object({
  identitySecret: z.string().min(32, 'at least 32 characters').meta({
    title: 'Identity secret',
    description: 'Your website signs the user id with it (HMAC-SHA256, hexadecimal). Make one with: openssl rand -hex 32',
  }),
});

export type WebChatConfig = z.output<typeof webChatConfig>;
export type WebChatSecrets = z.infer<typeof webChatSecrets>;
