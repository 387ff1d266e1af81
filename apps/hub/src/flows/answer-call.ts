import { DEFAULT_PHONE_MENU, phoneTurn, type PhoneFacts, type PhoneState } from '@claimline/assist';
import { Calls, Contacts, Conversations, Journal, Threads, type CallRow } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { Attachments } from '@claimline/files';
import { maskText, type CallPhase, type CallStep, type InboundCall, type InboundOutcome } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';
import { callResult, nextMemory, rememberCall, type CallMemory } from './call-memory';
import { EnterCall } from './enter-call';
import { MessageFiles } from './receive-message';

/** What the menu asks of the world: office hours, whose phones ring, what a claim's stage is called. Bound to a view. */
export abstract class PhoneKnowledge {
  abstract facts(
    tx: Transaction,
    call: { conversationId: string; brandId: string; state: PhoneState; phase: CallPhase; at: Date },
  ): Promise<PhoneFacts>;
}

/** What is written of a call. */
export interface CallRows {
  readonly calls: Calls;
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly threads: Threads;
}

interface Turn {
  readonly call: CallRow;
  readonly memory: CallMemory;
  readonly event: InboundCall;
  readonly at: Date;
}

/** A phone call, step by step: the menu's next turn, the recording with its words, and how it ended. */
export class AnswerCall {
  constructor(
    private readonly journal: Journal,
    private readonly entries: EnterCall,
    private readonly rows: CallRows,
    private readonly files: { readonly incoming: MessageFiles; readonly attachments: Attachments },
    private readonly knowledge: PhoneKnowledge,
    private readonly outbox: Outbox,
  ) {}

  /** The same event again gets the same steps again, whoever of us answers it. */
  async on(tx: Transaction, { inbox, event, rawId, receivedAt: at }: Event<'call'>): Promise<InboundOutcome> {
    const call = await this.entries.of(tx, inbox, event, at);
    const key = { inboxId: inbox.id, kind: 'call', externalId: event.key, rawId, messageId: call.message_id, at };
    const duplicate = !(await this.journal.isNew(tx, key));
    const memory = rememberCall(call);
    const before = memory.answers[event.key];
    if (before) return { duplicate, steps: before };
    const turn: Turn = { call, memory, event, at };
    const { menu, steps } = await this.steer(tx, turn, inbox.brandId);
    await this.hear(tx, turn, menu);
    await this.keep(tx, turn, { menu, steps });
    return { duplicate, steps };
  }

  // Calls of ours follow the steps that they were placed with.
  private async steer(
    tx: Transaction,
    { call, memory, event, at }: Turn,
    brandId: string,
  ): Promise<{ menu: PhoneState; steps: readonly CallStep[] }> {
    if (event.direction === 'outbound') return { menu: memory.menu, steps: [] };
    const asked = { conversationId: call.conversation_id, brandId, state: memory.menu, phase: event.phase, at };
    const turn = phoneTurn(DEFAULT_PHONE_MENU, memory.menu, event.phase, await this.knowledge.facts(tx, asked));
    return { menu: turn.state, steps: turn.steps };
  }

  private async hear(tx: Transaction, { call, memory, event, at }: Turn, menu: PhoneState): Promise<void> {
    const { phase } = event;
    const where = { messageId: call.message_id, conversationId: call.conversation_id, inboxId: call.inbox_id, at };
    if (menu.chosen && !memory.menu.chosen) await this.speak(tx, call.conversation_id, menu.chosen);
    if (phase.is === 'recorded') {
      const transcript = memory.transcripts[phase.media.key];
      await this.files.incoming.attach(tx, where, { from: event.from, media: [{ ...phase.media, transcript }] });
    }
    if (phase.is === 'transcribed' && phase.text) {
      await this.files.attachments.transcribe(tx, call.message_id, phase.recording, maskText(phase.text).text);
      await this.rows.threads.rewrite(tx, call.message_id, phase.text);
    }
  }

  // What is pressed in the menu is said: it is kept for whatever comes after this call. Of a phone that several share it is nobody's.
  private async speak(tx: Transaction, conversationId: string, language: string): Promise<void> {
    await this.rows.conversations.setLanguage(tx, conversationId, language);
    const row = await this.rows.conversations.find(tx, conversationId);
    const contact = row && (await this.rows.contacts.find(tx, row.contact_id));
    if (contact?.kind === 'person') await this.rows.contacts.chooseLanguage(tx, contact.id, language);
  }

  private async keep(tx: Transaction, turn: Turn, said: { menu: PhoneState; steps: readonly CallStep[] }): Promise<void> {
    const { call, event, at } = turn;
    const memory = nextMemory(turn, said);
    const { outcome, seconds } = callResult(call.direction, memory);
    const endedAt = event.phase.is === 'ended' ? at : null;
    await this.rows.calls.save(tx, call.id, { state: { ...memory }, language: said.menu.chosen ?? null, outcome, seconds, endedAt });
    await this.tell(tx, turn, event.phase.is);
    // A recording may be told of after the end: then the end was another one than it seemed.
    if (outcome !== null && outcome !== call.outcome) await this.finish(tx, turn, outcome);
  }

  // A call that nobody of ours took waits for an answer like any message: it is routed, its clock runs, and a missed one becomes a callback.
  private async finish(tx: Transaction, turn: Turn, outcome: string): Promise<void> {
    const { call } = turn;
    await this.tell(tx, turn, outcome);
    if (outcome === 'answered') await this.rows.conversations.settleReply(tx, call.conversation_id);
    const waits = call.direction === 'inbound' && (outcome === 'voicemail' || outcome === 'missed');
    if (waits && call.outcome === null) await this.ask(tx, turn, outcome);
  }

  private async ask(tx: Transaction, { call, at }: Turn, outcome: string): Promise<void> {
    await this.rows.conversations.awaitReply(tx, call.conversation_id);
    const { contact_id: contactId } = (await this.rows.conversations.find(tx, call.conversation_id))!;
    const about = { messageId: call.message_id, contactId, inboxId: call.inbox_id, kind: 'call' };
    await this.outbox.append(tx, at, [
      {
        type: 'message.received',
        conversationId: call.conversation_id,
        payload: { ...about, hasMedia: outcome === 'voicemail', newConversation: false },
      },
    ]);
  }

  private tell(tx: Transaction, { call, event, at }: Turn, phase: string): Promise<void> {
    if (phase === 'started' || phase === 'ended') return Promise.resolve();
    const payload = { messageId: call.message_id, callId: event.callId, phase };
    return this.outbox.append(tx, at, [{ type: 'call.changed', conversationId: call.conversation_id, payload }]);
  }
}
