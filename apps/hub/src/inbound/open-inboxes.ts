import type { Channel } from '@claimline/messages';
import type { InboxFacts } from '@claimline/conversations';
import type { ChannelKind } from '@claimline/channels';

/** An inbox with its open line. */
export interface OpenInbox extends InboxFacts {
  readonly name: string;
  /** The line as inbound events name it. */
  readonly address: string;
  readonly region: string;
  readonly kindOf: ChannelKind;
  readonly channel: Channel;
  readonly state: 'active' | 'stopped';
}

/** The lines of this process: opened on first use, opened anew when their configuration changed. Bound by the delivery module. */
export abstract class OpenInboxes {
  abstract find(inboxId: string): Promise<OpenInbox | undefined>;
  /** The inbox that owns a line: one vendor account may serve many. */
  abstract findByLine(kind: string, address: string): Promise<OpenInbox | undefined>;
  abstract all(): Promise<readonly OpenInbox[]>;
}
