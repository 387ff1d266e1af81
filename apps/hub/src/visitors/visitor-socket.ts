import type { VisitorClientEvents, VisitorServerEvents } from '@claimline/protocol';
import type { Namespace, Socket } from 'socket.io';
import type { Admitted } from './visitor-door';
import { BURST, BURST_MS } from './visitor-limits';

/** What the hub knows of one socket of a visitor. */
export interface VisitorSocketState {
  who: Admitted;
  address: string;
  /** Everything up to this place has been told; undefined until the widget has said what it knows. */
  told: number | undefined;
  /** The last place of their own words, and how far we have told them that these were read. */
  said: number;
  readByUs: number;
}

export type VisitorSocket = Socket<VisitorClientEvents, VisitorServerEvents, Record<string, never>, VisitorSocketState>;
export type VisitorNamespace = Namespace<VisitorClientEvents, VisitorServerEvents, Record<string, never>, VisitorSocketState>;

/** The room of all sockets of a visitor, at every replica. */
export const roomOf = (visitorId: string): string => `visitor:${visitorId}`;

/** Ends a socket that floods; what the widget does stays far below. */
export function endFloods(socket: VisitorSocket): void {
  let left = BURST;
  const refill = setInterval(() => (left = BURST), BURST_MS);
  socket.once('disconnect', () => clearInterval(refill));
  socket.use((_, next) => {
    if (left-- > 0) return next();
    socket.disconnect(true);
  });
}
