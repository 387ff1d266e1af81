import {
  maskedAddress,
  StepUp,
  stepUpAddress,
  type CodeAddress,
  type LinkPurpose,
  type SecureLink,
  type StepUpCheck,
} from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import type { FastifyReply } from 'fastify';
import type { SendCode } from '../flows/send-code';
import { HubProblem } from '../http/problem';
import type { PortalWelcomeView } from '../views/portal-welcome.view';
import type { PortalDoor } from './portal-door';

/** Pages that show or take something that only the person themselves may see or say: the link alone does not open them. */
const STEP_UP_PURPOSES: ReadonlySet<LinkPurpose> = new Set<LinkPurpose>(['payee']);

interface Parts {
  readonly database: Database;
  readonly stepUp: StepUp;
  readonly send: SendCode;
  readonly welcome: PortalWelcomeView;
  readonly door: PortalDoor;
  readonly clock: Clock;
}

/** The second step of a link: a code to another address of the same person, where they have one. */
export class PortalSteps {
  constructor(private readonly parts: Parts) {}

  isNeeded(link: SecureLink): boolean {
    return STEP_UP_PURPOSES.has(link.purpose);
  }

  /** Where the code would go, masked; undefined: nowhere that proves anything. */
  async whereTo(link: SecureLink): Promise<string | undefined> {
    const address = await this.addressFor(link);
    return address && maskedAddress(address.scheme, address.value);
  }

  /** @throws HubProblem `no-address-for-channel`, `too-many-requests` */
  async sendCode(link: SecureLink): Promise<{ to: string; expiresAt: Date }> {
    const { database, send, clock } = this.parts;
    const address = await this.addressFor(link);
    if (!address) throw new HubProblem('no-address-for-channel');
    const at = clock.now();
    const wish = { contactId: link.contactId, addressId: address.id, purpose: link.purpose, conversationId: link.conversationId };
    const sent = await database.transaction((tx) => send.send(tx, wish, at));
    if (sent.state === 'no-way') throw new HubProblem('no-address-for-channel');
    if (sent.state === 'wait')
      throw new HubProblem('too-many-requests', {}, undefined, Math.ceil((sent.until.getTime() - at.getTime()) / 1000));
    return { to: maskedAddress(address.scheme, address.value), expiresAt: sent.expiresAt };
  }

  /** Judges the code that somebody typed on the link's page; a right one lets them in for a while. */
  async check(link: SecureLink, code: string, reply: FastifyReply): Promise<StepUpCheck> {
    const { database, stepUp, door, clock } = this.parts;
    const address = await this.addressFor(link);
    if (!address) return 'expired';
    const who = { contactId: link.contactId, addressId: address.id, purpose: link.purpose };
    const state = await database.transaction((tx) => stepUp.check(tx, { ...who, code }, clock.now()));
    if (state === 'ok') await door.letIn(reply, { ...who, linkId: link.id });
    return state;
  }

  private async addressFor(link: SecureLink): Promise<CodeAddress | undefined> {
    const addresses = await this.parts.welcome.addressesOf(this.parts.database, link.contactId);
    return stepUpAddress(addresses, link.addressId, this.parts.clock.now());
  }
}
