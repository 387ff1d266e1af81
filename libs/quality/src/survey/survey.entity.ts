import type { Scores, SurveyMode } from './survey';

/** How far an invitation has come. `planned`: waits for its day; `left`: the customer wrote something else in its place; `expired`: nobody answered to the end. */
export type InvitationState = 'planned' | 'withdrawn' | 'suppressed' | 'invited' | 'answered' | 'left' | 'expired';

/** The one invitation of a claim, with the answers so far. */
export interface SurveyInvitation {
  readonly id: string;
  readonly claimId: string;
  readonly claimNumber: string;
  readonly state: InvitationState;
  readonly reason: string | null;
  readonly contactId: string | null;
  readonly conversationId: string | null;
  readonly addressId: string | null;
  readonly channel: string | null;
  readonly mode: SurveyMode | null;
  readonly scores: Scores;
}

/** Where somebody is asked. */
export interface InvitedBy {
  readonly contactId: string;
  readonly conversationId: string | null;
  readonly inboxId: string | null;
  readonly addressId: string | null;
  readonly channel: string;
  readonly mode: SurveyMode;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** Answers that came in: one question of a dialogue, or all five of a page or a call. */
export interface NewAnswers {
  readonly scores: Scores;
  readonly comment: string | null;
  readonly mode: SurveyMode;
  readonly isComplete: boolean;
  readonly at: Date;
}
