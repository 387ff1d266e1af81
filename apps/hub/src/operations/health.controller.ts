import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database } from '@claimline/database';
import { HubProblem } from '../http/problem';
import { BacklogView } from '../views/backlog.view';
import { backlogGauge, registry } from './metrics';
import { Startup } from './startup';

// The answer is promised within two seconds of the fault: a question may begin just before it, and a busy machine takes its time.
const READY_WITHIN_MS = 1200;

const saying = (status: string): { schema: object } => ({
  schema: { type: 'object', properties: { status: { type: 'string', enum: [status] } }, required: ['status'] },
});

/** For operators: is the process alive, can it work, what waits. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly backlog: BacklogView,
    private readonly startup: Startup,
  ) {}

  @Get('health/live')
  @ApiOkResponse(saying('live'))
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 200 once everything has started and while the database answers, 503 otherwise; tells within two seconds. */
  @Get('health/ready')
  @ApiOkResponse(saying('ready'))
  async ready(): Promise<{ status: 'ready' }> {
    const answered = await Promise.race([
      this.database.query({ name: 'ready', text: 'SELECT 1 AS one', values: [] }).then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), READY_WITHIN_MS).unref()),
    ]);
    if (!answered || !this.startup.done) throw new HubProblem('unavailable', {}, undefined, 2);
    return { status: 'ready' };
  }

  @Get('metrics')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('content-type', registry.contentType)
  async metrics(): Promise<string> {
    const waiting = await this.backlog.read().catch(() => undefined);
    // A queue that is empty now is not among the answers: without this its last number would stay for ever.
    if (waiting) backlogGauge.reset();
    for (const { queue, count } of waiting ?? []) backlogGauge.set({ queue }, count);
    return registry.metrics();
  }
}
