import { complaintIn } from './complaint-words';

test.each<[string, string[], boolean]>([
  ['I want to file a complaint about your adjuster', ['complaint'], false],
  ['This is outrageous!! I am complaining to the insurance commissioner', ['complaint', 'regulator'], true],
  ['我要投诉！！一个月没人管', ['complaint'], true],
  ['再不处理我就打12378', ['regulator'], false],
  ['本邮件同时抄送监管部门，请书面答复', ['regulator'], false],
  ['太过分了，法院见', ['court'], true],
  ['Ridiculous. I will go to the press', ['press'], true],
])('"%s" is a complaint', (text, signals, negative) => {
  expect(complaintIn(text)).toEqual({ signals, negative });
});

test.each([
  'No complaints, thank you for handling this so quickly',
  '没有投诉的意思，只是问一下进度',
  'I am not complaining, only asking when it will be paid',
  '撤回投诉，谢谢',
  'My lawyer will send you the papers',
  'Any news about my claim?',
  '谢谢',
])('"%s" is none', (text) => {
  expect(complaintIn(text).signals).toEqual([]);
});

test.each([
  ['气死我了，等了一个月', true],
  ['I am fed up with waiting', true],
  ['Good morning', false],
])('"%s": somebody is angry: %s', (text, negative) => {
  expect(complaintIn(text).negative).toBe(negative);
});
