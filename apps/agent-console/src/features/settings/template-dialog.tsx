import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { templateName } from '../../ui';
import { TemplateEditor } from './template-editor';
import type { TemplatePair } from './template-pairs';
import styles from './settings-page.module.css';
import { TemplatePreview } from './template-preview';

interface TemplateDialogProps {
  readonly opened: boolean;
  readonly pair: TemplatePair | null;
  readonly onClose: () => void;
}

/** One text in both languages: changed, seen on a real conversation, published. */
export function TemplateDialog({ opened, pair, onClose }: TemplateDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={opened && pair !== null}
      onClose={onClose}
      size="min(1080px, 96vw)"
      title={templateName(pair?.title ?? '')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {pair && (
        <>
          <div className={styles.editors}>
            {(['zh-CN', 'en'] as const).map((language) => (
              <TemplateEditor key={`${pair.code} ${language} ${pair.texts[language]?.version ?? 0}`} pair={pair} language={language} />
            ))}
          </div>
          <TemplatePreview pair={pair} />
        </>
      )}
    </Modal>
  );
}
