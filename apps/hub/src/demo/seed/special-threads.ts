import { DEMO_CUSTOMERS, DEMO_PEOPLE, FAX_GATEWAY, LAWYER, REGULATOR, SIBLINGS, type DemoCustomer, type DemoPerson } from './cast';
import type { PlannedClaim } from './claims-plan';
import { noticesOf, type DemoChannel, type PlannedMessage, type PlannedThread } from './threads-plan';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const customer = (key: string): DemoCustomer => DEMO_CUSTOMERS.find((one) => one.key === key)!;
const person = (key: string): DemoPerson => DEMO_PEOPLE.find((one) => one.key === key)!;

/** What makes a special thread quick to write: times before now, and whose words they are. */
class Writing {
  constructor(
    private readonly now: Date,
    private readonly channel: DemoChannel,
  ) {}

  in(
    before: number,
    text: string,
    more: Partial<PlannedMessage> & { turn?: never } = {},
    files: Pick<PlannedMessage['turn'], 'photos' | 'papers' | 'voice'> = {},
  ): PlannedMessage {
    return { turn: { who: 'in', text, ...files }, at: this.before(before), channel: this.channel, author: null, ...more };
  }

  out(before: number, author: string, text: string, more: Partial<PlannedMessage> & { turn?: never } = {}): PlannedMessage {
    return { turn: { who: 'out', text }, at: this.before(before), channel: this.channel, author: person(author), ...more };
  }

  note(before: number, author: string, text: string): PlannedMessage {
    return { turn: { who: 'note', text }, at: this.before(before), channel: this.channel, author: person(author) };
  }

  private before(milliseconds: number): Date {
    return new Date(this.now.getTime() - milliseconds);
  }
}

/** The threads that show what is hard about claims: each is one sentence of the trade. */
export function specialThreads(claims: readonly PlannedClaim[], now: Date): PlannedThread[] {
  const write = (channel: DemoChannel): Writing => new Writing(now, channel);
  const [mail, sms, chat] = [write('email'), write('twilio-sms'), write('wechat')];
  return [
    ...represented(claims[1]!, mail, sms),
    regulatorInCopy(claims[2]!, mail),
    paymentFailed(claims[3]!, chat),
    restricted(claims[4]!, mail),
    ...siblings(claims, sms),
    vulnerable(claims[7]!, chat),
    faxGateway(mail),
    garageWithoutReference(mail),
    voicemail(sms),
    optedOut(sms),
    unreachableNumber(sms),
    uncertainSend(mail),
  ];
}

function represented(claim: PlannedClaim, mail: Writing, sms: Writing): PlannedThread[] {
  const thirdParty = claim.others[0]!;
  const assignee = person('zhao.lei');
  const common = { claim, status: 'open', assignee, labels: ['represented'] } as const;
  return [
    {
      ...common,
      customer: customer(LAWYER),
      channel: 'email',
      subject: `委托代理：${claim.change.claimNumber}`,
      messages: [
        mail.in(3 * DAY, '本所受周杰明先生委托处理贵司案件，请今后所有联系均直接发至本所。授权委托书见附件。', {}, { papers: ['mandate'] }),
        mail.out(2.9 * DAY, 'zhao.lei', '授权委托书已收悉，今后将直接与贵所联系。'),
        mail.in(5 * HOUR, '请于本周内告知责任比例意见。'),
      ],
    },
    {
      ...common,
      customer: thirdParty,
      channel: 'twilio-sms',
      messages: [
        sms.in(5 * DAY, '我是被撞的车主，什么时候赔我？'),
        sms.out(4.9 * DAY, 'zhao.lei', '您好，事故责任正在认定，有结果会通知您。'),
        sms.out(2 * DAY, 'zhao.lei', '请补充修车发票。', { fate: { state: 'suppressed', reason: 'represented' } }),
        sms.note(2 * DAY - MINUTE, 'zhao.lei', '当事人已有代理律师，消息被拦截，改发律所。'),
      ],
    },
  ];
}

function regulatorInCopy(claim: PlannedClaim, mail: Writing): PlannedThread {
  const cc = [customer(REGULATOR).email!];
  return {
    customer: claim.policyholder,
    claim,
    channel: 'email',
    status: 'open',
    assignee: person('chen.yutong'),
    labels: ['complaint', 'regulator'],
    subject: '投诉：住院费用不应拒赔',
    messages: [
      ...noticesOf(claim, 'email'),
      mail.in(26 * HOUR, '我对拒赔决定不服。住院前已经电话咨询过你们，当时说可以赔。本邮件同时抄送监管部门，请书面答复。', { cc }),
      mail.note(25 * HOUR, 'chen.yutong', '监管机构在抄送中：答复只发客户，另行报送投诉专员。已调取咨询录音。'),
    ],
  };
}

function paymentFailed(claim: PlannedClaim, chat: Writing): PlannedThread {
  const notices = noticesOf(claim, 'wechat');
  return {
    customer: claim.policyholder,
    claim,
    channel: 'wechat',
    status: 'open',
    assignee: person('zhang.lei'),
    labels: [],
    messages: [...notices, chat.in(18 * MINUTE, '通知说赔款没有到账，是卡号填错了吗？需要我重新提供吗？')],
  };
}

function restricted(claim: PlannedClaim, mail: Writing): PlannedThread {
  return {
    customer: claim.policyholder,
    claim,
    channel: 'email',
    status: 'open',
    assignee: person('zhao.lei'),
    labels: [],
    subject: '诉讼材料',
    messages: [mail.in(2 * DAY, '法院传票已收到，请问我需要出庭吗？'), mail.out(1.9 * DAY, 'zhao.lei', '暂时不需要，我们的律师会联系您。')],
  };
}

function siblings(claims: readonly PlannedClaim[], sms: Writing): PlannedThread[] {
  const own = [claims[5]!, claims[6]!].map((claim, index): PlannedThread => ({
    customer: claim.policyholder,
    claim,
    channel: 'twilio-sms',
    status: 'resolved',
    assignee: claim.handler,
    labels: [],
    messages: [
      sms.in((12 + index) * DAY, index === 0 ? '我是贺苗苗，门诊病历已经寄出' : '我是贺天天，车已经送修'),
      sms.out((11.9 + index) * DAY, claim.handler.key, '收到，谢谢。'),
    ],
  }));
  const unknown: PlannedThread = {
    customer: customer(SIBLINGS[0]),
    shared: true,
    claim: null,
    channel: 'twilio-sms',
    status: 'open',
    assignee: person('chen.yutong'),
    labels: ['who-is-writing'],
    messages: [sms.in(50 * MINUTE, '我的案子现在到哪一步了？')],
  };
  return [...own, unknown];
}

function vulnerable(claim: PlannedClaim, chat: Writing): PlannedThread {
  return {
    customer: claim.policyholder,
    claim,
    channel: 'wechat',
    status: 'open',
    assignee: person('chen.yutong'),
    labels: ['vulnerable'],
    messages: [
      chat.in(3 * HOUR, '我妈妈还在住院，材料能不能晚一点交？', {}, { voice: 6 }),
      chat.out(2.8 * HOUR, 'chen.yutong', '当然可以，先照顾好老人。材料出院后一起提交即可，时效我们会顺延。'),
      chat.in(8 * MINUTE, '谢谢你们。医生说还要住一周。'),
    ],
  };
}

function faxGateway(mail: Writing): PlannedThread {
  return {
    customer: customer(FAX_GATEWAY),
    claim: null,
    channel: 'email',
    status: 'open',
    assignee: null,
    labels: [],
    toFile: true,
    subject: '传真：2 页',
    messages: [
      mail.in(6 * HOUR, '传真转邮件。发送方：住院部。页数：2。', {}, { papers: ['invoice'] }),
      mail.in(70 * MINUTE, '传真转邮件。发送方：放射科。页数：1。', {}, { papers: ['report'] }),
    ],
  };
}

function garageWithoutReference(mail: Writing): PlannedThread {
  return {
    customer: customer('dongfang.garage'),
    claim: null,
    channel: 'email',
    status: 'open',
    assignee: null,
    labels: [],
    toFile: true,
    subject: '报价单',
    messages: [mail.in(4 * HOUR, '附件为贵司客户车辆的维修报价，请确认。', {}, { papers: ['estimate'] })],
  };
}

function voicemail(sms: Writing): PlannedThread {
  const turn = { who: 'call', text: '我想问一下我的案子为什么还没有人联系我，请给我回个电话。', voice: 9 } as const;
  const call = { outcome: 'voicemail', seconds: 41, inbound: true } as const;
  return {
    customer: customer('huang.lili'),
    claim: null,
    channel: 'twilio-voice',
    status: 'open',
    assignee: person('zhang.lei'),
    labels: ['missed-call', 'voicemail'],
    messages: [{ ...sms.in(2.2 * HOUR, ''), turn, call, channel: 'twilio-voice' }],
  };
}

function optedOut(sms: Writing): PlannedThread {
  const told = '【安途保险】您的案件有新进展，请登录客户门户查看。';
  return {
    customer: customer(OPTED_OUT),
    claim: null,
    channel: 'twilio-sms',
    status: 'open',
    assignee: person('wang.jianguo'),
    labels: ['opted-out'],
    messages: [
      sms.in(4 * DAY, '别再给我发短信了'),
      sms.out(3.5 * DAY, 'wang.jianguo', told, { fate: { state: 'suppressed', reason: 'opted-out' } }),
      sms.out(3.5 * DAY - MINUTE, 'wang.jianguo', told, { channel: 'email' }),
    ],
  };
}

/** Has said stop on SMS. */
export const OPTED_OUT = 'xie.ting';
/** Their number is dead. */
export const UNREACHABLE = 'han.dong';

function unreachableNumber(sms: Writing): PlannedThread {
  return {
    customer: customer(UNREACHABLE),
    claim: null,
    channel: 'twilio-sms',
    status: 'open',
    assignee: person('zhao.lei'),
    labels: [],
    messages: [
      sms.in(6 * DAY, '我换了地址，材料寄到新地址'),
      sms.out(20 * HOUR, 'zhao.lei', '请确认您的新地址。', {
        fate: { state: 'undeliverable', reason: 'unreachable', vendorCode: '30005' },
      }),
    ],
  };
}

function uncertainSend(mail: Writing): PlannedThread {
  return {
    customer: customer('noah.bennett'),
    claim: null,
    channel: 'email',
    status: 'open',
    assignee: person('emma.clarke'),
    labels: [],
    subject: 'Documents for my claim',
    messages: [
      mail.in(9 * HOUR, 'Attached is the record of the incident. Do you need the original?', {}, { papers: ['report'] }),
      mail.out(3 * HOUR, 'emma.clarke', 'Thank you, a copy is enough.', { fate: { state: 'uncertain', reason: 'uncertain' } }),
    ],
  };
}
