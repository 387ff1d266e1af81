import type { ChannelCheck, ChannelDeps, MediaRef, MediaStream } from '@claimline/messages';
import { ChannelError } from '@claimline/messages';
import type Twilio from 'twilio/lib/rest/Twilio';
import { fetchTwilioFile } from './media';
import { twilioClient } from './rest';
import type { TwilioConfig, TwilioSecrets } from './settings';

/** Which of a number's two abilities a line uses. */
export type TwilioAbility = 'sms' | 'voice';

// A second is what Twilio's times are rounded to, another is for two clocks that differ.
const SLACK = 2_000;

/** What every line of Twilio's does alike: one account, one number, one client. */
export class TwilioLine {
  private client: Promise<Twilio> | undefined;

  constructor(
    readonly config: TwilioConfig,
    readonly secrets: TwilioSecrets,
    readonly deps: ChannelDeps,
  ) {}

  /** The SDK, made when it is first needed. */
  api(): Promise<Twilio> {
    this.client ??= twilioClient(this.config, this.secrets, this.deps.fetch);
    return this.client;
  }

  fetchMedia(ref: MediaRef): Promise<MediaStream> {
    return fetchTwilioFile(ref, { config: this.config, secrets: this.secrets, fetch: this.deps.fetch });
  }

  /** The earliest time at Twilio of something that happened here at `moment` or later. */
  notBefore(moment: Date): Date {
    return new Date(moment.getTime() - SLACK);
  }

  /** Asks for the account and the number, and whether Twilio calls us for it. */
  async check(ability: TwilioAbility): Promise<ChannelCheck> {
    try {
      return await this.look(ability);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      return { ok: false, field: error.field ?? 'apiBaseUrl', problem: error.message };
    }
  }

  private async look(ability: TwilioAbility): Promise<ChannelCheck> {
    const { accountSid, phoneNumber } = this.config;
    const api = await this.api();
    const account = await api.api.v2010.accounts(accountSid).fetch();
    if (account.status !== 'active')
      return { ok: false, field: 'accountSid', problem: `Twilio says that this account is ${account.status}.` };
    const [number] = await api.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
    if (!number) return { ok: false, field: 'phoneNumber', problem: `This account has no number ${phoneNumber}.` };
    if (!number.capabilities[ability]) return { ok: false, field: 'phoneNumber', problem: `${phoneNumber} cannot do ${ability}.` };
    const missing = this.unset(ability, number);
    if (!missing) return { ok: true, detail: `${account.friendlyName}: ${phoneNumber} is ready.` };
    const { where, wanted, now } = missing;
    return {
      ok: false,
      field: 'phoneNumber',
      problem: `Twilio does not bring us what happens: set "${where}" of ${phoneNumber} to ${wanted} (now: ${now || 'nothing'}).`,
    };
  }

  /** The first address of the number, as the Twilio Console names it, that does not lead to this inbox. */
  private unset(ability: TwilioAbility, number: { smsUrl: string; voiceUrl: string; statusCallback: string }) {
    const { webhookUrl } = this.deps.inbox;
    const texts = [{ where: 'A message comes in', wanted: webhookUrl, now: number.smsUrl }];
    const calls = [
      { where: 'A call comes in', wanted: webhookUrl, now: number.voiceUrl },
      { where: 'Call status changes', wanted: `${webhookUrl}/voice/status`, now: number.statusCallback },
    ];
    return (ability === 'sms' ? texts : calls).find(({ wanted, now }) => wanted !== now);
  }
}
