import {
  ChannelError,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type OutboundMessage,
  type SendReceipt,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import { LETTER_CAPABILITIES } from './capabilities';
import { eventOf } from './entries';
import { letterConfig, letterSecrets, linesOf, type LetterConfig, type LetterSecrets } from './settings';

/** One mailroom. There is no vendor: people of ours open envelopes and carry letters to the post. */
class Letter implements Channel {
  readonly doors: readonly Door[] = [{ via: 'desk', receive: async (entry) => ({ events: [eventOf(entry, this.config.mailroom)] }) }];

  constructor(
    private readonly config: LetterConfig,
    private readonly deps: ChannelDeps,
  ) {}

  /** Lays the letter into the mailroom’s tray, to be printed and posted: taken, not yet sent. Laid there again it is the same letter, by its delivery. */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    refuseUnsendable(message);
    const { place, footer } = this.config;
    try {
      await this.deps.push(message.to.value, 'letter:print', {
        deliveryId: message.deliveryId,
        messageId: message.messageId,
        to: linesOf(message.to.value),
        sender: linesOf(this.config.sender),
        place,
        footer,
        subject: message.subject ?? null,
        text: message.text,
        language: message.language,
        enclosures: message.attachments.map(({ name }) => name),
      });
    } catch (error) {
      throw new ChannelError('unavailable', 'The mailroom’s tray cannot be reached now', { cause: error });
    }
    return { externalId: message.deliveryId, state: 'accepted' };
  }

  /** A letter that is laid into the tray again is the same one, so an uncertain one is simply laid there again. */
  async find(): Promise<'absent'> {
    return 'absent';
  }

  async check(): Promise<ChannelCheck> {
    const lines = linesOf(this.config.sender);
    if (lines.length < 2)
      return {
        ok: false,
        field: 'sender',
        problem: 'A letter needs the whole address of its sender: name and street, parted by semicolons',
      };
    return { ok: true, detail: `Letters leave in the name of ${lines[0]}` };
  }

  async close(): Promise<void> {
    // The tray is the hub's: nothing is held open.
  }
}

function refuseUnsendable({ to, text, attachments }: OutboundMessage): void {
  const { maxText, media } = LETTER_CAPABILITIES;
  const no = (message: string): never => {
    throw new ChannelError('rejected', message, { reason: 'not-capable' });
  };
  if (to.scheme !== 'postal') no(`A letter reaches postal addresses, not ${to.scheme}.`);
  if (!text.trim()) no('A letter needs words.');
  if (text.length > maxText) no(`A letter has at most ${maxText} characters; this one has ${text.length}.`);
  if (attachments.length > media!.maxCount) no(`At most ${media!.maxCount} enclosures go with one letter.`);
  if (attachments.reduce((sum, { size }) => sum + size, 0) > media!.maxBytes) no('The enclosures of one letter may have 25 MB together.');
}

/** Letters on paper, through the insurer's own mailroom. */
export const letterKind: ChannelKind<LetterConfig, LetterSecrets> = {
  kind: 'letter',
  title: 'Letter',
  config: letterConfig,
  secrets: letterSecrets,
  capabilities: LETTER_CAPABILITIES,
  address: ({ mailroom }) => mailroom,
  open: ({ config }, deps) => new Letter(config, deps),
};
