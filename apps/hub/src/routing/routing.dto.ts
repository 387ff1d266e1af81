import { Assign, Conversation, People, RoutingHistory, SetPresence } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class AssignToBody extends createZodDto(Assign) {}
export class AssignedConversationAnswer extends createZodDto(Conversation) {}
export class PeopleAnswer extends createZodDto(People) {}
export class RoutingHistoryAnswer extends createZodDto(RoutingHistory) {}
export class SetPresenceBody extends createZodDto(SetPresence) {}
