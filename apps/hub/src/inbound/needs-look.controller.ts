import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReplayNeedsLook } from '../flows/replay-needs-look';
import { refuse } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { NeedsLookView } from '../views/needs-look.view';
import { NeedsLookPageAnswer, NeedsLookQueryParams, ReplayAnswerDto } from './needs-look.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What could not be read or placed. Nothing of it is lost: a person has it read again, or puts it away. */
@ApiTags('needs-look')
@Controller('api/needs-look')
export class NeedsLookController {
  constructor(
    private readonly view: NeedsLookView,
    private readonly flow: ReplayNeedsLook,
  ) {}

  @Get()
  @ApiOkResponse({ type: NeedsLookPageAnswer })
  list(@CurrentPrincipal() who: Principal, @Query() query: NeedsLookQueryParams): Promise<NeedsLookPageAnswer> {
    return this.view.page(who, query.limit, query.before);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOkResponse({ type: ReplayAnswerDto })
  async replay(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReplayAnswerDto> {
    await this.refuseForeign(who, id);
    return this.flow.replay(id, { kind: who.kind, id: who.id });
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @ApiOkResponse({ type: ReplayAnswerDto })
  async dismiss(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReplayAnswerDto> {
    await this.refuseForeign(who, id);
    return this.flow.dismiss(id, { kind: who.kind, id: who.id });
  }

  private async refuseForeign(who: Principal, id: string): Promise<void> {
    if (!(await this.view.mayTouch(who, id))) refuse('not-found');
  }
}
