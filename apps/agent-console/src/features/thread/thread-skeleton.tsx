import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const SHAPES = [
  ['62%', false],
  ['40%', false],
  ['55%', true],
  ['48%', false],
  ['35%', true],
] as const;

/** The thread while it is being read: bubbles left and right, at the bottom where reading begins. */
export function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} style={{ marginTop: 'auto', padding: 20, display: 'grid', gap: 16 }}>
      {SHAPES.map(([width, ours], index) => (
        <Skeleton key={index} height={52} width={width} radius="md" ml={ours ? 'auto' : 0} />
      ))}
    </div>
  );
}
