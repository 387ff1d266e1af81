import { maskWording } from './masked-wording';

test('subject, quoted words and HTML are masked too, and the original is kept to be sealed', () => {
  const came = { text: 'see below', subject: 'card 4111111111111111', quoted: '> 4111111111111111', html: '<p>4111 1111 1111 1111</p>' };
  const { wording, kinds, original } = maskWording(came);
  expect(wording).toEqual({ text: 'see below', subject: 'card •••• 1111', quoted: '> •••• 1111', html: '<p>•••• 1111</p>' });
  expect(kinds).toEqual(['card']);
  expect(JSON.parse(original!)).toEqual(came);
});

test('a number that tags cut in the HTML costs the mail its HTML, not its mask', () => {
  const { wording } = maskWording({ text: '4111111111111111', html: '<b>4111</b><i>1111</i>11111111' });
  expect(wording).toMatchObject({ text: '•••• 1111', html: null });
});
