/** Tells the router whether somebody's console is connected. Bound to the routing room. */
export abstract class PresenceLink {
  /** A console of this account is (still) connected: said at connect and every minute. */
  abstract connected(accountId: string, socketId: string): Promise<void>;
  abstract disconnected(accountId: string, socketId: string): Promise<void>;
}
