import { z } from 'zod';

/** What an administrator sets for one mailroom. */
export const letterConfig = z.object({
  mailroom: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'small letters, digits and dashes')
    .meta({
      title: 'Name of the mailroom',
      description: 'Small letters, digits and dashes, e.g. mailroom-shanghai. Never shown to customers.',
    }),
  sender: z.string().min(1).max(400).meta({
    title: 'Sender',
    description: 'Stands at the head of every letter: the insurer, street, postcode and town, parted by semicolons.',
  }),
  place: z
    .string()
    .max(60)
    .default('')
    .meta({ title: 'Place', description: 'Stands before the date, e.g. Shanghai. Empty: the date alone.' }),
  footer: z
    .string()
    .max(300)
    .default('')
    .meta({ title: 'Foot of the page', description: 'Telephone, opening hours, what the law wants to be there.' }),
});
export type LetterConfig = z.output<typeof letterConfig>;

/** The post knows no secrets. */
export const letterSecrets = z.object({});
export type LetterSecrets = z.output<typeof letterSecrets>;

/** The lines of an address that was typed into one field. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n|[;；]/)
    .map((line) => line.trim())
    .filter(Boolean);
