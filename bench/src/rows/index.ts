import { boot } from './boot';
import { claimEvent } from './claim-event';
import { crowd } from './crowd';
import { inbound } from './inbound';
import { inbox } from './inbox';
import { reply } from './reply';
import type { Row } from './row';
import { screen } from './screen';
import { search } from './search';
import { thread } from './thread';

/** Every promise of speed in the order it is measured: reading before writing, and what stops the hub at the end. */
export const ROWS: readonly Row[] = [inbox, thread, search, inbound, screen, reply, claimEvent, crowd, boot];
