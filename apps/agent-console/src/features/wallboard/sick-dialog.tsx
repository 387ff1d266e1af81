import type { SetAbsence, TeamMember } from '@claimline/protocol';
import { Button, Chip, Group, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useSetAbsence, useUndoAbsence } from '../../client';
import { useWords } from '../../locales';
import { AbsencePreview, toast } from '../../ui';
import styles from './team.module.css';
import { daysOfThisWeek, endAfter, suggestedDelegate } from './team-order';

interface SickDialogProps {
  readonly member: TeamMember;
  readonly people: readonly TeamMember[];
  readonly onClose: () => void;
}

const SPANS = ['1', '2', '3', 'week', 'own'] as const;
type Span = (typeof SPANS)[number];

function endOf(span: Span, own: string, now: number): Date | null {
  if (span !== 'own') return endAfter(span === 'week' ? daysOfThisWeek(now) : Number(span), now);
  const last = new Date(`${own}T00:00:00`);
  if (Number.isNaN(last.getTime())) return null;
  last.setDate(last.getDate() + 1);
  return last.getTime() > now ? last : null;
}

/** Somebody calls in sick: for how long, who stands in, what moves; one press moves it, one takes it back. */
export function SickDialog({ member, people, onClose }: SickDialogProps) {
  const { t } = useTranslation('team');
  const words = useWords();
  const save = useSetAbsence();
  const undo = useUndoAbsence();
  const [starts] = useState(() => new Date(hubNow()).toISOString());
  const [span, setSpan] = useState<Span>('1');
  const [own, setOwn] = useState('');
  const [delegate, setDelegate] = useState(() => suggestedDelegate(member, people)?.id ?? '');
  const [returns, setReturns] = useState<NonNullable<SetAbsence['returns']>>('immediately');
  const ends = endOf(span, own, hubNow());
  const wish = ends && { account: member.id, starts, ends: ends.toISOString(), delegate: delegate || null };
  const take = (id: string) =>
    undo.mutateAsync(id).then(
      () => toast({ text: t('sick.undone', { name: member.name }) }),
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  const confirm = () => {
    if (!wish) return;
    save.mutate(
      { ...wish, returns },
      {
        onSuccess: ({ id, name }) => {
          toast({ text: t('sick.done', { name }), action: { label: t('undo'), run: () => void take(id) }, lasts: 20_000 });
          onClose();
        },
      },
    );
  };
  const others = people.filter((one) => one.id !== member.id && one.absence === null && one.role !== 'administrator');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sick.title', { name: member.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.form}>
        <Chip.Group value={span} onChange={(value) => setSpan(SPANS.find((one) => one === value) ?? '1')}>
          <Group gap={6} role="group" aria-label={t('sick.until')}>
            {SPANS.map((one) => (
              <Chip key={one} value={one} size="xs">
                {t(`sick.span.${one}`)}
              </Chip>
            ))}
            {span === 'own' && (
              <TextInput type="date" aria-label={t('sick.last')} value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
            )}
          </Group>
        </Chip.Group>
        <div className={styles.pair}>
          <Select
            label={t('sick.delegate')}
            searchable
            data={[
              { value: '', label: t('preview.router') },
              ...others.map((one) => ({
                value: one.id,
                label: `${one.name} · ${words.of('presence', one.presence)} · ${one.used}/${one.capacity}`,
              })),
            ]}
            value={delegate}
            onChange={(value) => setDelegate(value ?? '')}
          />
          <Select
            label={t('sick.returns')}
            data={(['immediately', 'on-close', 'never'] as const).map((value) => ({ value, label: t(`returns.${value}`) }))}
            value={returns}
            onChange={(value) => setReturns(value ?? 'immediately')}
            allowDeselect={false}
          />
        </div>
        <AbsencePreview wish={wish} />
        {save.isError && (
          <p className={styles.problem} role="alert">
            {words.error(save.error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="filled" data-autofocus loading={save.isPending} disabled={!wish} onClick={confirm}>
            {t('sick.confirm')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
