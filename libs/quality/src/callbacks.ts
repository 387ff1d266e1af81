import type { Transaction } from '@claimline/database';
import { afterCall, callbackDue, type EndedCall } from './callback';
import type { Calendars } from './calendars.repository';
import type { NewTask, Tasks } from './tasks';

/** Whose call it was and who would call back. */
export interface CallAbout extends Pick<NewTask, 'claim' | 'contactId' | 'ownerId' | 'teamId' | 'params'> {
  readonly callId: string;
  readonly conversationId: string;
  readonly brand: { readonly id: string; readonly timeZone: string };
}

const KIND = 'callback';

/** Sees to it that whoever called in vain is called back. The caller holds the conversation's row. */
export class Callbacks {
  constructor(
    private readonly calendars: Calendars,
    private readonly tasks: Tasks,
  ) {}

  /** A call has changed: once it has ended, a missed one is a task (one, however often it is told), an answered one settles those that stand. */
  async changed(tx: Transaction, call: EndedCall, about: CallAbout, now: Date): Promise<void> {
    const { callId, brand, ...task } = about;
    const left = afterCall(call);
    if (left === 'settled')
      await this.tasks.settle(
        tx,
        { conversationId: about.conversationId, kind: KIND },
        call.direction === 'inbound' ? 'customer-called' : 'reached',
        now,
      );
    if (left !== 'call-back') return;
    const due = callbackDue(await this.calendars.forBrand(tx, brand, now), call.endedAt ?? now);
    await this.tasks.create(tx, { ...task, key: `missed-call:${callId}`, kind: KIND, reason: 'missed-call', due }, now);
  }
}
