import { Module, type DynamicModule } from '@nestjs/common';
import { BroadcastsModule } from './broadcasts/broadcasts.module';
import { BulkModule } from './bulk/bulk.module';
import { CatastrophesModule } from './catastrophes/catastrophes.module';
import { ClaimFileModule } from './claim-file/claim-file.module';
import { ClaimsModule } from './claims/claims.module';
import { ComplaintsModule } from './complaints/complaints.module';
import { ConversationsModule } from './conversations/conversations.module';
import { DeliveryModule } from './delivery/delivery.module';
import { PortalDocumentsModule } from './documents/portal-documents.module';
import { FilesModule } from './files/files.module';
import { InboundModule } from './inbound/inbound.module';
import { MailModule } from './inbound/mail.module';
import { NotificationsModule } from './notifications/notifications.module';
import { OperationsModule } from './operations/operations.module';
import { PaperModule } from './paper/paper.module';
import { PeopleModule } from './people/people.module';
import { PlatformModule, type Platform } from './platform/platform.module';
import { PortalModule } from './portal/portal.module';
import { AftercareModule } from './quality/aftercare.module';
import { QualityModule } from './quality/quality.module';
import { StaffModule } from './people/staff.module';
import { RealtimeModule } from './realtime/realtime.module';
import { BindModule } from './report/bind.module';
import { RoutingModule } from './routing/routing.module';
import { SurveysModule } from './surveys/surveys.module';
import { AbsencesModule } from './team/absences.module';
import { TeamModule } from './team/team.module';
import { VisitorsModule } from './visitors/visitors.module';

/** The whole hub: one module per room, each of which binds what its room needs. */
@Module({})
export class AppModule {
  static over(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.over(platform),
        PeopleModule,
        ConversationsModule,
        FilesModule,
        DeliveryModule,
        InboundModule,
        MailModule,
        RoutingModule,
        StaffModule,
        QualityModule,
        ComplaintsModule,
        AftercareModule,
        ClaimsModule,
        ClaimFileModule,
        NotificationsModule,
        RealtimeModule,
        OperationsModule,
        VisitorsModule,
        PaperModule,
        AbsencesModule,
        TeamModule,
        BulkModule,
        CatastrophesModule,
        BroadcastsModule,
        PortalModule,
        BindModule,
        PortalDocumentsModule,
        SurveysModule,
      ],
    };
  }
}
