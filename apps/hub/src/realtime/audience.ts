import { mayReadClaim } from '@claimline/claims';
import { maySee, type Viewer } from '@claimline/conversations';
import { readLog, type Database, type LoggedEvent } from '@claimline/database';
import type { ConsoleEvent } from '@claimline/protocol';

interface Place {
  readonly id: string;
  readonly restricted_to: string | null;
  readonly privileged_to: readonly string[] | null;
  readonly brand_id: string;
}

interface ClaimPlace {
  readonly id: string;
  readonly number: string;
  readonly flags: readonly string[];
  readonly brand_id: string;
}

/** An event with the conversation and the claim that decide who may hear of it; null: it is of none. */
export interface Addressed {
  readonly event: LoggedEvent;
  readonly place: Place | null;
  readonly claim: ClaimPlace | null;
}

const REPLAY_MOST = 5000;

/** Decides which events a console may hear of: those of conversations its person may see, by the same rule as every list. */
export class Audience {
  private readonly reading = new Map<number, Promise<readonly Addressed[] | undefined>>();

  constructor(private readonly database: Database) {}

  /** Adds to each event what decides on its audience: one query for the conversations of a batch, one for its claims. */
  async address(events: readonly LoggedEvent[]): Promise<Addressed[]> {
    const [places, claims] = await Promise.all([this.placesOf(events), this.claimsOf(events)]);
    return events.map((event) => ({
      event,
      place: (event.conversationId && places.get(event.conversationId)) || null,
      claim: claims.get(claimOf(event) ?? '') ?? null,
    }));
  }

  /** The events of a batch for one viewer. */
  forViewer(viewer: Viewer, batch: readonly Addressed[]): ConsoleEvent[] {
    return batch.filter((one) => mayHear(viewer, one)).map(({ event }) => toConsole(event));
  }

  /** Viewers with the same answer hear the same of this batch. Themselves they count only where something in it is for named people. */
  groupOf({ id, role, groups, brandIds }: Viewer, batch: readonly Addressed[]): string {
    const isPersonal = batch.some(({ place }) => place?.privileged_to);
    return JSON.stringify([role, groups, brandIds, isPersonal && id]);
  }

  private async placesOf(events: readonly LoggedEvent[]): Promise<ReadonlyMap<string, Place>> {
    const ids = [...new Set(events.flatMap((event) => event.conversationId ?? []))];
    if (ids.length === 0) return new Map();
    const places = await this.database.query<Place>({
      name: 'audience-places',
      text: 'SELECT id, restricted_to, privileged_to, brand_id FROM conversations WHERE id = ANY ($1::uuid[])',
      values: [ids],
    });
    return new Map(places.map((place) => [place.id, place]));
  }

  // By number and by id: an event names its claim by one or the other.
  private async claimsOf(events: readonly LoggedEvent[]): Promise<ReadonlyMap<string, ClaimPlace>> {
    const named = [...new Set(events.flatMap((event) => claimOf(event) ?? []))];
    if (named.length === 0) return new Map();
    const claims = await this.database.query<ClaimPlace>({
      name: 'audience-claims',
      text: 'SELECT id, number, flags, brand_id FROM claims WHERE number = ANY ($1::text[]) OR id = ANY ($2::uuid[])',
      values: [named, named.filter((name) => UUID.test(name))],
    });
    return new Map(claims.flatMap((claim) => [[claim.number, claim] as const, [claim.id, claim] as const]));
  }

  /** What a viewer has missed since a position; undefined where that is so much that reading everything anew is less. */
  async missed(viewer: Viewer, after: number): Promise<{ events: ConsoleEvent[]; upTo: number } | undefined> {
    const batch = await this.since(after);
    return batch && { events: this.forViewer(viewer, batch), upTo: batch.at(-1)?.event.position ?? after };
  }

  // After a break a thousand consoles come back at once, and most of them know the same: they share one reading.
  private since(after: number): Promise<readonly Addressed[] | undefined> {
    const running = this.reading.get(after);
    if (running) return running;
    const reading = this.read(after).finally(() => this.reading.delete(after));
    this.reading.set(after, reading);
    return reading;
  }

  private async read(after: number): Promise<readonly Addressed[] | undefined> {
    const events = await readLog(this.database, after, REPLAY_MOST);
    // Positions have no gaps: where some are missing, retention has taken them, and what is left is not everything.
    const span = (events.at(-1)?.position ?? after) - after;
    return events.length === REPLAY_MOST || span !== events.length ? undefined : this.address(events);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The claim that an event names, by number or else by id. */
function claimOf({ payload }: LoggedEvent): string | undefined {
  const named = payload.claimNumber ?? payload.claimId;
  return typeof named === 'string' ? named : undefined;
}

// A claim that is named and not there has nobody who may see it yet; an event of no conversation and no claim is everybody's.
function mayHear(viewer: Viewer, { event, place, claim }: Addressed): boolean {
  if (event.conversationId !== null && !(place && maySee(viewer, place))) return false;
  return claimOf(event) === undefined || (claim !== null && mayReadClaim(viewer, claim));
}

const toConsole = (event: LoggedEvent): ConsoleEvent => ({
  position: event.position,
  type: event.type,
  conversationId: event.conversationId,
  payload: event.payload,
});
