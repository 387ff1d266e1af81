import { ActionIcon, Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconDownload, IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../client';
import type { PaperDocument } from './paper-document';
import styles from './paper-viewer.module.css';

/** A file that can be looked at page by page. */
export interface PaperFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
}

/** Whether it is shown page by page here: papers of hospitals, garages and mailrooms. */
export const isPaper = ({ contentType }: Pick<PaperFile, 'contentType'>): boolean => /^(application\/pdf|image\/tiff)$/.test(contentType);

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3] as const;
const nearer = (zoom: number, step: 1 | -1): number =>
  ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom as never) + step))] ?? 1;

interface PaperViewerProps {
  readonly file: PaperFile;
  readonly onPage?: (page: number) => void;
  /** What stands at the right of the tools. */
  readonly children?: ReactNode;
}

interface Shown {
  readonly page: number;
  readonly zoom: number;
  readonly turn: number;
}

/** A paper: pages, zoom, turn. PageUp and PageDown or the arrows turn pages, + and − zoom, R turns the sheet. */
export function PaperViewer({ file, onPage, children }: PaperViewerProps) {
  const { t } = useTranslation('paper');
  const [pages, setPages] = useState<number | null>(null);
  const [shown, setShown] = useState<Shown>({ page: 1, zoom: 1, turn: 0 });
  const turnTo = (page: number) => {
    const next = Math.min(pages ?? 1, Math.max(1, page));
    setShown((was) => ({ ...was, page: next }));
    onPage?.(next);
  };
  const zoom = (step: 1 | -1) => setShown((was) => ({ ...was, zoom: nearer(was.zoom, step) }));
  const rotate = () => setShown((was) => ({ ...was, turn: (was.turn + 90) % 360 }));
  const deeds: Record<string, () => void> = {
    PageDown: () => turnTo(shown.page + 1),
    ArrowRight: () => turnTo(shown.page + 1),
    PageUp: () => turnTo(shown.page - 1),
    ArrowLeft: () => turnTo(shown.page - 1),
    Home: () => turnTo(1),
    End: () => turnTo(pages ?? 1),
    '+': () => zoom(1),
    '=': () => zoom(1),
    '-': () => zoom(-1),
    r: rotate,
  };
  const keys = (event: KeyboardEvent) => {
    const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  const Sheet = file.contentType === 'application/pdf' ? PdfSheet : PictureSheet;
  return (
    <div className={styles.viewer} role="group" aria-label={t('viewer.label', { name: file.name })} tabIndex={0} onKeyDown={keys}>
      <div className={styles.tools}>
        <ActionIcon aria-label={t('viewer.previous')} disabled={shown.page <= 1} onClick={() => turnTo(shown.page - 1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <span className={styles.page} role="status">
          {t('viewer.page', { page: shown.page, pages: pages ?? '…' })}
        </span>
        <ActionIcon aria-label={t('viewer.next')} disabled={pages === null || shown.page >= pages} onClick={() => turnTo(shown.page + 1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <span className={styles.gap} />
        <ActionIcon aria-label={t('viewer.smaller')} disabled={shown.zoom === ZOOMS[0]} onClick={() => zoom(-1)}>
          <IconZoomOut size={18} />
        </ActionIcon>
        <span className={styles.page}>{Math.round(shown.zoom * 100)} %</span>
        <ActionIcon aria-label={t('viewer.larger')} disabled={shown.zoom === ZOOMS.at(-1)} onClick={() => zoom(1)}>
          <IconZoomIn size={18} />
        </ActionIcon>
        <ActionIcon aria-label={t('viewer.rotate')} onClick={rotate}>
          <IconRotateClockwise size={18} />
        </ActionIcon>
        <ActionIcon component="a" href={`/api/attachments/${file.id}`} download={file.name} aria-label={t('viewer.download')}>
          <IconDownload size={18} />
        </ActionIcon>
        {children}
      </div>
      <Sheet key={file.id} file={file} shown={shown} onPages={setPages} />
    </div>
  );
}

interface SheetProps {
  readonly file: PaperFile;
  readonly shown: Shown;
  readonly onPages: (pages: number) => void;
}

/** A page of a PDF, drawn here: the reader is fetched the first time somebody opens one. */
function PdfSheet({ file, shown, onPages }: SheetProps) {
  const { t } = useTranslation('paper');
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [paper, setPaper] = useState<PaperDocument | 'broken' | null>(null);
  useEffect(() => {
    let open: PaperDocument | undefined;
    let gone = false;
    import('./paper-document')
      .then(({ openPaper }) => openPaper(`/api/attachments/${file.id}`))
      .then((document) => {
        open = document;
        if (gone) return document.close();
        onPages(document.pages);
        setPaper(document);
      })
      .catch(() => setPaper('broken'));
    return () => {
      gone = true;
      open?.close();
    };
  }, [file.id, onPages]);
  useEffect(() => {
    if (!paper || paper === 'broken' || !canvas.current || width < 1) return;
    paper
      .draw(canvas.current, { page: shown.page, width: Math.min(width - 24, 1_100), scale: shown.zoom, turn: shown.turn })
      .catch(() => setPaper('broken'));
  }, [paper, shown, width]);
  return (
    <div className={styles.desk} ref={ref}>
      {paper === null && <Loader size="sm" aria-label={t('viewer.loading')} />}
      {paper === 'broken' && <p role="alert">{t('viewer.broken')}</p>}
      <canvas
        ref={canvas}
        className={styles.sheet}
        hidden={!paper || paper === 'broken'}
        role="img"
        aria-label={t('viewer.sheet', { page: shown.page })}
      />
    </div>
  );
}

/** A page of a fax, made into a picture by the hub; any other picture as it is. */
function PictureSheet({ file, shown, onPages }: SheetProps) {
  const { t } = useTranslation('paper');
  const [broken, setBroken] = useState(false);
  const isFax = file.contentType === 'image/tiff';
  const { data } = usePages(file.id, isFax);
  const pages = isFax ? data?.pages : 1;
  useEffect(() => {
    if (pages) onPages(pages);
  }, [pages, onPages]);
  const source = isFax ? `/api/attachments/${file.id}/pages/${shown.page}` : `/api/attachments/${file.id}`;
  const style = { width: `${shown.zoom * 100}%`, transform: `rotate(${shown.turn}deg)` };
  return (
    <div className={styles.desk}>
      {broken || data?.pages === null ? (
        <p role="alert">{t('viewer.broken')}</p>
      ) : (
        <img
          className={styles.sheet}
          style={style}
          src={source}
          alt={t('viewer.sheet', { page: shown.page })}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
