import { CHANNEL_KINDS } from '@claimline/channels';
import { newId } from '@claimline/database';
import { DEMO_DOMAIN } from './seed/cast';

/** A line of the demo, before it has settings. */
export interface DemoInbox {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  readonly region: string;
}

// +1 555 01xx is kept for fiction; the mail domain is reserved for tests (RFC 2606); the app id has letters that WeChat never gives.
const LINES: readonly Omit<DemoInbox, 'id'>[] = [
  { kind: 'wechat', name: '安途保险服务号', address: 'wxDEMOantu000000001', region: 'CN' },
  { kind: 'twilio-sms', name: '理赔短信', address: '+15550100100', region: 'CN' },
  { kind: 'twilio-voice', name: '理赔热线', address: '+15550100200', region: 'CN' },
  { kind: 'email', name: '理赔邮箱', address: `claims@${DEMO_DOMAIN}`, region: 'CN' },
  { kind: 'web-chat', name: '官网在线咨询', address: 'antu-website', region: 'CN' },
  { kind: 'letter', name: '收发室', address: 'mailroom-shanghai', region: 'CN' },
  { kind: 'in-person', name: '浦东服务网点', address: 'branch-pudong', region: 'CN' },
];

/** One line of every kind that this build can open, with fresh ids. */
export const demoInboxes = (now: Date): DemoInbox[] =>
  LINES.filter(({ kind }) => CHANNEL_KINDS.some((known) => known.kind === kind)).map((line) => ({ ...line, id: newId(now) }));
