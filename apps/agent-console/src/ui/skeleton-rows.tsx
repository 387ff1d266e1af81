import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Rows that are still being read, as high as the real ones so that nothing jumps. */
export function SkeletonRows({ count = 8, height = 76 }: { readonly count?: number; readonly height?: number }) {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      {Array.from({ length: count }, (_, row) => (
        <div key={row} style={{ height, padding: '12px 16px', display: 'grid', alignContent: 'start', gap: 8 }}>
          <Skeleton height={10} width={`${40 + ((row * 17) % 30)}%`} radius="xl" />
          <Skeleton height={8} width={`${70 + ((row * 11) % 25)}%`} radius="xl" />
        </div>
      ))}
    </div>
  );
}
