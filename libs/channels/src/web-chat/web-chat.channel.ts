import {
  ChannelError,
  spokenLanguage,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type OutboundMessage,
  type SendReceipt,
  type SocketGuest,
  type SocketHello,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import { WEB_CHAT_CAPABILITIES } from './capabilities';
import { eventOf } from './frames';
import { isSignedBySite } from './identity';
import { webChatConfig, webChatSecrets, type WebChatConfig, type WebChatSecrets } from './settings';

/** One chat on the insurer's own websites. There is no vendor: the other end is the widget in a visitor's browser. */
class WebChat implements Channel {
  readonly doors: readonly Door[] = [
    {
      via: 'socket',
      admit: (hello) => this.admit(hello),
      receive: async (frame, visitor) => ({ events: [eventOf(frame, visitor, this.config.site)] }),
    },
  ];
  readonly #secrets: WebChatSecrets;

  constructor(
    private readonly config: WebChatConfig,
    secrets: WebChatSecrets,
    private readonly deps: ChannelDeps,
  ) {
    this.#secrets = secrets;
  }

  /**
   * Puts the message into the visitor's thread, where it waits for as long as they are away. Sent again it is the same message there, by its id.
   */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    refuseUnsendable(message);
    try {
      await this.deps.push(message.to.value, 'chat:message', { id: message.messageId, text: message.text });
    } catch (error) {
      throw new ChannelError('unavailable', 'The visitor’s thread cannot be written to now', { cause: error });
    }
    return { externalId: message.deliveryId, state: 'sent' };
  }

  /** A message in a thread that is written to again changes nothing, so an uncertain one is simply sent again. */
  async find(): Promise<'absent'> {
    return 'absent';
  }

  async check(): Promise<ChannelCheck> {
    const { allowedOrigins } = this.config;
    if (allowedOrigins.length === 0)
      return { ok: false, field: 'allowedOrigins', problem: 'No website may show the chat yet: only pages of the hub itself can' };
    return { ok: true, detail: `Visitors of ${allowedOrigins.join(', ')} can chat` };
  }

  async close(): Promise<void> {
    // The sockets are the hub's; a channel that is opened anew takes them over.
  }

  private async admit({ origin, ownPage, identity, language }: SocketHello): Promise<SocketGuest> {
    const { title, colour, greetingEn, greetingZh } = this.config;
    if (!ownPage && !this.allows(origin)) throw new ChannelError('unauthentic', 'This page may not show the chat');
    const spoken = spokenLanguage(language);
    const face = { title, colour, greeting: spoken === 'en' ? greetingEn : greetingZh, language: spoken };
    if (!identity || !this.config.identityVerification) return { face };
    if (!isSignedBySite(this.#secrets.identitySecret, identity.userId, identity.hash))
      throw new ChannelError('unauthentic', 'The site has not signed this user id with the identity secret');
    return { user: { id: identity.userId, name: identity.name }, face };
  }

  private allows(origin: string | undefined): boolean {
    return origin !== undefined && this.config.allowedOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase());
  }
}

function refuseUnsendable({ to, text, attachments }: OutboundMessage): void {
  const { maxText, media } = WEB_CHAT_CAPABILITIES;
  const no = (message: string): never => {
    throw new ChannelError('rejected', message, { reason: 'not-capable' });
  };
  if (to.scheme !== 'visitor') no(`The chat reaches visitors, not ${to.scheme}.`);
  if (text.length > maxText) no(`A chat message has at most ${maxText} characters; this one has ${text.length}.`);
  if (!text && attachments.length === 0) no('A chat message needs words or a file.');
  if (attachments.length > media!.maxCount) no(`At most ${media!.maxCount} files go with one message.`);
  if (attachments.reduce((sum, { size }) => sum + size, 0) > media!.maxBytes) no('The files of one message may have 25 MB together.');
}

/** Chat on the insurer's websites. */
export const webChatKind: ChannelKind<WebChatConfig, WebChatSecrets> = {
  kind: 'web-chat',
  title: 'Web chat',
  config: webChatConfig,
  secrets: webChatSecrets,
  capabilities: WEB_CHAT_CAPABILITIES,
  address: ({ site }) => site,
  open: ({ config, secrets }, deps) => new WebChat(config, secrets, deps),
};
