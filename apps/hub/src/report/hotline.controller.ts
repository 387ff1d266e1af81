import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ContactView } from '../views/contact.view';
import { HotlineView } from '../views/hotline.view';
import { PolicyDesk } from './policy-desk';
import { HotlineParams, HotlineResult } from './report.dto';

const MOST_CUSTOMERS = 12;

/** The hotline's one field: whatever a caller names. */
@ApiTags('hotline')
@Controller('api/hotline')
export class HotlineController {
  constructor(
    private readonly view: HotlineView,
    private readonly contacts: ContactView,
    private readonly policies: PolicyDesk,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Claims with stage, next step and last words, policies and customers, by a plate, a number, a name or the end of a phone number',
  })
  @ApiOkResponse({ type: HotlineResult })
  async find(@CurrentPrincipal() who: Principal, @Query() { q }: HotlineParams): Promise<HotlineResult> {
    const wishes = [{ number: q, plate: q, phone: isPhone(q) ? q : undefined }];
    const [claims, customers, policies] = await Promise.all([
      this.view.claims(who, q),
      this.customers(who, q),
      this.policies.find(wishes, this.clock.now()),
    ]);
    return { claims, customers, policies: policies.items, policyProblem: policies.problem };
  }

  private async customers(who: Principal, q: string): Promise<HotlineResult['customers']> {
    const words = searchQuery(q);
    return words ? this.contacts.find(who, words, MOST_CUSTOMERS) : [];
  }
}

const isPhone = (text: string): boolean => text.replace(/\D/g, '').length >= 7;
