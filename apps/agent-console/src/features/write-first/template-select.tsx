import { Button, Menu } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { renderTemplate, useMe, useTemplates } from '../../client';
import { useWords } from '../../locales';
import { templateName, toast } from '../../ui';
import { hasFields } from './ways-to';

interface Filled {
  readonly code: string;
  readonly text: string;
  readonly subject: string | null;
}

interface TemplateSelectProps {
  readonly channel: string | undefined;
  readonly language: 'en' | 'zh-CN' | null;
  /** Whose facts fill the fields; without one only templates without fields are offered. */
  readonly conversation: string | undefined;
  readonly onFilled: (filled: Filled) => void;
}

/** The templates in the customer's language, filled for them. */
export function TemplateSelect({ channel, language, conversation, onFilled }: TemplateSelectProps) {
  const { t } = useTranslation('write-first');
  const words = useWords();
  const brand = useMe().data?.brand.language;
  const spoken = language ?? brand ?? 'en';
  const { data } = useTemplates({ use: 'reply', language: spoken });
  const usable = (data?.items ?? []).filter((template) => conversation !== undefined || !hasFields(template.body));
  const pick = async (template: (typeof usable)[number]) => {
    if (!hasFields(template.body)) {
      onFilled({ code: template.code, text: template.body, subject: template.subject });
      return;
    }
    if (!conversation || !channel) return;
    try {
      const filled = await renderTemplate(template.code, { conversation, channel, language: spoken });
      onFilled({ code: template.code, text: filled.text, subject: filled.subject });
    } catch (error) {
      toast({ text: words.error(error), tone: 'danger' });
    }
  };
  if (usable.length === 0) return null;
  return (
    <Menu position="top-start" width={300}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconTemplate size={15} stroke={1.8} />} disabled={!channel}>
          {t('template')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {usable.map((template) => (
          <Menu.Item key={template.code} onClick={() => void pick(template)}>
            {templateName(template.title)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
