import { maySee, type Viewer } from '@claimline/conversations';
import { readLog, type Database, type LoggedEvent } from '@claimline/database';
import type { ConsoleEvent } from '@claimline/protocol';

interface Place {
  readonly id: string;
  readonly restricted_to: string | null;
  readonly brand_id: string;
}

/** An event and the conversation that decides who may hear of it; null: everybody. */
export interface Addressed {
  readonly event: LoggedEvent;
  readonly place: Place | null;
}

const REPLAY_MOST = 5000;

/** Decides which events a console may hear of: those of conversations its person may see, by the same rule as every list. */
export class Audience {
  constructor(private readonly database: Database) {}

  /** Adds to each event what decides on its audience: one query for a batch. */
  async address(events: readonly LoggedEvent[]): Promise<Addressed[]> {
    const ids = [...new Set(events.flatMap((event) => event.conversationId ?? []))];
    const places =
      ids.length === 0
        ? []
        : await this.database.query<Place>({
            name: 'audience-places',
            text: 'SELECT id, restricted_to, brand_id FROM conversations WHERE id = ANY ($1::uuid[])',
            values: [ids],
          });
    const byId = new Map(places.map((place) => [place.id, place]));
    return events.map((event) => ({ event, place: event.conversationId ? (byId.get(event.conversationId) ?? null) : null }));
  }

  /** The events of a batch for one viewer. */
  forViewer(viewer: Viewer, batch: readonly Addressed[]): ConsoleEvent[] {
    return batch
      .filter(({ event, place }) => (event.conversationId === null ? true : place !== null && maySee(viewer, place)))
      .map(({ event }) => toConsole(event));
  }

  /** What a viewer has missed since a position; undefined where that is so much that reading everything anew is less. */
  async missed(viewer: Viewer, after: number): Promise<{ events: ConsoleEvent[]; upTo: number } | undefined> {
    const events = await readLog(this.database, after, REPLAY_MOST);
    if (events.length === REPLAY_MOST) return undefined;
    return { events: this.forViewer(viewer, await this.address(events)), upTo: events.at(-1)?.position ?? after };
  }
}

const toConsole = (event: LoggedEvent): ConsoleEvent => ({
  position: event.position,
  type: event.type,
  conversationId: event.conversationId,
  payload: event.payload,
});
