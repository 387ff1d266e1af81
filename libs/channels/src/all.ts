import type { ChannelKind } from './channel-kind';

/** Every kind of line that this build can open. A new channel is one folder and one line here. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [];
