const EN = {
  title: 'How did we do?',
  intro: '{salutation}, your claim {claim} is closed. Tap once for each question.',
  overall: 'Overall, how satisfied are you with how we handled your claim?',
  process: 'The steps you had to take',
  attitude: 'How our people treated you',
  efficiency: 'How fast it went',
  outcome: 'The result of your claim',
  low: 'not at all',
  high: 'very',
  of: '{score} of 5',
  comment: 'Anything you would like to add? (not needed)',
  send: 'Send',
  missing: 'Please tap an answer for each question.',
  doneTitle: 'Thank you',
  done: 'Your answers go to the people who handle claims here.',
  failed: 'That could not be sent. Check your connection and try again.',
};
export type SurveyWords = typeof EN;

const ZH: SurveyWords = {
  title: '邀请您评价理赔服务',
  intro: '{salutation}，您的案件{claim}已结案。请为每一项点选评分。',
  overall: '总体而言，您对本次理赔服务是否满意？',
  process: '理赔流程',
  attitude: '服务态度',
  efficiency: '理赔效率',
  outcome: '理赔结果',
  low: '很不满意',
  high: '很满意',
  of: '5分中的{score}分',
  comment: '其他意见或建议（选填）',
  send: '提交',
  missing: '请为每一项评分。',
  doneTitle: '感谢您的评价',
  done: '我们会据此改进理赔服务。',
  failed: '提交失败，请检查网络后重试。',
};

/** Both languages of the survey page. */
export const SURVEY_WORDS = { en: EN, 'zh-CN': ZH } as const;
