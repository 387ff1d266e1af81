import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, body: string];

const automatic = (code: string, en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'automatic',
  privacy: 'P1',
  texts: { en: { title: en[0], body: en[1] }, 'zh-CN': { title: zh[0], body: zh[1] } },
});

/** What a customer is told of a visit. The place stands behind the link: it is often their home. */
export const APPOINTMENT_TEMPLATES: readonly SeedTemplate[] = [
  automatic(
    'appointment_set',
    [
      'Appointment',
      '{{ brand }}: {{ salutation }}, we have an appointment on {{ appointmentTime }}. Place, confirmation or another time: {{ portalUrl }}',
    ],
    ['预约通知', '【{{ brand }}】{{ salutation }}，已为您预约{{ appointmentTime }}。查看地点、确认或改期：{{ portalUrl }}'],
  ),
  automatic(
    'appointment_changed',
    [
      'Appointment changed',
      '{{ brand }}: {{ salutation }}, our appointment is now on {{ appointmentTime }}. Place, confirmation or another time: {{ portalUrl }}',
    ],
    ['预约变更', '【{{ brand }}】{{ salutation }}，您的预约已改为{{ appointmentTime }}。查看地点、确认或改期：{{ portalUrl }}'],
  ),
  automatic(
    'appointment_canceled',
    [
      'Appointment canceled',
      '{{ brand }}: {{ salutation }}, our appointment on {{ appointmentTime }} does not take place.{% if helpPhone %} Questions: {{ helpPhone }}{% endif %}',
    ],
    [
      '预约取消',
      '【{{ brand }}】{{ salutation }}，您{{ appointmentTime }}的预约已取消。{% if helpPhone %}咨询电话{{ helpPhone }}{% endif %}',
    ],
  ),
  automatic(
    'appointment_reminder',
    [
      'Reminder of our appointment',
      '{{ brand }}: {{ salutation }}, a reminder of our appointment on {{ appointmentTime }}. Place or another time: {{ portalUrl }}',
    ],
    ['预约提醒', '【{{ brand }}】{{ salutation }}，提醒您{{ appointmentTime }}有预约。查看地点或改期：{{ portalUrl }}'],
  ),
];
