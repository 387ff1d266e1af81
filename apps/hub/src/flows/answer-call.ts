import { DEFAULT_PHONE_MENU, NEW_CALL, phoneTurn, type PhoneFacts, type PhoneState } from '@claimline/assist';
import { Calls, Contacts, Conversations, Journal, occurredAt, Threads, whichConversation, type CallRow } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import type { CallPhase, CallStep, InboundCall, InboundOutcome } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';
import { MessageFiles } from './receive-message';

/** What the menu asks of the world: office hours, whose phones ring, what a claim's stage is called. Bound to a view. */
export abstract class PhoneKnowledge {
  abstract facts(tx: Transaction, call: { conversationId: string; brandId: string; state: PhoneState; phase: CallPhase; at: Date }): Promise<PhoneFacts>;
}

interface CallMemory {
  readonly menu: PhoneState;
  /** What each event was answered with: its redelivery gets the same again. */
  readonly answers: Readonly<Record<string, readonly CallStep[]>>;
  readonly recorded: boolean;
  readonly answered: boolean;
}

const NEW_MEMORY: CallMemory = { menu: NEW_CALL, answers: {}, recorded: false, answered: false };

/** A phone call, step by step: its entry in the thread, the menu's next turn, the recording, and how it ended. */
export class AnswerCall {
  constructor(
    private readonly journal: Journal,
    private readonly places: { readonly contacts: Contacts; readonly conversations: Conversations; readonly threads: Threads },
    private readonly calls: Calls,
    private readonly files: MessageFiles,
    private readonly knowledge: PhoneKnowledge,
    private readonly outbox: Outbox,
  ) {}

  async on(tx: Transaction, { inbox, event, rawId, receivedAt }: Event<'call'>): Promise<InboundOutcome> {
    const isNew = await this.journal.isNew(tx, { inboxId: inbox.id, kind: 'call', externalId: event.key, rawId, messageId: null, at: receivedAt });
    const call = (await this.calls.lock(tx, inbox.id, event.callId)) ?? (await this.begin(tx, inbox, event, receivedAt));
    const memory: CallMemory = { ...NEW_MEMORY, ...(call.state as Partial<CallMemory>) };
    const before = memory.answers[event.key];
    if (before) return { duplicate: !isNew, steps: before };
    const steps = await this.turn(tx, { call, memory, event, at: receivedAt, brandId: inbox.brandId });
    if (isNew) await this.note(tx, call, event, receivedAt);
    return { duplicate: !isNew, steps };
  }

  private async turn(tx: Transaction, now: { call: CallRow; memory: CallMemory; event: InboundCall; at: Date; brandId: string }): Promise<readonly CallStep[]> {
    const { call, memory, event, at } = now;
    const steered = event.direction === 'inbound';
    const facts = await this.knowledge.facts(tx, { conversationId: call.conversation_id, brandId: now.brandId, state: memory.menu, phase: event.phase, at });
    const turn = steered ? phoneTurn(DEFAULT_PHONE_MENU, memory.menu, event.phase, facts) : { state: memory.menu, steps: [] };
    const next: CallMemory = {
      menu: turn.state,
      answers: { ...memory.answers, [event.key]: turn.steps },
      recorded: memory.recorded || event.phase.is === 'recorded',
      answered: memory.answered || (event.phase.is === 'dialed' && event.phase.outcome === 'answered'),
    };
    const ended = event.phase.is === 'ended' ? event.phase : undefined;
    await this.calls.save(tx, call.id, {
      state: { ...next },
      language: turn.state.language,
      outcome: ended ? outcomeOf(next, ended.outcome) : null,
      seconds: ended?.seconds ?? null,
      endedAt: ended ? at : null,
    });
    if (ended) await this.finish(tx, call, outcomeOf(next, ended.outcome), at);
    return turn.steps;
  }

  // The first word of a call makes its entry: a hang-up a second later is still a call that somebody can return.
  private async begin(tx: Transaction, inbox: Event['inbox'], event: InboundCall, at: Date): Promise<CallRow> {
    const { contacts, conversations, threads } = this.places;
    const sender = await contacts.senderOf(tx, event.from, at);
    const place = whichConversation({ contactKind: sender.kind, open: await conversations.openOf(tx, sender.contactId) }, at);
    const conversationId =
      place.to === 'existing'
        ? place.id
        : (await conversations.openFor(tx, { contactId: sender.contactId, brandId: inbox.brandId, teamId: inbox.teamId, channel: inbox.kind, inboxId: inbox.id, addressId: sender.addressId, at })).id;
    const messageId = newId(at);
    await threads.append(tx, {
      id: messageId, conversationId, direction: event.direction, kind: 'call', channel: inbox.kind, inboxId: inbox.id,
      from: { value: event.from.value, name: event.from.name ?? null, addressId: sender.addressId }, to: [event.to], cc: [], text: '', occurredAt: occurredAt(event.occurredAt, at), receivedAt: at,
    });
    await this.calls.start(tx, { inboxId: inbox.id, externalId: event.callId, conversationId, messageId, direction: event.direction, fromValue: event.from.value, at });
    await this.tell(tx, at, conversationId, { messageId, callId: event.callId, phase: 'started' });
    return (await this.calls.lock(tx, inbox.id, event.callId))!;
  }

  private async note(tx: Transaction, call: CallRow, event: InboundCall, at: Date): Promise<void> {
    const { phase } = event;
    if (phase.is === 'recorded') await this.files.attach(tx, { messageId: call.message_id, conversationId: call.conversation_id, inboxId: call.inbox_id, at }, { media: [phase.media] });
    if (phase.is === 'transcribed' && phase.text) await this.places.threads.rewrite(tx, call.message_id, phase.text, { transcriptOf: phase.recording });
    if (phase.is !== 'ended') await this.tell(tx, at, call.conversation_id, { messageId: call.message_id, callId: call.external_id, phase: phase.is });
  }

  // A call that nobody of ours took waits for an answer like any message: it is routed, its clock runs, and a missed one becomes a callback.
  private async finish(tx: Transaction, call: CallRow, outcome: string, at: Date): Promise<void> {
    await this.tell(tx, at, call.conversation_id, { messageId: call.message_id, callId: call.external_id, phase: outcome });
    if (outcome === 'answered') await this.places.conversations.settleReply(tx, call.conversation_id);
    if (outcome === 'answered' || call.direction === 'outbound') return;
    const row = await this.places.conversations.find(tx, call.conversation_id);
    await this.outbox.append(tx, at, [
      {
        type: 'message.received',
        conversationId: call.conversation_id,
        payload: { messageId: call.message_id, contactId: row!.contact_id, inboxId: call.inbox_id, kind: 'call', hasMedia: outcome === 'voicemail', newConversation: row!.message_count === 1 },
      },
    ]);
  }

  private tell(tx: Transaction, at: Date, conversationId: string, payload: { messageId: string; callId: string; phase: string }): Promise<void> {
    return this.outbox.append(tx, at, [{ type: 'call.changed', conversationId, payload }]);
  }
}

function outcomeOf(memory: CallMemory, vendor: string): string {
  if (memory.answered) return 'answered';
  if (memory.recorded) return 'voicemail';
  return vendor === 'completed' || vendor === 'no-answer' || vendor === 'canceled' ? 'missed' : vendor;
}
