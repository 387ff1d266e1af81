import { Global, Module } from '@nestjs/common';
import { Database, Wakeups } from '@claimline/database';
import { plain } from '../platform/plain';
import { LOG } from '../platform/tokens';
import { Audience } from './audience';
import { ConsoleGateway } from './console.gateway';
import { LogTail } from './log-tail';

/** The sockets of consoles, fed by the event log. */
@Global()
@Module({
  providers: [plain(LogTail, Database, Wakeups, LOG), plain(Audience, Database), ConsoleGateway],
  exports: [LogTail, Audience, ConsoleGateway],
})
export class RealtimeModule {}
