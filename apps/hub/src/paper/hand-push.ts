import { VisitorPush } from '../delivery/channel-opener';
import type { ThreadPush } from '../visitors/thread-push';
import type { OutgoingPost } from './outgoing-post';

/** Where a line without a vendor puts what it sends: a chat into the visitor's thread, a letter into the mailroom's tray. */
export class HandPush extends VisitorPush {
  constructor(
    private readonly threads: ThreadPush,
    private readonly post: OutgoingPost,
  ) {
    super();
  }

  /** @throws Error when it cannot be put there */
  push(inboxId: string, to: string, event: string, payload: unknown): Promise<void> {
    return event === 'letter:print' ? this.post.lay(inboxId, payload) : this.threads.push(inboxId, to, event, payload);
  }
}
