const EN = {
  title: 'How we contact you',
  why: 'Choose how and when we contact you about your claim. It counts at once.',
  language: 'Language',
  languages: { en: 'English', 'zh-CN': '中文' },
  ways: 'Where we may write or call',
  favourite: 'Favourite way for news',
  noFavourite: 'As suits the news',
  purposes: {
    service: 'News and answers about my claim',
    informational: 'General information',
    survey: 'Questions about how content I am',
    electronic_notices: 'Written notices electronically',
  },
  carrier: 'If you sent STOP by text message, also send START from your phone: your carrier blocks our texts until then.',
  hours: 'When we may tell you news',
  anyHour: 'At any hour',
  from: 'Quiet from',
  to: 'until',
  zone: 'Times are in {zone}.',
  electronic: 'Written notices',
  agree: 'I agree',
  save: 'Save',
  saved: 'Saved. Thank you.',
  nothing: 'There is no address of yours on which you alone can decide. Please write to us.',
};
type PreferenceWords = typeof EN;

const ZH: PreferenceWords = {
  title: '联系方式设置',
  why: '您可选择我们就理赔事宜联系您的方式和时间，保存后立即生效。',
  language: '语言',
  languages: { en: 'English', 'zh-CN': '中文' },
  ways: '可以联系您的方式',
  favourite: '首选通知方式',
  noFavourite: '由我们选择',
  purposes: {
    service: '案件进展与答复',
    informational: '一般通知',
    survey: '满意度调查',
    electronic_notices: '电子书面通知',
  },
  carrier: '如您曾通过短信退订，请同时用手机回复“START”或“恢复”：在此之前运营商会拦截我们的短信。',
  hours: '可以通知您的时间',
  anyHour: '任何时间',
  from: '免打扰开始',
  to: '结束',
  zone: '时间以{zone}为准。',
  electronic: '书面通知',
  agree: '本人同意',
  save: '保存',
  saved: '已保存，谢谢。',
  nothing: '没有仅由您本人使用的联系方式，请直接联系我们。',
};

/** Both languages of the page of preferences. */
export const PREFERENCE_WORDS = { en: EN, 'zh-CN': ZH } as const;
