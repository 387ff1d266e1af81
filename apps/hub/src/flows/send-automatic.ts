import type { ConversationRow, MessageRow } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import type { Words } from '@claimline/notifications';
import type { Outlets } from '../conversations/outlets';
import { HubProblem } from '../http/problem';
import type { TemplateReply } from '../notifications/template-reply';
import type { Outlet, SendReply } from './send-reply';

/** Something the hub says by itself. */
export interface AutomaticText {
  /** The code of the template. */
  readonly template: string;
  /** What it answers: the same key in the same conversation is one message, however often it is asked for. */
  readonly key: string;
  /** By which channel; absent: the customer's last. */
  readonly channel?: string;
  /** Exactly where to, for an answer to one message. Stands before `channel`. */
  readonly outlet?: Outlet;
  /** Words beyond those of the brand, the person and the claim. */
  readonly words?: Words;
  /** Words that only the customer is to read: the thread shows dots in their place. */
  readonly secrets?: Words;
  /** Files of the hub’s own that go along, e.g. a calendar file. */
  readonly attachments?: readonly string[];
  readonly at: Date;
}

const NO_WAY = ['channel-not-able', 'no-address-for-channel'];

/** Sends a text of the hub's own: in the conversation's language, through the gate as `automatic`, once per key. It stops no clock that wants a person. */
export class SendAutomatic {
  constructor(
    private readonly outlets: Outlets,
    private readonly texts: TemplateReply,
    private readonly reply: SendReply,
  ) {}

  /**
   * The caller holds the conversation's lock. Undefined: there is no way to write to them.
   * @throws HubProblem `template-incomplete` where a word of the template is not known
   */
  async send(tx: Transaction, conversation: ConversationRow, wish: AutomaticText): Promise<MessageRow | undefined> {
    const outlet = wish.outlet ?? (await this.way(tx, conversation, wish.channel));
    if (!outlet) return undefined;
    const { template, words, secrets, key, at } = wish;
    const asked = { template, channel: outlet.channel };
    const { text, subject } = await this.texts.render(tx, conversation.id, { ...asked, words: { ...words, ...hidden(secrets) } });
    const told = secrets && (await this.texts.render(tx, conversation.id, { ...asked, words: { ...words, ...secrets } }));
    return this.reply.send(tx, conversation, {
      authorId: null,
      text,
      subject,
      attachments: wish.attachments ?? [],
      outlet,
      purpose: 'automatic',
      seen: null,
      clientId: key,
      secretText: told?.text,
      at,
    });
  }

  private async way(tx: Transaction, conversation: ConversationRow, channel: string | undefined): Promise<Outlet | undefined> {
    try {
      return await this.outlets.choose(tx, conversation, { channel });
    } catch (error) {
      if (error instanceof HubProblem && NO_WAY.includes(error.code)) return undefined;
      throw error;
    }
  }
}

const hidden = (secrets: Words = {}): Words => Object.fromEntries(Object.keys(secrets).map((name) => [name, '••••••']));
