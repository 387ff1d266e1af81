import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, subject: string, body: string];

const letter = (code: string, privacy: SeedTemplate['privacy'], en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'notice',
  privacy,
  texts: { en: { title: en[0], subject: en[1], body: en[2] }, 'zh-CN': { title: zh[0], subject: zh[1], body: zh[2] } },
});

/** What somebody who complains is told. A person sends each (so they leave while automatic texts do not), and none repeats what they said of somebody. */
export const COMPLAINT_TEMPLATES: readonly SeedTemplate[] = [
  letter(
    'complaint_received',
    'P1',
    [
      'Complaint received',
      'Your complaint {{ complaintRef }}',
      '{{ brand }}: {{ salutation }}, your complaint is here under number {{ complaintRef }}.{% if complaintDueBy %} You have our answer by {{ complaintDueBy }}.{% endif %} You may also turn to {{ complaintRoutes }}.',
    ],
    [
      '投诉受理通知',
      '您的投诉{{ complaintRef }}',
      '【{{ brand }}】{{ salutation }}，我们已收到您的投诉，编号{{ complaintRef }}。{% if complaintDueBy %}我们将于{{ complaintDueBy }}前答复您。{% endif %}您也可以选择{{ complaintRoutes }}。',
    ],
  ),
  letter(
    'complaint_progress',
    'P1',
    [
      'Complaint progress',
      'Your complaint {{ complaintRef }}',
      '{{ brand }}: {{ salutation }}, on your complaint {{ complaintRef }}: {{ complaintProgress }}{% if complaintDueBy %} You have our answer by {{ complaintDueBy }}.{% endif %}',
    ],
    [
      '投诉处理进展',
      '您的投诉{{ complaintRef }}',
      '【{{ brand }}】{{ salutation }}，关于您的投诉{{ complaintRef }}：{{ complaintProgress }}{% if complaintDueBy %}我们将于{{ complaintDueBy }}前答复您。{% endif %}',
    ],
  ),
  letter(
    'complaint_outcome',
    'P2',
    [
      'Complaint outcome',
      'Outcome of your complaint {{ complaintRef }}',
      '{{ brand }}\n\n{{ salutation }},\n\nyour complaint {{ complaintRef }} has been looked into by somebody whom it does not concern. The outcome:\n\n{{ complaintOutcome }}\n\nIf you do not agree, you may turn to {{ complaintRoutes }}.',
    ],
    [
      '投诉处理结果',
      '投诉{{ complaintRef }}处理结果',
      '【{{ brand }}】{{ salutation }}：\n\n您的投诉{{ complaintRef }}已由与本事项无关的人员调查核实，处理结果如下：\n\n{{ complaintOutcome }}\n\n如您对结果有异议，可以选择{{ complaintRoutes }}。',
    ],
  ),
];
