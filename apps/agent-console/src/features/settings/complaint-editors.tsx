import type { ComplaintHandling } from '@claimline/protocol';
import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './settings-page.module.css';

type Playbook = ComplaintHandling['playbooks'][number];
type Cause = ComplaintHandling['rootCauses'][number];
type Both = Cause['name'];

const replaced = <Item,>(items: readonly Item[], place: number, item: Item): Item[] =>
  items.map((one, index) => (index === place ? item : one));
const without = <Item,>(items: readonly Item[], place: number): Item[] => items.filter((_, index) => index !== place);

function BothFields({
  value,
  label,
  onChange,
}: {
  readonly value: Both;
  readonly label: string;
  readonly onChange: (value: Both) => void;
}) {
  return (
    <>
      <TextInput
        aria-label={`${label} (English)`}
        placeholder="English"
        value={value.en}
        onChange={(event) => onChange({ ...value, en: event.currentTarget.value })}
      />
      <TextInput
        aria-label={`${label} (中文)`}
        placeholder="中文"
        value={value['zh-CN']}
        onChange={(event) => onChange({ ...value, 'zh-CN': event.currentTarget.value })}
      />
    </>
  );
}

function Remove({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onRemove}>
      <IconTrash size={15} stroke={1.6} />
    </ActionIcon>
  );
}

/** Categories: their name, their clock, the tasks that they put on the list. */
export function PlaybooksEditor({
  playbooks,
  onChange,
}: {
  readonly playbooks: readonly Playbook[];
  readonly onChange: (playbooks: Playbook[]) => void;
}) {
  const { t } = useTranslation('complaint-settings');
  const empty: Playbook = { code: '', name: { en: '', 'zh-CN': '' }, clock: 'region', tasks: [] };
  return (
    <section className={styles.editor} aria-label={t('playbooks')}>
      <h3 className={styles.editorTitle}>{t('playbooks')}</h3>
      {playbooks.map((playbook, place) => (
        <PlaybookEditor
          key={place}
          playbook={playbook}
          onChange={(next) => onChange(replaced(playbooks, place, next))}
          onRemove={() => onChange(without(playbooks, place))}
        />
      ))}
      <Button variant="default" size="xs" leftSection={<IconPlus size={13} />} onClick={() => onChange([...playbooks, empty])}>
        {t('addPlaybook')}
      </Button>
    </section>
  );
}

interface PlaybookEditorProps {
  readonly playbook: Playbook;
  readonly onChange: (playbook: Playbook) => void;
  readonly onRemove: () => void;
}

function PlaybookEditor({ playbook, onChange, onRemove }: PlaybookEditorProps) {
  const { t } = useTranslation('complaint-settings');
  const clocks = (['region', 'complaint.CN', 'complaint.default'] as const).map((value) => ({
    value,
    label: t(`clock.${value.replace('complaint.', '')}`),
  }));
  const tasks = (next: Playbook['tasks']) => onChange({ ...playbook, tasks: next });
  return (
    <div className={styles.editorItem}>
      <div className={styles.editorRow}>
        <TextInput
          aria-label={t('code')}
          placeholder={t('code')}
          value={playbook.code}
          onChange={(event) => onChange({ ...playbook, code: event.currentTarget.value })}
        />
        <BothFields label={t('name')} value={playbook.name} onChange={(name) => onChange({ ...playbook, name })} />
        <Select
          aria-label={t('clockLabel')}
          data={clocks}
          value={playbook.clock}
          onChange={(value) => onChange({ ...playbook, clock: (value ?? 'region') as Playbook['clock'] })}
        />
        <Remove label={t('remove', { name: playbook.name.en })} onRemove={onRemove} />
      </div>
      {playbook.tasks.map((task, place) => (
        <div key={place} className={styles.editorRow}>
          <NumberInput
            className={styles.editorDays}
            aria-label={t('afterDays')}
            suffix={t('days')}
            min={0}
            max={60}
            value={task.afterDays}
            onChange={(value) => tasks(replaced(playbook.tasks, place, { ...task, afterDays: Number(value) || 0 }))}
          />
          <BothFields label={t('task')} value={task.text} onChange={(text) => tasks(replaced(playbook.tasks, place, { ...task, text }))} />
          <Remove label={t('remove', { name: task.text.en })} onRemove={() => tasks(without(playbook.tasks, place))} />
        </div>
      ))}
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => tasks([...playbook.tasks, { text: { en: '', 'zh-CN': '' }, afterDays: 1 }])}
      >
        {t('addTask')}
      </Button>
    </div>
  );
}

/** The causes by which complaints are counted. */
export function CausesEditor({ causes, onChange }: { readonly causes: readonly Cause[]; readonly onChange: (causes: Cause[]) => void }) {
  const { t } = useTranslation('complaint-settings');
  return (
    <section className={styles.editor} aria-label={t('causes')}>
      <h3 className={styles.editorTitle}>{t('causes')}</h3>
      {causes.map((cause, place) => (
        <div key={place} className={styles.editorRow}>
          <TextInput
            aria-label={t('code')}
            placeholder={t('code')}
            value={cause.code}
            onChange={(event) => onChange(replaced(causes, place, { ...cause, code: event.currentTarget.value }))}
          />
          <BothFields label={t('name')} value={cause.name} onChange={(name) => onChange(replaced(causes, place, { ...cause, name }))} />
          <Remove label={t('remove', { name: cause.name.en })} onRemove={() => onChange(without(causes, place))} />
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...causes, { code: '', name: { en: '', 'zh-CN': '' } }])}
      >
        {t('addCause')}
      </Button>
    </section>
  );
}
