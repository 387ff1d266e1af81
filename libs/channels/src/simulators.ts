import { startEmailSimulator } from './email/simulator';
import { startBranch } from './in-person/simulator';
import { startPost } from './letter/simulator';
import type { StartSimulator } from './simulator';
import { startTwilioSms } from './twilio-sms/simulator';
import { startTwilioVoice } from './twilio-voice/simulator';
import { startWebChatSimulator } from './web-chat/simulator';
import { startWechatSimulator } from './wechat/simulator';

export * from './simulator';
export * from './simulator-server';

/** The vendors in a box, by channel kind. For the sandbox and tests only; the hub never imports this door. */
export const SIMULATORS: Readonly<Record<string, StartSimulator>> = {
  email: startEmailSimulator,
  'in-person': startBranch,
  letter: startPost,
  'twilio-sms': startTwilioSms,
  'twilio-voice': startTwilioVoice,
  'web-chat': startWebChatSimulator,
  wechat: startWechatSimulator,
};
