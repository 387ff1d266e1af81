import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ManageAccount } from '../flows/manage-account';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { StaffView } from '../views/staff.view';
import { MadeStaffAnswer, NewPasswordAnswer, NewStaffBody, StaffAccountAnswer, StaffAnswer, UpdateStaffBody } from './staff.dto';

/** The accounts of people, for administrators. */
@ApiTags('people')
@Controller('api/accounts')
@Roles('administrator')
export class AccountsController {
  constructor(
    private readonly staff: StaffView,
    private readonly manage: ManageAccount,
  ) {}

  @Get()
  @Roles('administrator', 'auditor')
  @ApiOperation({ summary: 'Everybody who signs in, closed accounts last' })
  @ApiOkResponse({ type: StaffAnswer })
  async list(): Promise<StaffAnswer> {
    return { items: await this.staff.all() };
  }

  @Post()
  @ApiOperation({ summary: 'Makes an account; the answer alone names its first password' })
  @ApiCreatedResponse({ type: MadeStaffAnswer })
  async make(@CurrentPrincipal() who: Principal, @Body() body: NewStaffBody): Promise<MadeStaffAnswer> {
    const { id, password } = await this.manage.make(who, body);
    return { account: await this.one(id), password };
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes or closes an account; the last administrator stays one' })
  @ApiOkResponse({ type: StaffAccountAnswer })
  async change(
    @CurrentPrincipal() who: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UpdateStaffBody,
  ): Promise<StaffAccountAnswer> {
    await this.manage.change(who, id, body);
    return this.one(id);
  }

  @Post(':id/password')
  @ApiOperation({ summary: 'A new password for somebody who has lost theirs; it signs them out everywhere' })
  @ApiCreatedResponse({ type: NewPasswordAnswer })
  async renewPassword(@CurrentPrincipal() who: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<NewPasswordAnswer> {
    return { password: await this.manage.renewPassword(who, id) };
  }

  private async one(id: string): Promise<StaffAccountAnswer> {
    return found((await this.staff.all()).find((account) => account.id === id));
  }
}
