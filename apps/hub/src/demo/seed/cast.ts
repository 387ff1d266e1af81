import type { AdjusterProfile } from '@claimline/routing';
import type { AccountRole } from '@claimline/people';

/** The insurer of the demo. */
export const DEMO_BRAND = { key: 'antu', name: '安途保险', language: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;

export const DEMO_TEAMS = ['车险理赔组', '非车险理赔组', '国际客户组', '客户服务台'] as const;
export type DemoTeam = (typeof DEMO_TEAMS)[number];

/** Somebody who works there. */
export interface DemoPerson {
  /** Before the @ of their address. */
  readonly key: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly locale: 'zh-CN' | 'en';
  /** The claim core's own id of a handler. */
  readonly externalId?: string;
  readonly team?: DemoTeam;
  readonly groups?: readonly string[];
  readonly phone?: string;
  readonly profile?: AdjusterProfile;
}

const CHINA = { CN: null };
const zh = { 'zh-CN': 5 };

/** The one who is signed in on the demo page: Chinese, motor, and the least to do. */
export const DEMO_ADJUSTER = 'zhang.lei';
/** On leave until next week; the delegate answers. */
export const ON_LEAVE = { key: 'liu.yang', delegate: 'wang.jianguo' } as const;

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    key: 'zhou.min',
    name: '周敏',
    role: 'supervisor',
    locale: 'zh-CN',
    team: '车险理赔组',
    groups: ['litigation'],
    phone: '+8610000000901',
  },
  { key: 'he.jing', name: '何静', role: 'administrator', locale: 'zh-CN', phone: '+8610000000902' },
  { key: 'lin.tao', name: '林涛', role: 'auditor', locale: 'zh-CN', phone: '+8610000000903' },
  { key: 'sun.yue', name: '孙悦', role: 'hotline', locale: 'zh-CN', team: '客户服务台', phone: '+8610000000904' },
  { key: 'fang.hua', name: '方华', role: 'complaints-officer', locale: 'zh-CN', team: '客户服务台', phone: '+8610000000905' },
  { key: 'tian.ye', name: '田野', role: 'mailroom', locale: 'zh-CN', team: '客户服务台', phone: '+8610000000906' },
  { key: 'gao.qing', name: '高青', role: 'counter', locale: 'zh-CN', team: '客户服务台', phone: '+8610000000907' },
  {
    key: 'zhang.lei',
    name: '张蕾',
    role: 'adjuster',
    locale: 'zh-CN',
    externalId: 'H-1001',
    team: '车险理赔组',
    phone: '+8610000000911',
    profile: {
      lines: { motor: 5, property: 3, liability: 3 },
      languages: { ...zh, en: 3 },
      licences: CHINA,
      authority: { CNY: '50000' },
      timeZone: 'Asia/Shanghai',
    },
  },
  {
    key: 'wang.jianguo',
    name: '王建国',
    role: 'adjuster',
    locale: 'zh-CN',
    externalId: 'H-1002',
    team: '非车险理赔组',
    phone: '+8610000000912',
    profile: {
      lines: { motor: 4, property: 5, travel: 3 },
      languages: zh,
      licences: CHINA,
      authority: { CNY: '200000' },
      timeZone: 'Asia/Shanghai',
    },
  },
  {
    key: 'emma.clarke',
    name: 'Emma Clarke',
    role: 'adjuster',
    locale: 'en',
    externalId: 'H-1003',
    team: '国际客户组',
    phone: '+15550100913',
    profile: {
      lines: { motor: 4, property: 4, liability: 4, travel: 4 },
      languages: { en: 5, 'zh-CN': 2 },
      licences: { CN: null, 'US-CA': '2027-12-31', 'US-FL': '2027-06-30' },
      authority: { USD: '25000', CNY: '50000' },
      timeZone: 'America/Los_Angeles',
    },
  },
  {
    key: 'chen.yutong',
    name: '陈雨桐',
    role: 'adjuster',
    locale: 'zh-CN',
    externalId: 'H-1004',
    team: '非车险理赔组',
    phone: '+8610000000914',
    profile: {
      lines: { health: 5, accident: 5, life: 4 },
      languages: zh,
      licences: CHINA,
      authority: { CNY: '100000' },
      timeZone: 'Asia/Shanghai',
    },
  },
  {
    key: 'liu.yang',
    name: '刘洋',
    role: 'adjuster',
    locale: 'zh-CN',
    externalId: 'H-1005',
    team: '非车险理赔组',
    phone: '+8610000000915',
    profile: {
      lines: { property: 5, travel: 4 },
      languages: { ...zh, en: 4 },
      licences: CHINA,
      authority: { CNY: '80000' },
      timeZone: 'Asia/Shanghai',
    },
  },
  {
    key: 'zhao.lei',
    name: '赵磊',
    role: 'adjuster',
    locale: 'zh-CN',
    externalId: 'H-1006',
    team: '车险理赔组',
    groups: ['litigation'],
    phone: '+8610000000916',
    profile: { lines: { liability: 5, motor: 4 }, languages: zh, licences: CHINA, authority: { CNY: '300000' }, timeZone: 'Asia/Shanghai' },
  },
  {
    key: 'daniel.kim',
    name: 'Daniel Kim',
    role: 'adjuster',
    locale: 'en',
    externalId: 'H-1007',
    team: '国际客户组',
    phone: '+15550100917',
    profile: {
      lines: { travel: 5, health: 3, motor: 3, marine: 4 },
      languages: { en: 5 },
      licences: { CN: null, 'US-CA': '2027-12-31' },
      authority: { USD: '10000' },
      timeZone: 'America/Los_Angeles',
    },
  },
];

/** Where mail of the demo goes: names that nobody can register (RFC 2606). */
export const DEMO_DOMAIN = 'demo.claimline.test';
export const emailOfPerson = ({ key }: Pick<DemoPerson, 'key'>): string => `${key}@${DEMO_DOMAIN}`;

/** Somebody insured, hurt or involved. */
export interface DemoCustomer {
  readonly key: string;
  readonly name: string;
  readonly kind: 'person' | 'organisation' | 'gateway';
  readonly salutation: string | null;
  readonly language: 'zh-CN' | 'en';
  readonly phone: string | null;
  readonly email: string | null;
  readonly wechat: string | null;
}

/** The customer whose phone lies on the demo page: reachable everywhere, and may be told at any hour. */
export const DEMO_CUSTOMER = 'chen.xiaoyu';
/** The one who shows quiet hours: from eight in the evening to nine in the morning. */
export const EARLY_SLEEPER = 'li.guiying';
/** Two who share one phone. */
export const SIBLINGS = ['he.miaomiao', 'he.tiantian'] as const;
/** The one who complains by mail, with the regulator in copy. */
export const COMPLAINANT = 'wu.xia';
export const LAWYER = 'mingde.law';
export const FAX_GATEWAY = 'huashan.fax';
export const REGULATOR = 'regulator';

const CHINESE: readonly (readonly [key: string, name: string, salutation: '先生' | '女士'])[] = [
  ['chen.xiaoyu', '陈晓雨', '女士'],
  ['li.guiying', '李桂英', '女士'],
  ['he.miaomiao', '贺苗苗', '女士'],
  ['he.tiantian', '贺天天', '先生'],
  ['li.wei', '李伟', '先生'],
  ['wang.fang', '王芳', '女士'],
  ['zhang.qiang', '张强', '先生'],
  ['liu.min', '刘敏', '女士'],
  ['yang.hao', '杨浩', '先生'],
  ['huang.lili', '黄丽丽', '女士'],
  ['zhao.yong', '赵勇', '先生'],
  ['wu.xia', '吴霞', '女士'],
  ['zhou.jie', '周杰明', '先生'],
  ['xu.jing', '徐静', '女士'],
  ['sun.bo', '孙波', '先生'],
  ['ma.chao', '马超群', '先生'],
  ['zhu.yan', '朱燕', '女士'],
  ['hu.bin', '胡斌', '先生'],
  ['guo.na', '郭娜', '女士'],
  ['lin.feng', '林峰', '先生'],
  ['he.xue', '何雪', '女士'],
  ['gao.peng', '高鹏', '先生'],
  ['liang.hong', '梁红', '女士'],
  ['zheng.kai', '郑凯', '先生'],
  ['xie.ting', '谢婷', '女士'],
  ['song.jun', '宋军', '先生'],
  ['tang.yue', '唐悦', '女士'],
  ['han.dong', '韩冬', '先生'],
  ['feng.mei', '冯梅', '女士'],
  ['deng.chao', '邓超然', '先生'],
  ['cao.yang', '曹阳', '先生'],
  ['peng.lan', '彭兰', '女士'],
  ['zeng.hui', '曾慧', '女士'],
  ['xiao.wei', '肖伟', '先生'],
  ['tian.yu', '田雨', '女士'],
  ['dong.qing', '董青', '女士'],
  ['yuan.lei', '袁磊', '先生'],
  ['pan.yun', '潘云', '女士'],
  ['jiang.tao', '蒋涛', '先生'],
  ['cai.wen', '蔡文', '女士'],
  ['ouyang.ming', '欧阳明', '先生'],
];
const ENGLISH: readonly (readonly [key: string, name: string, salutation: string])[] = [
  ['olivia.hart', 'Olivia Hart', 'Ms'],
  ['james.walker', 'James Walker', 'Mr'],
  ['sofia.marino', 'Sofia Marino', 'Ms'],
  ['noah.bennett', 'Noah Bennett', 'Mr'],
  ['grace.okafor', 'Grace Okafor', 'Ms'],
  ['liam.foster', 'Liam Foster', 'Mr'],
  ['hannah.weiss', 'Hannah Weiss', 'Dr'],
  ['marcus.reed', 'Marcus Reed', 'Mr'],
  ['priya.nair', 'Priya Nair', 'Ms'],
  ['tom.erikson', 'Tom Erikson', 'Mr'],
  ['isabel.cruz', 'Isabel Cruz', 'Ms'],
  ['ben.carter', 'Ben Carter', 'Mr'],
  ['julia.novak', 'Julia Novak', 'Ms'],
  ['peter.lang', 'Peter Lang', 'Mr'],
];
const ORGANISATIONS: readonly (readonly [key: string, name: string, kind: 'organisation' | 'gateway', mail: string])[] = [
  [LAWYER, '明德律师事务所', 'organisation', 'cases@mingde-law.test'],
  [FAX_GATEWAY, '华山医院传真网关', 'gateway', 'fax@huashan-gateway.test'],
  [REGULATOR, '金融消费投诉处理中心', 'organisation', 'complaints@regulator.test'],
  ['dongfang.garage', '东方汽修厂', 'organisation', 'service@dongfang-garage.test'],
  ['pacific.auto', 'Pacific Auto Body', 'organisation', 'desk@pacific-auto.test'],
];

// No mobile network has the prefix 100, and 555-01xx is kept for fiction: nobody's phone can ring.
const chinese = (index: number): string => `+861000000${String(1000 + index).slice(-4)}`;
const american = (index: number): string => `+1555010${String(1000 + index).slice(-4)}`;

/** Sixty people and firms. Siblings share the older one's phone. */
export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [
  ...CHINESE.map(([key, name, salutation], index): DemoCustomer => ({
    key,
    name,
    salutation,
    kind: 'person',
    language: 'zh-CN',
    phone: chinese(key === SIBLINGS[1] ? index - 1 : index),
    email: key === SIBLINGS[1] || (index % 4 === 3 && key !== COMPLAINANT) ? null : `${key}@mail.test`,
    wechat: key.startsWith('he.') || index % 5 === 4 ? null : `oAntu${key.replace('.', '')}${1000 + index}`,
  })),
  ...ENGLISH.map(([key, name, salutation], index): DemoCustomer => ({
    key,
    name,
    salutation,
    kind: 'person',
    language: 'en',
    phone: american(index),
    email: `${key}@mail.test`,
    wechat: null,
  })),
  ...ORGANISATIONS.map(([key, name, kind, email]): DemoCustomer => ({
    key,
    name,
    kind,
    salutation: null,
    language: key.startsWith('pacific') ? 'en' : 'zh-CN',
    phone: null,
    email,
    wechat: null,
  })),
];
