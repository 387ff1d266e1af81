import { Body, Controller, Get, Header, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { BYTES } from '../files/send-file';
import { uploaderOf } from '../files/uploader';
import { MoveMessage } from '../flows/move-message';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AttachmentView, type AttachmentFile } from '../views/attachment.view';
import { FilingDesk } from './filing-desk';
import { AttachmentPagesAnswer, FilingAnswer, MovedMessageAnswer, MoveMessageBody } from './paper.dto';
import { PaperReader } from './paper-reader';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Filing: which claim a mail belongs to, moving it there and back, and looking at its pages. */
@ApiTags('filing')
@Controller('api')
export class FilingController {
  constructor(
    private readonly database: Database,
    private readonly filing: FilingDesk,
    private readonly moves: MoveMessage,
    private readonly reader: PaperReader,
    private readonly files: AttachmentView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('messages/:id/filing')
  @ApiOperation({ summary: 'Claims that a message may belong to, each with its reasons; nothing is filed by it' })
  @ApiOkResponse({ type: FilingAnswer })
  suggestions(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<FilingAnswer> {
    return this.filing.of(who, id);
  }

  @Post('messages/:id/move')
  @HttpCode(200)
  @ApiOperation({ summary: 'Moves a message into another conversation or to a claim; its files and search words follow' })
  @ApiOkResponse({ type: MovedMessageAnswer })
  move(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: MoveMessageBody): Promise<MovedMessageAnswer> {
    return this.carry(who, id, 'message.move', body);
  }

  @Post('messages/:id/move/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes the last move of a message back' })
  @ApiOkResponse({ type: MovedMessageAnswer })
  undo(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<MovedMessageAnswer> {
    return this.carry(who, id, 'message.move-back', null);
  }

  @Get('attachments/:id/pages')
  @ApiOperation({ summary: 'How many pages a file has; null where it has none' })
  @ApiOkResponse({ type: AttachmentPagesAnswer })
  async pages(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<AttachmentPagesAnswer> {
    const { pages } = await this.reader.read(await this.file(who, id));
    return { pages };
  }

  @Get('attachments/:id/pages/:page')
  @ApiOperation({ summary: 'One page of a TIFF as WebP, counted from 1' })
  @ApiOkResponse(BYTES)
  @Header('cache-control', 'private, no-cache')
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async page(@CurrentPrincipal() who: Principal, @Id() id: string, @Param('page', ParseIntPipe) page: number): Promise<StreamableFile> {
    const picture = found(await this.reader.picture(await this.file(who, id), page));
    return new StreamableFile(picture, { type: 'image/webp', disposition: 'inline' });
  }

  private async carry(who: Principal, id: string, action: string, to: MoveMessageBody | null): Promise<MovedMessageAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const moved = to ? await this.moves.move(tx, id, to, { who, at }) : await this.moves.undo(tx, id, { who, at });
      const facts = { from: moved.from, to: moved.conversation };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'message', subjectId: id, facts, at });
      return moved;
    });
  }

  private async file(who: Principal, id: string): Promise<AttachmentFile> {
    return found(await this.files.find(who, uploaderOf(who), id));
  }
}
