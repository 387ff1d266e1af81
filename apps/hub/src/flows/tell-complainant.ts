import { CHANNEL_KINDS } from '@claimline/channels';
import type { ConversationRow, MessageRow } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { spokenLanguage, type Language } from '@claimline/messages';
import { ComplaintClocks, Tasks, type ComplaintRecord } from '@claimline/quality';
import { DateTime } from 'luxon';
import type { HandlingRules } from '../complaints/handling-rules';
import type { Outlets } from '../conversations/outlets';
import { HubProblem } from '../http/problem';
import type { TemplateReply } from '../notifications/template-reply';
import type { ComplaintPlace } from '../views/complaint-facts.view';
import type { Outlet, SendReply } from './send-reply';

/** What is told, by whom. */
export interface ToldComplaint {
  readonly template: 'complaint_received' | 'complaint_progress' | 'complaint_outcome';
  /** What the officer writes: the progress or the outcome itself. */
  readonly text?: string;
  readonly by: string;
  readonly at: Date;
}

/** A complaint in its place. */
export interface PlacedComplaint {
  readonly complaint: ComplaintRecord;
  readonly conversation: ConversationRow;
  readonly place: ComplaintPlace;
}

/** How something leaves. */
export interface Sending {
  readonly outlets: Outlets;
  readonly texts: TemplateReply;
  readonly reply: SendReply;
}

const NO_WAY = ['channel-not-able', 'no-address-for-channel', 'recipient-blocked'];
// An outcome tells what was found about somebody's claim.
const OUTCOME_PRIVACY = 'P2';
const LETTER_MS = 24 * 3_600_000;

/**
 * Tells a complainant how it stands: on the channel of the complaint, the outcome in writing besides. A person's words under a person's name,
 * so they leave while automatic ones do not.
 */
export class TellComplainant {
  constructor(
    private readonly sending: Sending,
    private readonly rules: HandlingRules,
    private readonly clocks: ComplaintClocks,
    private readonly tasks: Tasks,
  ) {}

  /** A receipt or how it stands. Undefined: there is no way but a letter, which is on somebody's list now. */
  async tell(tx: Transaction, placed: PlacedComplaint, told: ToldComplaint): Promise<MessageRow | undefined> {
    const outlet = await this.way(tx, placed.conversation);
    if (!outlet) await this.askForLetter(tx, placed, told);
    return outlet && (await this.send(tx, placed, outlet, told));
  }

  /** The outcome: where it may be read in private, by mail too where there is an address, else by letter. Returns the message that counts; undefined: there is no such way. */
  async outcome(tx: Transaction, placed: PlacedComplaint, told: ToldComplaint): Promise<MessageRow | undefined> {
    const { conversation } = placed;
    const own = await this.way(tx, conversation);
    const mail = await this.way(tx, conversation, 'email');
    const readable = [own, mail].filter((one): one is Outlet => one !== undefined && privacyOf(one) >= OUTCOME_PRIVACY);
    const letter = readable.length === 0 ? await this.way(tx, conversation, 'letter') : undefined;
    const ways = letter
      ? [letter]
      : readable.filter((way, place) => readable.findIndex(({ channel }) => channel === way.channel) === place);
    const sent: MessageRow[] = [];
    for (const way of ways) sent.push(await this.send(tx, placed, way, told));
    return sent[0];
  }

  private async send(tx: Transaction, placed: PlacedComplaint, outlet: Outlet, told: ToldComplaint): Promise<MessageRow> {
    const { conversation } = placed;
    const words = await this.words(tx, placed, told);
    const { text, subject } = await this.sending.texts.render(tx, conversation.id, {
      template: told.template,
      channel: outlet.channel,
      words,
    });
    await this.sending.outlets.refuseTooLong(outlet, text);
    const rest = { attachments: [], outlet, purpose: 'reply', seen: null, at: told.at } as const;
    return await this.sending.reply.send(tx, conversation, { authorId: told.by, text, subject, ...rest });
  }

  private async words(
    tx: Transaction,
    { complaint, conversation, place }: PlacedComplaint,
    told: ToldComplaint,
  ): Promise<Record<string, string>> {
    const language = spokenLanguage(conversation.language, place.language);
    const { routes } = await this.rules.read(tx);
    const running = await this.clocks.running(tx, complaint);
    const outcome = running.find(({ policy }) => policy !== 'complaint.ack' && policy !== 'complaint.progress');
    const due = outcome && dayIn(outcome.deadline, place.place.brand.timeZone, language);
    return {
      complaintRef: complaint.number,
      // The text of the house was taken in the language of whoever chose it: the customer reads it in theirs.
      complaintRoutes: complaint.routes && !Object.values(routes).includes(complaint.routes) ? complaint.routes : routes[language],
      ...(due && { complaintDueBy: due }),
      ...(told.text && { [told.template === 'complaint_outcome' ? 'complaintOutcome' : 'complaintProgress']: told.text }),
    };
  }

  private async way(tx: Transaction, conversation: ConversationRow, channel?: string): Promise<Outlet | undefined> {
    try {
      return await this.sending.outlets.choose(tx, conversation, { channel });
    } catch (error) {
      if (error instanceof HubProblem && NO_WAY.includes(error.code)) return undefined;
      throw error;
    }
  }

  private async askForLetter(tx: Transaction, { complaint, conversation }: PlacedComplaint, told: ToldComplaint): Promise<void> {
    await this.tasks.create(
      tx,
      {
        key: `complaint-letter:${complaint.id}:${told.template}`,
        kind: 'complaint-letter',
        reason: 'no-address',
        params: { complaint: complaint.id, code: told.template },
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        ownerId: told.by,
        due: new Date(told.at.getTime() + LETTER_MS),
      },
      told.at,
    );
  }
}

const privacyOf = ({ channel }: Outlet): string => CHANNEL_KINDS.find(({ kind }) => kind === channel)?.capabilities.privacy ?? 'P1';

/** A day written out with its zone, as every notice writes it. */
function dayIn(moment: Date, zone: string, language: Language): string {
  const at = DateTime.fromJSDate(moment, { zone }).setLocale(language);
  return language === 'en' ? `${at.toFormat('d MMM yyyy')} (${at.offsetNameShort})` : `${at.toFormat('yyyy年M月d日')}`;
}
