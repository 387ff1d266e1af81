import type { Language } from '@claimline/messages';

/** Everything the phone says. `{…}` are filled in; numbers are said digit by digit by the voice. */
export interface PhoneTexts {
  readonly choose: string;
  readonly main: string;
  readonly closed: string;
  readonly claimNumber: string;
  readonly secondFactor: string;
  readonly noMatch: string;
  readonly status: string;
  readonly nextStep: string;
  readonly connecting: string;
  readonly nobodyFree: string;
  readonly leaveMessage: string;
  readonly thanks: string;
  readonly goodbye: string;
}

export const PHONE_TEXTS: Readonly<Record<Language, PhoneTexts>> = {
  en: {
    choose: 'For English press 1.',
    main: 'To leave a message, press 1. For the status of your claim, press 2. To speak to your adjuster, press 3.',
    closed: 'Our office is closed now.',
    claimNumber: 'Please enter the ten digits of your claim number.',
    secondFactor: 'Please enter the last four digits of your policy number.',
    noMatch: 'These numbers do not belong together.',
    status: 'Your claim is at the stage: {stage}.',
    nextStep: 'The next step is: {next}.',
    connecting: 'We are connecting you.',
    nobodyFree: 'Nobody can take your call right now.',
    leaveMessage: 'Please leave your message after the tone. We will call you back.',
    thanks: 'Thank you. We will call you back.',
    goodbye: 'Goodbye.',
  },
  'zh-CN': {
    choose: '中文请按 2。',
    main: '留言请按 1，查询理赔进度请按 2，联系您的理赔员请按 3。',
    closed: '现在是非工作时间。',
    claimNumber: '请输入您的报案号的十位数字。',
    secondFactor: '请输入您保单号的后四位数字。',
    noMatch: '您输入的号码不匹配。',
    status: '您的案件目前进度：{stage}。',
    nextStep: '下一步：{next}。',
    connecting: '正在为您接通。',
    nobodyFree: '现在无人能够接听您的电话。',
    leaveMessage: '请在提示音后留言，我们会尽快给您回电。',
    thanks: '谢谢，我们会尽快给您回电。',
    goodbye: '再见。',
  },
};

/** Puts values into a text. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
