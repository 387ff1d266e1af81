import type { WidgetSettings } from './widget-host';

/** Everything that the panel says. */
export interface Words {
  readonly close: string;
  readonly online: string;
  readonly away: string;
  readonly usually: (minutes: number) => string;
  readonly soon: string;
  readonly leave: string;
  readonly connecting: string;
  readonly lost: string;
  readonly refused: string;
  readonly write: string;
  readonly send: string;
  readonly attach: string;
  readonly camera: string;
  readonly remove: (name: string) => string;
  readonly drop: string;
  readonly thread: string;
  readonly latest: string;
  readonly typing: (name: string) => string;
  readonly today: string;
  readonly waiting: string;
  readonly sent: string;
  readonly read: string;
  readonly you: string;
  readonly again: string;
  readonly discard: string;
  readonly problem: Readonly<Record<string, string>>;
  readonly otherProblem: string;
  readonly lostFile: string;
  readonly tooLarge: string;
  readonly tooMany: string;
  readonly uploading: (name: string, percent: number) => string;
  readonly goneFile: string;
  readonly leaveTitle: string;
  readonly leaveText: string;
  readonly leaveField: string;
  readonly leaveSave: string;
  readonly leaveSkip: string;
  readonly leaveWrong: string;
  readonly byEmail: (address: string) => string;
  readonly byPhone: (number: string) => string;
}

const en: Words = {
  close: 'Close the chat',
  online: 'We are here',
  away: 'Nobody is at the desk right now',
  usually: (minutes) => (minutes < 90 ? `usually answers in ${minutes} min` : `usually answers in ${Math.round(minutes / 60)} h`),
  soon: 'your answer will be here when you come back',
  leave: 'Continue by email or SMS',
  connecting: 'Connecting …',
  lost: 'No connection. What you write is kept and sent as soon as it is back.',
  refused: 'The chat is not available on this page.',
  write: 'Write a message …',
  send: 'Send',
  attach: 'Add files',
  camera: 'Take a photo',
  remove: (name) => `Remove ${name}`,
  drop: 'Drop files here',
  thread: 'Messages',
  latest: 'Latest messages',
  typing: (name) => `${name} is typing …`,
  today: 'Today',
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  read: 'Read',
  you: 'You',
  again: 'Try again',
  discard: 'Discard',
  problem: {
    invalid: 'One of the files is no longer there.',
    malformed: 'This message cannot be sent.',
    'unsupported-type': 'This kind of file is not accepted.',
    'too-many-requests': 'Too many files at once. Please wait a moment.',
  },
  otherProblem: 'That did not work.',
  lostFile: 'The connection broke.',
  tooLarge: 'Larger than 25 MB',
  tooMany: 'At most ten files go with one message.',
  uploading: (name, percent) => `${name}: ${percent} % uploaded`,
  goneFile: 'not available',
  leaveTitle: 'Leaving before we have answered?',
  leaveText: 'Tell us where to reach you, and we go on by email or SMS. Your chat stays here as well.',
  leaveField: 'Email address or mobile number',
  leaveSave: 'Save',
  leaveSkip: 'Just close',
  leaveWrong: 'Please enter an email address, or a number with its country code, such as +1 415 555 0100.',
  byEmail: (address) => `Please continue by email: ${address}`,
  byPhone: (number) => `Please continue by SMS: ${number}`,
};

const zh: Words = {
  close: '关闭对话',
  online: '在线',
  away: '客服暂时不在',
  usually: (minutes) => (minutes < 90 ? `通常 ${minutes} 分钟内回复` : `通常 ${Math.round(minutes / 60)} 小时内回复`),
  soon: '您再来时可在这里看到回复',
  leave: '改用邮件或短信继续',
  connecting: '正在连接…',
  lost: '网络已断开。您写的内容会保留，恢复后自动发送。',
  refused: '此页面暂不提供在线咨询。',
  write: '请输入消息…',
  send: '发送',
  attach: '添加文件',
  camera: '拍照',
  remove: (name) => `移除 ${name}`,
  drop: '将文件拖放到这里',
  thread: '消息',
  latest: '查看最新消息',
  typing: (name) => `${name} 正在输入…`,
  today: '今天',
  waiting: '等待发送',
  sent: '已发送',
  read: '已读',
  you: '我',
  again: '重试',
  discard: '放弃',
  problem: {
    invalid: '其中一个文件已不存在。',
    malformed: '此消息无法发送。',
    'unsupported-type': '不支持此类文件。',
    'too-many-requests': '一次发送的文件太多，请稍候。',
  },
  otherProblem: '操作未成功。',
  lostFile: '连接中断。',
  tooLarge: '超过 25 MB',
  tooMany: '一条消息最多附带十个文件。',
  uploading: (name, percent) => `${name}：已上传 ${percent}%`,
  goneFile: '无法查看',
  leaveTitle: '要离开了吗？',
  leaveText: '请留下联系方式，我们会通过邮件或短信继续回复您。对话也会保留在这里。',
  leaveField: '邮箱或手机号码',
  leaveSave: '保存',
  leaveSkip: '直接关闭',
  leaveWrong: '请输入邮箱地址，或手机号码（如 13800138000）。',
  byEmail: (address) => `请通过邮件继续联系我：${address}`,
  byPhone: (number) => `请通过短信继续联系我：${number}`,
};

/** The words in the visitor's language. */
export const wordsIn = (language: WidgetSettings['language']): Words => (language === 'en' ? en : zh);
