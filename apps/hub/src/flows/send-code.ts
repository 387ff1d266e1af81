import { Conversations, StepUp, type ConversationRow, type StepUpRequest, type StepUpWho } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { DirectWays, type Way } from '../portal/direct-way';
import { SendAutomatic } from './send-automatic';

/** To whom a code goes, and in which conversation it is noted that one went (absent: the latest with them). */
export interface CodeWish extends StepUpWho {
  readonly conversationId?: string | null;
  /** The words around the code. */
  readonly template?: 'step_up_code' | 'identity_code';
}

/** A code leaves for one address of somebody's. The thread shows that it went, and dots in its place: none of us can read it. */
export class SendCode {
  constructor(
    private readonly conversations: Conversations,
    private readonly ways: DirectWays,
    private readonly stepUp: StepUp,
    private readonly automatic: SendAutomatic,
  ) {}

  /** `no-way`: none of our lines reaches that address. */
  async send(tx: Transaction, wish: CodeWish, at: Date): Promise<StepUpRequest | { readonly state: 'no-way' }> {
    const known = await this.conversationOf(tx, wish);
    const way = await this.ways.to(tx, wish, known?.brand_id);
    if (!way) return { state: 'no-way' };
    const asked = await this.stepUp.request(tx, wish, at);
    if (asked.state !== 'made') return asked;
    const conversation = known ?? (await this.open(tx, wish, way, at));
    await this.automatic.send(tx, conversation, {
      template: wish.template ?? 'step_up_code',
      key: `code:${wish.purpose}:${asked.expiresAt.getTime()}:${wish.addressId}`,
      outlet: way.outlet,
      secrets: { code: asked.code },
      at,
    });
    return asked;
  }

  private async conversationOf(tx: Transaction, wish: CodeWish): Promise<ConversationRow | undefined> {
    const id = wish.conversationId ?? (await this.conversations.latestOf(tx, wish.contactId))?.id;
    return id === undefined ? undefined : this.conversations.lock(tx, id);
  }

  // Somebody of whom there is no conversation yet: the code is noted in one that is closed at once, because nobody has to answer it.
  private async open(tx: Transaction, { contactId, addressId }: CodeWish, { outlet, brandId }: Way, at: Date): Promise<ConversationRow> {
    const { inboxId, channel } = outlet;
    const { id } = await this.conversations.openFor(tx, { contactId, brandId, teamId: null, channel, inboxId, addressId, at });
    await this.conversations.resolve(tx, id, at);
    return (await this.conversations.lock(tx, id))!;
  }
}
