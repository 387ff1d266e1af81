import type { SeedTemplate } from './seed-template';

const question = (code: string, en: string, zh: string): SeedTemplate => ({
  code,
  use: 'automatic',
  privacy: 'P1',
  texts: {
    en: { title: `Survey: ${code.replace('survey_', '')}`, body: `{{ brand }}: ${en} 1 (not at all) to 5 (very).` },
    'zh-CN': { title: `满意度调查：${code.replace('survey_', '')}`, body: `【{{ brand }}】${zh}请回复1-5（1很不满意，5很满意）。` },
  },
});

/** How a claim went, asked one question at a time in a thread, or behind a link in a mail. */
export const SURVEY_TEMPLATES: readonly SeedTemplate[] = [
  {
    code: 'survey_invite',
    use: 'automatic',
    privacy: 'P1',
    texts: {
      en: {
        title: 'Survey: invitation and first question',
        body: '{{ brand }}: claim {{ claimRef }} is closed. Overall, how satisfied are you with how we handled it? Reply 1 (not at all) to 5 (very). 5 short questions.',
      },
      'zh-CN': {
        title: '满意度调查：邀请及第一问',
        body: '【{{ brand }}】您的案件{{ claimRef }}已结案。总体而言，您对本次理赔服务是否满意？请回复1-5（1很不满意，5很满意），共5题。',
      },
    },
  },
  question('survey_process', 'How satisfied are you with the steps you had to take?', '您对理赔流程是否满意？'),
  question('survey_attitude', 'And with how our people treated you?', '您对工作人员的服务态度是否满意？'),
  question('survey_efficiency', 'And with how fast it went?', '您对理赔服务效率是否满意？'),
  question('survey_outcome', 'And with the result of your claim?', '您对理赔结果是否满意？'),
  {
    code: 'survey_thanks',
    use: 'automatic',
    privacy: 'P0',
    texts: {
      en: { title: 'Survey: thanks', body: '{{ brand }}: thank you. Your answers go to the people who handle claims here.' },
      'zh-CN': { title: '满意度调查：致谢', body: '【{{ brand }}】感谢您的评价，我们会据此改进理赔服务。' },
    },
  },
  {
    code: 'survey_link',
    use: 'automatic',
    privacy: 'P2',
    texts: {
      en: {
        title: 'Survey: invitation by mail',
        subject: 'How did we handle your claim {{ claimRef }}?',
        body: '{{ brand }}\n\n{{ salutation }},\n\nyour claim {{ claimRef }} is closed. How did we do? Five taps, less than a minute: {{ portalUrl }}\n\nIf you would rather not be asked, answer this mail and say so.',
      },
      'zh-CN': {
        title: '满意度调查：邮件邀请',
        subject: '邀请您评价案件{{ claimRef }}的理赔服务',
        body: '【{{ brand }}】\n\n{{ salutation }}：\n\n您的案件{{ claimRef }}已结案。诚邀您评价本次理赔服务，共5题，用时不到一分钟：{{ portalUrl }}\n\n如不希望收到此类邀请，请回复本邮件告知我们。',
      },
    },
  },
];
