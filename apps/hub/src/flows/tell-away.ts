import { Conversations, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import { consentIntent, spokenLanguage } from '@claimline/messages';
import { momentText } from '@claimline/notifications';
import type { RoutingFacts } from '@claimline/routing';
import { OfficeHours } from '../quality/office-hours';
import { AnswerabilityView, type Answerability } from '../views/answerability.view';
import { BrandView } from '../views/brand.view';
import { SendAutomatic, type AutomaticText } from './send-automatic';

// What took long to be read (a mailbox that was down) is not answered with "we are away" hours later.
const LATEST_MS = 30 * 60_000;

/** Tells a customer that nobody can answer now, and from when somebody will: only then, and once per absence or closure. */
export class TellAway {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly answerability: AnswerabilityView,
    private readonly hours: OfficeHours,
    private readonly brands: BrandView,
    private readonly automatic: SendAutomatic,
    private readonly clock: Clock,
  ) {}

  /** Follows the router and takes its facts: whoever it has just chosen is there, and nobody is told anything. */
  async onMessageReceived(tx: Transaction, event: LoggedEvent, facts: RoutingFacts | undefined): Promise<void> {
    const now = this.clock.now();
    if (!facts || !event.conversationId || now.getTime() - event.at.getTime() > LATEST_MS) return;
    const conversation = await this.conversations.lock(tx, event.conversationId);
    if (!conversation) return;
    const closedUntil = await this.closedUntil(tx, conversation.brand_id, now);
    const answerability = await this.answerability.of(tx, facts, { now, isOpen: !closedUntil });
    const text = answerability && (await this.text(conversation, answerability, closedUntil));
    const message = text && (await this.threads.find(tx, String(event.payload['messageId'])));
    if (message && wantsAnswer(message)) await this.automatic.send(tx, conversation, { ...text, at: now });
  }

  private async closedUntil(tx: Transaction, brandId: string, now: Date): Promise<Date | undefined> {
    const opens = await this.hours.opensAt(tx, brandId, now);
    return opens && opens > now ? opens : undefined;
  }

  private async text(
    conversation: ConversationRow,
    { isThere, absence, nobodyStandsIn }: Answerability,
    closedUntil: Date | undefined,
  ): Promise<Omit<AutomaticText, 'at'> | undefined> {
    if (isThere) return undefined;
    const brand = (await this.brands.find(conversation.brand_id))!;
    const language = spokenLanguage(conversation.language, brand.default_language);
    const words = (at: Date): string => momentText(at, brand.time_zone, language);
    if (absence && nobodyStandsIn) return { template: 'away_person', key: `away:${absence.id}`, words: { returnsAt: words(absence.ends) } };
    if (!closedUntil) return undefined;
    return { template: 'away', key: `away:closed:${closedUntil.toISOString()}`, words: { quietUntil: words(closedUntil) } };
  }
}

// A machine is not answered by a machine, and the words by which one ends our messages have an answer of their own.
function wantsAnswer({ kind, facts, text }: MessageRow): boolean {
  const intent = consentIntent(text);
  return kind === 'text' && !facts?.['automatic'] && (intent === undefined || intent === 'review');
}
