import type { Attachment } from '@claimline/protocol';
import { ActionIcon } from '@mantine/core';
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffer } from '../commands';
import { duration } from './moments';
import styles from './audio-player.module.css';

/** What of a file the player needs. */
export type Sound = Pick<Attachment, 'id' | 'name' | 'duration' | 'transcript'>;

/** A voice message or recording: play, go to a place, and read what was said; without a transcript it has to be listened to. The last one of a screen plays by its key. */
export function AudioPlayer({ file }: { readonly file: Sound }) {
  const { t } = useTranslation('thread');
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [broken, setBroken] = useState(false);
  const [length, setLength] = useState(file.duration ?? 0);
  const href = `/api/attachments/${file.id}`;
  const toggle = () => {
    if (!audio.current) return;
    if (playing) audio.current.pause();
    else audio.current.play().catch(() => setBroken(true));
  };
  useOffer([{ id: 'sound.play', title: t(playing ? 'sound.pause' : 'sound.play'), section: t('sound.section'), keys: 'p', run: toggle }]);
  return (
    <div className={styles.sound}>
      <audio
        ref={audio}
        src={href}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onError={() => setBroken(true)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => Number.isFinite(event.currentTarget.duration) && setLength(event.currentTarget.duration)}
      />
      <div className={styles.player}>
        <ActionIcon
          variant="filled"
          color="accent"
          radius="xl"
          size={30}
          aria-label={playing ? t('sound.pause') : t('sound.play')}
          onClick={toggle}
        >
          {playing ? <IconPlayerPauseFilled size={14} /> : <IconPlayerPlayFilled size={14} />}
        </ActionIcon>
        <input
          type="range"
          className={styles.range}
          aria-label={t('sound.position')}
          min={0}
          max={Math.max(1, length)}
          step={0.1}
          value={at}
          onChange={(event) => {
            if (audio.current) audio.current.currentTime = Number(event.currentTarget.value);
            setAt(Number(event.currentTarget.value));
          }}
        />
        <span className={styles.time}>{duration(playing || at > 0 ? at : length)}</span>
        <ActionIcon component="a" href={href} download={file.name} aria-label={t('file.download')}>
          <IconDownload size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {broken && (
        <p className={styles.broken} role="alert">
          {t('sound.broken')}
        </p>
      )}
      <p className={styles.transcript} data-missing={!file.transcript || undefined}>
        {file.transcript ? t('sound.said', { text: file.transcript }) : t('sound.noTranscript')}
      </p>
    </div>
  );
}
