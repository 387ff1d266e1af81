import type { StaffAccount } from '@claimline/protocol';
import { changeOf, fieldsOf, newAccountOf } from './account-fields';

const ACCOUNT: StaffAccount = {
  id: '01890000-0000-7000-8000-000000000001',
  email: 'wang@insurer.example',
  name: '王芳',
  role: 'adjuster',
  locale: null,
  phone: '+861012345678',
  externalId: 'H-7',
  groups: ['litigation'],
  active: true,
  profile: {
    teams: ['Motor'],
    lines: { motor: 5, property: 2 },
    languages: { 'zh-CN': 5 },
    licences: { 'US-CA': '2027-12-31' },
    capacity: 60,
    timeZone: 'Asia/Shanghai',
  },
};

test('what is shown and saved again changes nothing', () => {
  const { id: _, email: __, locale: ___, active: ____, ...said } = ACCOUNT;
  expect(changeOf(fieldsOf(ACCOUNT, 'UTC'), ACCOUNT)).toEqual(said);
});

test('a level and a date that the form does not show stay; a new line gets the usual level', () => {
  const fields = { ...fieldsOf(ACCOUNT, 'UTC'), lines: ['motor', 'travel'] };
  expect(changeOf(fields, ACCOUNT).profile).toMatchObject({ lines: { motor: 5, travel: 3 }, licences: { 'US-CA': '2027-12-31' } });
});

test('a number is taken as people write it, and an empty field is nothing', () => {
  const fields = { ...fieldsOf(null, 'Asia/Shanghai'), email: ' a@b.example ', name: ' A ', phone: '+86 (10) 1234-5678' };
  expect(newAccountOf(fields)).toMatchObject({ email: 'a@b.example', name: 'A', phone: '+861012345678', externalId: null });
});

test('whoever takes no work has no place in the router', () => {
  expect(newAccountOf({ ...fieldsOf(null, 'UTC'), takesWork: false })).not.toHaveProperty('profile');
});
