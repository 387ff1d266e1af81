export { afterDone, linesOf, orderOf } from './conversation-groups';
export { ConversationList } from './conversation-list';
