import { Conversations, type Viewer } from '@claimline/conversations';
import { Database, type Transaction } from '@claimline/database';
import type { BulkAct, BulkPreview } from '@claimline/protocol';
import { ActInBulk } from '../flows/act-in-bulk';
import { HubProblem } from '../http/problem';
import { ConversationSelection, type Selection } from '../views/conversation-selection.view';
import { SenderForecastView } from '../views/sender-forecast.view';

/** The most conversations of one run: what a storm brings in a day. */
export const MOST_ITEMS = 10_000;
const SAMPLES = 5;

type Sample = BulkPreview['samples'][number];

/** Shows what a bulk run would do: how many, the words as the first would get them, and when the last has left by each line. */
export class PreviewBulk {
  constructor(
    private readonly database: Database,
    private readonly selection: ConversationSelection,
    private readonly conversations: Conversations,
    private readonly deeds: ActInBulk,
    private readonly forecast: SenderForecastView,
  ) {}

  async of(viewer: Viewer, { selection, act, now }: { selection: Selection; act: BulkAct; now: Date }): Promise<BulkPreview> {
    const ids = await this.selection.ids(this.database, viewer, { selection, limit: MOST_ITEMS, now });
    if (act.kind !== 'reply') return { total: ids.length, samples: [], senders: [] };
    const byLine = await this.forecast.ofConversations(this.database, ids);
    return {
      total: ids.length,
      samples: await this.samples(ids.slice(0, SAMPLES), act),
      senders: await this.forecast.of(this.database, byLine, now),
    };
  }

  private async samples(ids: readonly string[], act: Extract<BulkAct, { kind: 'reply' }>): Promise<Sample[]> {
    return this.database.transaction(async (tx) => {
      const samples: Sample[] = [];
      for (const id of ids) samples.push(await this.sample(tx, id, act));
      return samples;
    });
  }

  private async sample(tx: Transaction, id: string, act: Extract<BulkAct, { kind: 'reply' }>): Promise<Sample> {
    const conversation = (await this.conversations.find(tx, id))!;
    const of = { conversationId: id, name: await this.selection.nameOf(tx, id) };
    try {
      return { ...of, text: (await this.deeds.words(tx, conversation, act)).text, reason: null };
    } catch (error) {
      if (error instanceof HubProblem) return { ...of, text: null, reason: error.code };
      throw error;
    }
  }
}
