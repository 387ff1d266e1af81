import type { ChannelKind } from './channel-kind';
import { emailKind } from './email/email.channel';
import { inPersonKind } from './in-person/in-person.channel';
import { letterKind } from './letter/letter.channel';
import { twilioSms } from './twilio-sms/twilio-sms.channel';
import { twilioVoice } from './twilio-voice/twilio-voice.channel';
import { webChatKind } from './web-chat/web-chat.channel';
import { wechatKind } from './wechat/wechat.channel';

/** Every kind of line that this build can open. A new channel is one folder and one line here. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [emailKind, inPersonKind, letterKind, twilioSms, twilioVoice, webChatKind, wechatKind];
