const EN = {
  title: 'Documents for your claim {claim}',
  done: '{have} of {total} here',
  allDone: 'Thank you. Everything that we asked for is here; you need do nothing more.',
  why: 'Take a photo or choose a file. You can close this page and come back to it.',
  photo: 'Take a photo',
  file: 'Choose files',
  more: 'Add a page',
  sending: 'Sending {name}…',
  waiting: '{name}: no connection. We try again by ourselves.',
  tooLarge: '{name} is larger than 20 MB. Please take a smaller photo, or send it in parts.',
  held: 'We have accepted this already. Thank you.',
  notTaken: '{name} could not be taken. Please try another file.',
  busy: 'Too many files at once. Please wait a minute.',
  retry: 'Try again',
  drop: 'Leave it out',
  arrived: 'Here since {at}',
  nothing: 'Nothing is wanted of you at the moment.',
  state: { requested: 'Wanted', received: 'Being checked', accepted: 'Accepted', rejected: 'Please send again' },
  reason: {
    blurred: 'It was blurred. Hold the phone still and let it focus.',
    'cut-off': 'Part of it was cut off. Please show all four edges.',
    'wrong-document': 'It was another document.',
    expired: 'It was out of date. Please send a valid one.',
    'not-readable': 'It could not be read. Better light helps.',
  },
  safe: 'We never ask for your passwords.',
};
/** The words of the documents page. */
export type DocumentWords = typeof EN;

const ZH: DocumentWords = {
  title: '案件{claim}的证明材料',
  done: '已提交{have}/{total}',
  allDone: '谢谢，所需材料已全部收到，您无需再做任何事。',
  why: '可直接拍照或选择文件。您可以关闭本页，稍后再回来。',
  photo: '拍照',
  file: '选择文件',
  more: '再添一页',
  sending: '正在上传 {name}…',
  waiting: '{name}：网络中断，将自动重试。',
  tooLarge: '{name} 超过20 MB，请拍小一些的照片或分开上传。',
  held: '该材料已审核通过，无需重复提交。谢谢。',
  notTaken: '{name} 无法上传，请换一个文件。',
  busy: '一次上传过多，请稍等一分钟。',
  retry: '重试',
  drop: '不传了',
  arrived: '{at} 已收到',
  nothing: '目前没有需要您提交的材料。',
  state: { requested: '待提交', received: '审核中', accepted: '已通过', rejected: '请重新提交' },
  reason: {
    blurred: '图像不清晰，请拿稳手机对焦后再拍。',
    'cut-off': '拍摄不完整，请拍全四边。',
    'wrong-document': '不是所需材料。',
    expired: '材料已过有效期，请提供有效的。',
    'not-readable': '内容无法辨认，请在光线好的地方再拍。',
  },
  safe: '我们不会索要您的密码。',
};

/** Both languages of the documents page. */
export const WORDS = { en: EN, 'zh-CN': ZH } as const;
