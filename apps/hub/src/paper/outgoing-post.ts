import { Readable } from 'node:stream';
import { Letters } from '@claimline/conversations';
import { Outbox, type Clock, type Database } from '@claimline/database';
import { Attachments, FileKeeper, Files, type KeptFile } from '@claimline/files';
import { spokenLanguage } from '@claimline/messages';
import { salutation } from '@claimline/notifications';
import { z } from 'zod';
import { LetterFactsView } from '../views/letter-facts.view';
import { letterPaper } from './letter-paper';

const LETTER_LIMIT = 25 * 1024 * 1024;

/** What the letter channel lays into the tray. */
const Laid = z.object({
  deliveryId: z.string(),
  messageId: z.string(),
  to: z.array(z.string()),
  sender: z.array(z.string()),
  place: z.string(),
  footer: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  language: z.string(),
  enclosures: z.array(z.string()),
});
type Laid = z.infer<typeof Laid>;

interface Parts {
  readonly database: Database;
  readonly letters: Letters;
  readonly facts: LetterFactsView;
  readonly keeper: FileKeeper;
  readonly files: Files;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** The mailroom's tray: a letter is written on paper the moment it is sent, and stays with its message as the file that was printed. */
export class OutgoingPost {
  constructor(private readonly parts: Parts) {}

  /** Laid twice it is one letter. @throws Error where disk or database cannot take it */
  async lay(inboxId: string, payload: unknown): Promise<void> {
    const laid = Laid.parse(payload);
    const { database, letters, facts, clock } = this.parts;
    if (await letters.find(database, laid.deliveryId)) return;
    const about = await facts.of(database, laid.messageId);
    if (!about) throw new Error('there is no such message');
    const at = clock.now();
    const language = spokenLanguage(laid.language);
    const greeting = salutation(about, language);
    const pdf = await letterPaper({
      ...laid,
      language,
      at,
      brand: about.brand,
      claim: about.claim,
      timeZone: about.timeZone,
      // A template greets by itself.
      salutation: laid.text.trimStart().startsWith(greeting) ? '' : greeting,
    });
    const kept = await this.parts.keeper.keep(Readable.from([pdf]), { name: 'letter.pdf', contentType: 'application/pdf' }, LETTER_LIMIT);
    await this.write(laid, kept, { inboxId, conversationId: about.conversationId, at });
  }

  private async write(
    laid: Laid,
    kept: KeptFile,
    { inboxId, conversationId, at }: { inboxId: string; conversationId: string; at: Date },
  ): Promise<void> {
    const { database, letters, files, attachments, outbox } = this.parts;
    await database.transaction(async (tx) => {
      const fileId = await files.add(tx, kept, null, at);
      const attachmentId = await attachments.add(tx, {
        messageId: laid.messageId,
        conversationId,
        // After the enclosures.
        place: 100,
        fileId,
        inboxId: null,
        media: null,
        name: kept.name,
        contentType: kept.contentType,
        size: kept.size,
        state: 'stored',
        at,
      });
      const letter = { deliveryId: laid.deliveryId, inboxId, messageId: laid.messageId, attachmentId, at };
      // Another server was faster: its paper stands, this one goes with the transaction.
      if (!(await letters.lay(tx, letter))) throw new Error('the letter lies in the tray already');
      await outbox.append(tx, at, [{ type: 'letter.changed', conversationId, payload: { deliveryId: laid.deliveryId, state: 'to-post' } }]);
    });
  }
}
