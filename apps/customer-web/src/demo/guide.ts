import { useCallback, useState } from 'react';
import type { AppName } from './use-devices';
import type { Language } from './words';

/** What a step waits for: the one control that beckons. */
export type Target = 'voice' | 'register' | 'photos' | 'next-stage' | 'stop' | 'next-stage-again' | 'why' | 'extras';

export interface GuideStep {
  readonly target: Target;
  /** The app that has to be open on the phone. */
  readonly app?: AppName;
  readonly text: Readonly<Record<Language, string>>;
}

/** The first minute, one control at a time (no tour: whoever clicks elsewhere is not held up). */
export const GUIDE: readonly GuideStep[] = [
  {
    target: 'voice',
    app: 'wechat',
    text: {
      en: 'A customer was rear-ended and sends a voice message. Press the microphone on the phone, then watch the list on the right.',
      'zh-CN': '客户被追尾，发来一条语音。点手机上的麦克风，再看右边的列表。',
    },
  },
  {
    target: 'register',
    text: {
      en: 'Open the new row: player, transcript, running clock, and why it came to you. Then register the report: the form is prefilled, the claim core makes a claim of it, and the phone buzzes.',
      'zh-CN': '打开新会话：可播放、有转写、时效在走，还说明为什么派给您。然后登记报案：表单已预填，核心系统生成赔案，手机会响。',
    },
  },
  {
    target: 'photos',
    app: 'wechat',
    text: {
      en: 'The conversation is on its claim now. Ask for pictures: type /照片 in the console and send. The customer sends four photos.',
      'zh-CN': '会话已关联赔案。输入 /照片 发送，请客户拍照；客户随后发来四张照片。',
    },
  },
  {
    target: 'next-stage',
    text: {
      en: 'Move the claim on. The customer is told before they ask; the thread says how fast.',
      'zh-CN': '推进案件。客户不用问就被告知，会话里写着用了多久。',
    },
  },
  {
    target: 'stop',
    app: 'sms',
    text: {
      en: 'The customer has had enough of text messages and says so in their own words.',
      'zh-CN': '客户不想再收短信，用自己的话说了出来。',
    },
  },
  {
    target: 'next-stage-again',
    text: { en: 'Move the claim on again: the phone stays silent, the mailbox lights.', 'zh-CN': '再推进一次：短信不再响，邮箱亮了。' },
  },
  {
    target: 'why',
    app: 'mail',
    text: {
      en: 'Why? Every notice can be read back: event, rule, template, consent, attempts, proof.',
      'zh-CN': '为什么？每条通知都能追溯：事件、规则、模板、同意、尝试、证明。',
    },
  },
  { target: 'extras', text: { en: 'That was the first minute. Three more things to try:', 'zh-CN': '第一分钟到此。还可以试试这三件事：' } },
];

/** Where somebody is in the first minute. */
export interface Guide {
  readonly index: number;
  readonly step: GuideStep;
  /** A control was used: goes on when it is the one that beckons. */
  did(target: Target): void;
  skip(): void;
  restart(): void;
}

export function useGuide(): Guide {
  const [index, setIndex] = useState(0);
  const skip = useCallback(() => setIndex((now) => Math.min(now + 1, GUIDE.length - 1)), []);
  const restart = useCallback(() => setIndex(0), []);
  const did = useCallback(
    (target: Target) => setIndex((now) => (GUIDE[now]?.target === target ? Math.min(now + 1, GUIDE.length - 1) : now)),
    [],
  );
  return { index, step: GUIDE[index]!, did, skip, restart };
}
