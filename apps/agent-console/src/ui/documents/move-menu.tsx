import type { ClaimDocuments, DocumentFile } from '@claimline/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../rights';
import { labelOf, useDocumentDeeds } from './use-document-deeds';

/** Says for which item a file is. */
export function MoveMenu({ file, documents }: { readonly file: DocumentFile; readonly documents: ClaimDocuments }) {
  const { t, i18n } = useTranslation('documents');
  const act = useDocumentDeeds(documents.claim);
  const mayWrite = useMayWrite();
  if (!mayWrite) return null;
  const open = documents.items.filter(
    ({ state, files }) => state !== 'accepted' && state !== 'waived' && !files.some(({ id }) => id === file.id),
  );
  const move = (item: string | null) => void act({ do: 'move', file: file.id, item }, t('done.moved'));
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`${t('moveTo')}: ${file.name}`}>
          <IconArrowsMove size={14} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('moveTo')}</Menu.Label>
        {open.map((item) => (
          <Menu.Item key={item.id} onClick={() => move(item.id)}>
            {labelOf(item, i18n.language)}
          </Menu.Item>
        ))}
        {file.state !== 'unmatched' && <Menu.Item onClick={() => move(null)}>{t('noItem')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
