import { randomUUID } from 'node:crypto';
import { SIMULATORS, SimulatorServer, type SimulatedLine, type Simulator } from '@claimline/channels/simulators';
import { readLog, Sequencer } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';
import { tel, type CallPhase, type InboundCall, type InboundOutcome } from '@claimline/messages';
import type { Message } from '@claimline/protocol';
import { InboundDesk } from '../../inbound/inbound-desk';
import { OpenInboxes } from '../../inbound/open-inboxes';
import { openOutsideHub, type OutsideHub } from '../../inbound/testing/outside-hub';
import { consumers } from '../../subscriptions';
import { ThreadView } from '../../views/thread.view';

export const HOTLINE = '+15550100200';

/** A whole hub with a hotline at Twilio in a box; a test does what its workers would. */
export interface PhoneHub extends OutsideHub {
  readonly phones: Simulator;
  readonly hotline: SimulatedLine;
  /** An event of a call, as the channel would give it. `key` is the phase unless it is given. */
  tell(callId: string, phase: CallPhase, over?: Partial<InboundCall>): Promise<InboundOutcome>;
  /** The entries that a call has in threads; there should be one. */
  entries(callId: string): Promise<Message[]>;
  /** What follows from everything that has happened so far. */
  follow(): Promise<void>;
}

export async function openPhoneHub(): Promise<PhoneHub> {
  const hub = await openOutsideHub();
  const box = await SimulatorServer.start({
    kinds: { 'twilio-voice': SIMULATORS['twilio-voice']! },
    received: () => undefined,
    now: () => hub.clock.now(),
    keepAlive: false,
  });
  const phones = box.simulators.get('twilio-voice')!;
  const settings = phones.newLine(HOTLINE);
  const about = { kind: 'twilio-voice', name: 'Hotline', address: HOTLINE, region: 'CN', brandId: hub.brandId };
  const made = await hub.database.transaction((tx) => hub.app.get(Inboxes).make(tx, { ...about, ...settings, at: hub.clock.now() }));
  const inboxId = made!.id;
  const hotline: SimulatedLine = {
    inboxId,
    kind: 'twilio-voice',
    address: HOTLINE,
    webhookUrl: `${hub.url}/webhooks/${inboxId}`,
    ...settings,
  };
  await phones.connect(hotline);
  let followed = 0;
  const phoneHub: PhoneHub = {
    ...hub,
    phones,
    hotline,
    async tell(callId, phase, over = {}) {
      const inbox = (await hub.app.get(OpenInboxes).find(inboxId))!;
      const base = { kind: 'call', to: HOTLINE, direction: 'inbound', from: tel('+8613900000001') } as const;
      const event: InboundCall = { ...base, callId, key: `${callId}:${phase.is}`, phase, ...over };
      const raw = { door: 'webhook', body: Buffer.from(randomUUID()), receivedAt: hub.clock.now() } as const;
      return hub.app.get(InboundDesk).take(inbox, { events: [event] }, raw);
    },
    async entries(callId) {
      const text = `SELECT m.* FROM messages m WHERE id IN (SELECT message_id FROM calls WHERE external_id = $1) ORDER BY id`;
      const rows = await hub.sql(text, [callId]);
      return Promise.all(rows.map((row) => hub.app.get(ThreadView).one(row as never)));
    },
    async follow() {
      while ((await hub.app.get(Sequencer).move()) > 0);
      const events = await readLog(hub.database, followed, 1000);
      for (const event of events) {
        for (const { types, handle } of consumers(hub.app)) {
          if (types.includes(event.type)) await hub.database.transaction((tx) => handle(tx, event));
        }
        followed = event.position;
      }
      if (events.length > 0) await phoneHub.follow();
    },
    async close() {
      await box.close();
      await hub.close();
    },
  };
  return phoneHub;
}
