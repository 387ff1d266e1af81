import { ChannelError, type Channel, type ChannelCheck, type Door, type SendReceipt } from '@claimline/messages';
import { z } from 'zod';
import type { ChannelKind } from '../channel-kind';
import { IN_PERSON_CAPABILITIES } from './capabilities';
import { eventOf } from './entries';

const config = z.object({
  counter: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'small letters, digits and dashes')
    .meta({ title: 'Name of the counter', description: 'Small letters, digits and dashes, e.g. branch-pudong. Never shown to customers.' }),
  place: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Place', description: 'Where customers come to: branch, street and town. Stands on receipts and invitations.' }),
});
type Config = z.output<typeof config>;
const secrets = z.object({});

/** One branch or team that meets customers. */
class InPerson implements Channel {
  readonly doors: readonly Door[] = [{ via: 'desk', receive: async (entry) => ({ events: [eventOf(entry, this.config.counter)] }) }];

  constructor(private readonly config: Config) {}

  /** Nobody can be sent: whoever is to be met gets an appointment by another channel. */
  async send(): Promise<SendReceipt> {
    throw new ChannelError('rejected', 'A visit is not sent: make an appointment, and it goes out by the customer’s own channel', {
      reason: 'not-capable',
    });
  }

  async check(): Promise<ChannelCheck> {
    if (!/\p{L}/u.test(this.config.place))
      return { ok: false, field: 'place', problem: 'The place needs words by which customers find it' };
    return { ok: true, detail: `Customers are met at ${this.config.place}` };
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}

/** Meetings face to face: at a counter, at the customer's home, elsewhere. */
export const inPersonKind: ChannelKind<Config, z.output<typeof secrets>> = {
  kind: 'in-person',
  title: 'In person',
  config,
  secrets,
  capabilities: IN_PERSON_CAPABILITIES,
  address: ({ counter }) => counter,
  open: ({ config: settings }) => new InPerson(settings),
};
