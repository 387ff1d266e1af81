import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { FileLinks } from '@claimline/files';
import { DESK_ROLES, type Transcript } from '@claimline/protocol';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK } from '../platform/tokens';
import { TranscriptView, type TranscriptMessage } from '../views/transcript.view';
import { TranscriptAnswer } from './claim-file.dto';

const LINK_MS = 3_600_000;

/** What was said, for the claim core's own file. */
@ApiTags('conversations')
@Controller('api/conversations/:id/transcript')
@Roles(...DESK_ROLES, 'auditor', 'integration')
export class TranscriptController {
  constructor(
    private readonly view: TranscriptView,
    private readonly links: FileLinks,
    private readonly address: PublicUrl,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A conversation oldest first, with a link to each file that opens it for an hour' })
  @ApiOkResponse({ type: TranscriptAnswer })
  async show(@CurrentPrincipal() who: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<TranscriptAnswer> {
    const claim = await this.view.claimOf(who, id);
    if (claim === undefined) throw new HubProblem('not-found');
    const messages = await this.view.messages(id);
    return {
      conversation: id,
      claim,
      console: `${this.address.get()}/inbox/all/${id}`,
      messages: messages.map((message) => this.told(message)),
    };
  }

  private told({ files, at, ...message }: TranscriptMessage): Transcript['messages'][number] {
    const until = new Date(this.clock.now().getTime() + LINK_MS);
    return {
      ...message,
      at: at.toISOString(),
      files: files.map(({ id, stored, ...file }) => ({
        ...file,
        url: stored ? `${this.address.get()}/files/${this.links.make({ attachmentId: id, purpose: 'vendor' }, until)}` : null,
      })),
    };
  }
}
