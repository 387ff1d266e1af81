export { afterDone, linesOf, orderOf } from './conversation-groups';
export { ConversationList } from './conversation-list';
export { useListFilter } from './list-filter';
