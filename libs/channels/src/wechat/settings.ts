import { z } from 'zod';

/** What an administrator types to connect a WeChat official account (服务号). */
export const wechatConfig = z.object({
  appId: z
    .string()
    .trim()
    .min(6)
    .max(64)
    .meta({ title: 'AppID', description: 'Settings and development → Basic configuration (设置与开发 → 基本配置)' }),
  mode: z.enum(['plain', 'aes']).default('aes').meta({
    title: 'Message encryption',
    description: 'aes for safe mode (安全模式, recommended), plain for 明文模式: as chosen in the server configuration',
  }),
  noticeTemplate: z.string().trim().max(128).default('').meta({
    title: 'Template for notices',
    description:
      'Template ID (模板ID) used after 48 hours for notices that have no template of their own; it is given brand, claim and stage, in this order',
  }),
  apiBaseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.weixin.qq.com')
    .meta({ title: 'API address', description: 'Change only for another region of WeChat or a test system' }),
});
export type WechatConfig = z.output<typeof wechatConfig>;

/** The secrets of an official account, kept encrypted. */
export const wechatSecrets = z.object({
  appSecret: z.string().trim().min(1).meta({ title: 'AppSecret', description: 'Shown once by WeChat, next to the AppID' }),
  token: z
    .string()
    .trim()
    .min(3)
    .max(32)
    .meta({ title: 'Token', description: 'The same word as in the server configuration (服务器配置)' }),
  encodingAesKey: z
    .union([z.literal(''), z.string().trim().length(43)])
    .default('')
    .meta({ title: 'EncodingAESKey', description: '43 characters from the server configuration; only for aes' }),
});
export type WechatSecrets = z.output<typeof wechatSecrets>;
