import {
  BeginReport,
  ClaimCoreDeliveryPage,
  ClaimCoreDeliveryQuery,
  ClaimCoreFeed,
  ClaimCoreFeedQuery,
  ClaimCoreSaved,
  ClaimCoreSettings,
  EndpointCheck,
  FillReport,
  HotlineAnswer,
  HotlineQuery,
  PolicyList,
  PolicyQuery,
  PolicySearchSettings,
  Report,
  ReportPage,
  ReportQuery,
  SetApart,
  SetClaimCore,
  SetEndpoint,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class BeginReportBody extends createZodDto(BeginReport) {}
export class FillReportBody extends createZodDto(FillReport) {}
export class SetApartBody extends createZodDto(SetApart) {}
export class ReportAnswer extends createZodDto(Report) {}
export class ReportPageAnswer extends createZodDto(ReportPage) {}
export class ReportQueryParams extends createZodDto(ReportQuery) {}
export class PolicyListAnswer extends createZodDto(PolicyList) {}
export class PolicyQueryParams extends createZodDto(PolicyQuery) {}
export class PolicySearchSettingsAnswer extends createZodDto(PolicySearchSettings) {}
export class SetEndpointBody extends createZodDto(SetEndpoint) {}
export class EndpointCheckAnswer extends createZodDto(EndpointCheck) {}
export class ClaimCoreSettingsAnswer extends createZodDto(ClaimCoreSettings) {}
export class ClaimCoreSavedAnswer extends createZodDto(ClaimCoreSaved) {}
export class SetClaimCoreBody extends createZodDto(SetClaimCore) {}
export class ClaimCoreDeliveryPageAnswer extends createZodDto(ClaimCoreDeliveryPage) {}
export class ClaimCoreDeliveryQueryParams extends createZodDto(ClaimCoreDeliveryQuery) {}
export class ClaimCoreFeedAnswer extends createZodDto(ClaimCoreFeed) {}
export class ClaimCoreFeedQueryParams extends createZodDto(ClaimCoreFeedQuery) {}
export class HotlineParams extends createZodDto(HotlineQuery) {}
export class HotlineResult extends createZodDto(HotlineAnswer) {}
