import { Visitors, type VisitorRow } from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import { ChannelError, type Door, type SocketGuest } from '@claimline/messages';
import { VisitorHandshake } from '@claimline/protocol';
import type { Config } from '../config';
import { IdentifyVisitor } from '../flows/identify-visitor';
import { isOurOrigin } from '../http/origin';
import { HubProblem } from '../http/problem';
import { RateLimits } from '../http/rate-limits';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { BrandView } from '../views/brand.view';
import { NEW_VISITORS, OPENINGS } from './visitor-limits';

/** The door of a chat. */
export type SocketDoor = Extract<Door, { via: 'socket' }>;

/** From where somebody knocks, as the connection itself says it. */
export interface Knock {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** The network address. */
  readonly address: string;
}

/** A visitor who was let in. */
export interface Admitted {
  readonly inbox: OpenInbox;
  readonly door: SocketDoor;
  readonly visitorId: string;
  readonly token: string;
  readonly readSeq: number;
  readonly guest: SocketGuest;
  readonly brand: string;
}

/** What {@link VisitorDoor} needs. */
export interface DoorGround {
  readonly database: Database;
  readonly inboxes: OpenInboxes;
  readonly visitors: Visitors;
  readonly identify: IdentifyVisitor;
  readonly brands: BrandView;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly config: Config;
}

/** Lets visitors in: the page must be allowed, a claimed identity signed, a token theirs. The console's cookie is never looked at. */
export class VisitorDoor {
  constructor(private readonly ground: DoorGround) {}

  /** @throws HubProblem `malformed`, `not-found`, `wrong-origin`, `too-many-requests` */
  async admit(hello: unknown, knock: Knock): Promise<Admitted> {
    const { limits, brands } = this.ground;
    const read = VisitorHandshake.safeParse(hello);
    if (!read.success) throw new HubProblem('malformed');
    const { inbox: inboxId, token, identity, language } = read.data;
    await limits.use(OPENINGS, knock.address);
    const { inbox, door } = await this.lineOf(inboxId);
    const brand = await brands.find(inbox.brandId);
    const guest = await this.greet(door, knock, { identity, language: language ?? brand?.default_language });
    const { visitor, token: theirs } = await this.recognise(inbox, guest, token, knock);
    return { inbox, door, visitorId: visitor.id, token: theirs, readSeq: visitor.read_seq, guest, brand: brand?.name ?? '' };
  }

  /** The visitor behind a token, for their files. @throws HubProblem `not-signed-in`, `wrong-origin`, `not-found` */
  async byToken(inboxId: string, token: string | undefined, knock: Knock): Promise<{ inbox: OpenInbox; visitor: VisitorRow }> {
    const { inbox, door } = await this.lineOf(inboxId);
    if (knock.origin !== undefined) await this.greet(door, knock, {});
    const visitor = token ? await this.ground.visitors.byToken(this.ground.database, inboxId, token, this.ground.clock.now()) : undefined;
    if (!visitor) throw new HubProblem('not-signed-in');
    return { inbox, visitor };
  }

  /** Whether pages from there may use this chat. @throws HubProblem */
  async allowPage(inboxId: string, knock: Knock): Promise<void> {
    await this.greet((await this.lineOf(inboxId)).door, knock, {});
  }

  private async lineOf(inboxId: string): Promise<{ inbox: OpenInbox; door: SocketDoor }> {
    const inbox = await this.ground.inboxes.find(inboxId);
    const door = inbox?.channel.doors.find((one): one is SocketDoor => one.via === 'socket');
    if (!inbox || !door) throw new HubProblem('not-found');
    return { inbox, door };
  }

  private async greet(
    door: SocketDoor,
    { origin, host }: Knock,
    who: Pick<VisitorHandshake, 'identity' | 'language'>,
  ): Promise<SocketGuest> {
    const ownPage = isOurOrigin(origin, host, this.ground.config.publicUrl);
    try {
      return await door.admit({ origin, ownPage, ...who });
    } catch (error) {
      if (error instanceof ChannelError && error.fate === 'unauthentic') throw new HubProblem('wrong-origin', { problem: error.message });
      throw error;
    }
  }

  /** Their token resumes them. A token of somebody whom the site vouched for does not open the thread to the next person at that browser. */
  private async recognise(
    inbox: OpenInbox,
    guest: SocketGuest,
    token: string | undefined,
    knock: Knock,
  ): Promise<{ visitor: VisitorRow; token: string }> {
    const { database, visitors, limits, clock } = this.ground;
    const known = token ? await visitors.byToken(database, inbox.id, token, clock.now()) : undefined;
    if (known && token && (known.user_id === null || known.user_id === guest.user?.id)) {
      if (guest.user && known.user_id === null) await this.bind(known.id, guest.user);
      return { visitor: known, token };
    }
    await limits.use(NEW_VISITORS, knock.address);
    const made = await visitors.make(database, inbox.id, clock.now());
    if (guest.user) await this.bind(made.visitor.id, guest.user);
    return made;
  }

  private async bind(visitorId: string, user: NonNullable<SocketGuest['user']>): Promise<void> {
    await this.ground.database.transaction((tx) => this.ground.identify.identify(tx, visitorId, user, this.ground.clock.now()));
  }
}

/** The network address of whoever connects: behind a proxy of ours, what that proxy has seen. */
export function addressOf(socketAddress: string, forwardedFor: string | string[] | undefined, trustProxy: Config['trustProxy']): string {
  if (trustProxy === false || !forwardedFor) return socketAddress;
  // Every proxy adds to the end what it sees itself; anything before that, the caller may have made up.
  return [forwardedFor].flat().join(',').split(',').at(-1)!.trim() || socketAddress;
}
