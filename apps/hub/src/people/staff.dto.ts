import {
  ApiKeyList,
  ChangePassword,
  MadeApiKey,
  MadeStaffAccount,
  NewApiKey,
  NewPassword,
  NewStaffAccount,
  StaffAccount,
  StaffAccounts,
  UpdateStaffAccount,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class StaffAnswer extends createZodDto(StaffAccounts) {}
export class StaffAccountAnswer extends createZodDto(StaffAccount) {}
export class NewStaffBody extends createZodDto(NewStaffAccount) {}
export class MadeStaffAnswer extends createZodDto(MadeStaffAccount) {}
export class UpdateStaffBody extends createZodDto(UpdateStaffAccount) {}
export class NewPasswordAnswer extends createZodDto(NewPassword) {}
export class ChangePasswordBody extends createZodDto(ChangePassword) {}
export class ApiKeysAnswer extends createZodDto(ApiKeyList) {}
export class NewApiKeyBody extends createZodDto(NewApiKey) {}
export class MadeApiKeyAnswer extends createZodDto(MadeApiKey) {}
