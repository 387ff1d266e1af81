import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { SearchView } from '../views/search.view';
import { SearchAnswerDto, SearchQueryParams } from './conversations.dto';

/** The search field and the command bar. */
@ApiTags('conversations')
@Controller('api/search')
export class SearchController {
  constructor(
    private readonly search: SearchView,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: SearchAnswerDto })
  find(@CurrentPrincipal() who: Principal, @Query() query: SearchQueryParams): Promise<SearchAnswerDto> {
    return this.search.find(who, query.q, query.limit, this.clock.now());
  }
}
