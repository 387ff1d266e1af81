const EN = {
  title: { claim: 'Is this your claim?', policy: 'Is this your policy?' },
  hint: 'You wrote to us just now. For your safety only parts of it are shown.',
  number: { claim: 'Claim', policy: 'Policy' },
  holder: 'Policyholder',
  plate: 'Plate',
  yes: 'Yes, it is mine',
  no: 'No',
  doneTitle: 'Thank you',
  bound: 'We know now what your message is about, and go on with it.',
  notBound: 'Thank you. A colleague will ask you what it is about.',
  failed: 'That could not be sent. Check your connection and try again.',
};
export type BindWords = typeof EN;

const ZH: BindWords = {
  title: { claim: '这是您的赔案吗？', policy: '这是您的保单吗？' },
  hint: '您刚刚联系了我们。为保护您的信息，仅显示部分内容。',
  number: { claim: '赔案', policy: '保单' },
  holder: '投保人',
  plate: '车牌',
  yes: '是我的',
  no: '不是',
  doneTitle: '谢谢',
  bound: '已确认，我们会继续为您处理。',
  notBound: '谢谢。我们的同事会再与您确认。',
  failed: '发送失败，请检查网络后重试。',
};

/** The words of the page that asks whether something is theirs. */
export const BIND_WORDS = { en: EN, 'zh-CN': ZH };
