import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The way to the next page of a list, where there is one. */
export function MoreRows({ query }: { readonly query: Paged }) {
  const { t } = useTranslation('desk');
  if (!query.hasNextPage) return null;
  return (
    <div style={{ display: 'grid', placeItems: 'center', padding: 16 }}>
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('more')}
      </Button>
    </div>
  );
}
