import { ClaimCoreLine, DocumentIntake, type TakenDocument } from '@claimline/claims';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { DocumentArrivals, type DocumentArrival } from '../views/document-arrivals.view';

/** A file of a customer is matched to what their claim wants, on whatever channel it came; the claim core hears of what was received. */
export class MatchDocuments {
  constructor(
    private readonly arrivals: DocumentArrivals,
    private readonly intake: DocumentIntake,
    private readonly line: ClaimCoreLine,
  ) {}

  async onMessageReceived(tx: Transaction, { payload, at }: LoggedEvent): Promise<void> {
    if (payload['hasMedia'] === true) await this.takeAll(tx, await this.arrivals.ofMessage(tx, String(payload['messageId'])), at);
  }

  /** The vendor has handed the file over. */
  async onAttachmentChanged(tx: Transaction, { payload, at }: LoggedEvent): Promise<void> {
    if (payload['state'] === 'stored') await this.takeAll(tx, await this.arrivals.ofMessage(tx, String(payload['messageId'])), at);
  }

  /** Now it is known which claim the files of this conversation are for. */
  async onConversationLinked(tx: Transaction, { conversationId, at }: LoggedEvent): Promise<void> {
    if (conversationId) await this.takeAll(tx, await this.arrivals.ofConversation(tx, conversationId), at);
  }

  /** The files of one message, now: whoever uploads on our page sees at once that they are here. */
  async takeMessage(tx: Transaction, messageId: string, at: Date): Promise<void> {
    await this.takeAll(tx, await this.arrivals.ofMessage(tx, messageId), at);
  }

  private async takeAll(tx: Transaction, files: readonly DocumentArrival[], at: Date): Promise<void> {
    for (const file of files) await this.take(tx, file, at);
  }

  private async take(tx: Transaction, file: DocumentArrival, at: Date): Promise<void> {
    const claim = { id: file.claimId, number: file.claimNumber };
    const own = await this.arrivals.partiesOf(tx, file.claimId, file.contactId);
    const named = file.facts?.['documentItem'];
    const taken = await this.intake.take(
      tx,
      claim,
      {
        attachmentId: file.attachmentId,
        sha256: file.sha256,
        contentType: file.contentType,
        text: `${file.text} ${file.name}`,
        channel: wayOf(file),
        sender: file.sender,
        contactId: file.contactId,
        partyIds: own.length > 0 ? own : file.partyId ? [file.partyId] : [],
        namedItemId: typeof named === 'string' ? named : null,
      },
      at,
    );
    if (taken.isNew && taken.item) await this.tellCore(tx, { file, item: taken.item, at });
  }

  private async tellCore(
    tx: Transaction,
    { file, item, at }: { file: DocumentArrival; item: NonNullable<TakenDocument['item']>; at: Date },
  ): Promise<void> {
    await this.line.publish(
      tx,
      {
        type: 'document.received',
        subject: file.claimNumber,
        data: {
          claimNumber: file.claimNumber,
          item: item.code,
          party: item.partyId,
          attachmentId: file.attachmentId,
          sha256: file.sha256.toString('hex'),
          contentType: file.contentType,
          channel: wayOf(file),
          receivedAt: file.receivedAt.toISOString(),
        },
      },
      at,
    );
  }
}

const wayOf = ({ facts, channel }: DocumentArrival): string => (facts?.['via'] === 'portal' ? 'portal' : channel);
