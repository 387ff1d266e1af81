import {
  Assign,
  ChooseHolder,
  Composer,
  Conversation,
  ConversationPage,
  ConversationQuery,
  Link,
  MarkRead,
  Message,
  SaveDraft,
  SearchAnswer,
  SearchQuery,
  SendMessage,
  Snooze,
  StartCall,
  Thread,
  ThreadQuery,
  ViewCounts,
  WriteFirst,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class AssignBody extends createZodDto(Assign) {}
export class ChooseHolderBody extends createZodDto(ChooseHolder) {}
export class ComposerAnswer extends createZodDto(Composer) {}
export class ConversationAnswer extends createZodDto(Conversation) {}
export class ConversationPageAnswer extends createZodDto(ConversationPage) {}
export class ConversationQueryParams extends createZodDto(ConversationQuery) {}
export class LinkBody extends createZodDto(Link) {}
export class MarkReadBody extends createZodDto(MarkRead) {}
export class MessageAnswer extends createZodDto(Message) {}
export class SaveDraftBody extends createZodDto(SaveDraft) {}
export class SearchAnswerDto extends createZodDto(SearchAnswer) {}
export class SearchQueryParams extends createZodDto(SearchQuery) {}
export class SendMessageBody extends createZodDto(SendMessage) {}
export class SnoozeBody extends createZodDto(Snooze) {}
export class StartCallBody extends createZodDto(StartCall) {}
export class ThreadAnswer extends createZodDto(Thread) {}
export class ThreadQueryParams extends createZodDto(ThreadQuery) {}
export class ViewCountsAnswer extends createZodDto(ViewCounts) {}
export class WriteFirstBody extends createZodDto(WriteFirst) {}
