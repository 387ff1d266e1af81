import type { Queries } from '@claimline/database';
import { spokenLanguage, type Language } from '@claimline/messages';
import {
  KnowledgeRepository,
  planRecipient,
  TemplateRefusal,
  Templates,
  wordsOf,
  type AudienceMember,
  type NoticePlan,
  type RenderedText,
} from '@claimline/notifications';
import { BroadcastAudienceView } from '../views/broadcast-audience.view';
import { NoticeSituationView, type SituationToTell } from '../views/notice-situation.view';

/** What is said, and in which circumstances. */
export interface BroadcastWords {
  readonly template: string;
  readonly anyHour: boolean;
  /** Tag of the event that the words may name. */
  readonly catastrophe: string | null;
}

/** One member with everything that is needed to tell them, or the reason why they are not told. */
export type Worded =
  | {
      readonly told: true;
      readonly plan: Extract<NoticePlan, { told: true }>;
      readonly text: RenderedText;
      readonly found: SituationToTell;
      readonly parameters: readonly string[];
    }
  | { readonly told: false; readonly reason: string };

/** Decides for one member of an audience by which way and in which words they are told: the same for the preview and for the sending. */
export class WordBroadcast {
  constructor(
    private readonly situations: NoticeSituationView,
    private readonly audience: BroadcastAudienceView,
    private readonly templates: Templates,
    private readonly knowledge: KnowledgeRepository,
  ) {}

  async of(queries: Queries, member: AudienceMember, said: BroadcastWords, now: Date): Promise<Worded> {
    if (member.contactId === null) return { told: false, reason: 'no-address' };
    const found = await this.situations.of(queries, member.claimNumber, changeless(now));
    const person = found?.situation.people.get(member.contactId);
    if (!found || !person) return { told: false, reason: 'no-party' };
    const known = await this.knowledge.of(queries, person);
    const { template, anyHour } = said;
    const recipient = { template, anyHour, partyId: member.partyId, situation: found.situation, known };
    const plan = planRecipient(recipient, { now, privacy: 'P1' });
    if (!plan.told) return { told: false, reason: plan.reason };
    return this.worded(queries, { plan, found }, said);
  }

  private async worded(
    queries: Queries,
    { plan, found }: { plan: Extract<NoticePlan, { told: true }>; found: SituationToTell },
    { template, catastrophe }: BroadcastWords,
  ): Promise<Worded> {
    const { brand } = found.situation;
    const language: Language = spokenLanguage(plan.party.language ?? plan.person.language, brand.defaultLanguage);
    const eventName = await this.audience.eventName(queries, catastrophe);
    const words = wordsOf({ ...found.situation, person: plan.person, change: null, language, privacy: 'P1' });
    try {
      const text = await this.templates.render(queries, template, {
        language,
        privacy: 'P1',
        words: { ...words, ...(eventName && { eventName }) },
      });
      if (!text) return { told: false, reason: 'not-found' };
      return { told: true, plan, text, found, parameters: [words.brand ?? '', words.claimRef ?? '', eventName ?? ''] };
    } catch (error) {
      if (error instanceof TemplateRefusal) return { told: false, reason: 'template-incomplete' };
      throw error;
    }
  }
}

/** A broadcast is about no change of the claim. */
const changeless = (now: Date) => ({
  claimEventId: '',
  stage: '',
  subStatus: null,
  stageChanged: false,
  handlerReplaced: false,
  exposureId: null,
  occurredAt: now,
});
