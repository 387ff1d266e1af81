const EN = {
  'home-visit': 'We visit you',
  counter: 'You visit us',
  by: '{technician} of {brand}',
  when: 'When',
  where: 'Where',
  confirm: 'That suits me',
  change: 'Ask for another time',
  wish: 'When would suit you?',
  wishHint: 'For example: any afternoon next week',
  send: 'Send',
  invited: 'Please tell us whether this suits you.',
  confirmed: 'You have confirmed. See you then.',
  'change-asked': 'You asked for another time. We come back to you.',
  canceled: 'This appointment does not take place.',
  held: 'This appointment is over.',
  calendar: 'Add to my calendar',
};
type AppointmentWords = typeof EN;

const ZH: AppointmentWords = {
  'home-visit': '上门服务预约',
  counter: '网点到访预约',
  by: '{brand} {technician}',
  when: '时间',
  where: '地点',
  confirm: '时间合适，确认',
  change: '申请改期',
  wish: '您方便的时间',
  wishHint: '例如：下周任一下午',
  send: '提交',
  invited: '请告诉我们该时间是否合适。',
  confirmed: '您已确认，届时见。',
  'change-asked': '您已申请改期，我们会尽快与您联系。',
  canceled: '本次预约已取消。',
  held: '本次预约已结束。',
  calendar: '添加到日历',
};

/** Both languages of the appointment page. */
export const APPOINTMENT_WORDS = { en: EN, 'zh-CN': ZH } as const;
