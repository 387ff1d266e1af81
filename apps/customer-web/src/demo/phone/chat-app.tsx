import { useEffect, useRef, useState, type FormEvent } from 'react';
import { STOP_WORDS, useCustomerActs } from '../customer-acts';
import { Icon } from '../icons';
import { useStage } from '../stage';
import type { AppName, Bubble } from '../use-devices';
import styles from './chat-app.module.css';

type Written = Exclude<AppName, 'call'>;
const LINES: Readonly<Record<Written, string>> = { wechat: 'wechat', sms: 'twilio-sms', mail: 'email' };

/** A conversation on the phone: WeChat, SMS or mail. */
export function ChatApp({ app }: { readonly app: Written }) {
  const { world, devices, words } = useStage();
  const shown = devices.bubbles.filter((bubble) => bubble.app === app);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => void end.current?.scrollIntoView({ block: 'end' }), [shown.length, app]);
  return (
    <div className={styles.app} data-app={app}>
      <div className={styles.head}>
        {app === 'wechat'
          ? (world.manifest.inboxes.find(({ kind }) => kind === 'wechat')?.name?.toString() ?? '安途保险')
          : world.line(LINES[app])}
      </div>
      <div className={styles.thread} role="log" aria-live="polite">
        {shown.length === 0 && <p className={styles.empty}>{words.nothingYet}</p>}
        {shown.map((bubble) => (
          <BubbleView key={bubble.id} bubble={bubble} />
        ))}
        <div ref={end} />
      </div>
      <Writing key={app} app={app} />
    </div>
  );
}

const timeOf = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function BubbleView({ bubble }: { readonly bubble: Bubble }) {
  const { words } = useStage();
  return (
    <article className={styles.bubble} data-mine={bubble.mine}>
      {bubble.subject && <strong className={styles.subject}>{bubble.subject}</strong>}
      {bubble.seconds !== undefined && <VoiceNote seconds={bubble.seconds} />}
      {bubble.photos && (
        <div className={styles.photos}>
          {bubble.photos.map((name) => (
            <img key={name} src={`/demo/files/${name}`} alt="" width={92} height={69} />
          ))}
        </div>
      )}
      {bubble.text && bubble.seconds === undefined && (
        <p>
          <Linked text={bubble.text} />
        </p>
      )}
      {bubble.files?.map((name) => (
        <span key={name} className={styles.file}>
          <Icon name="file" size={16} /> {name || words.attachment}
        </span>
      ))}
      <time dateTime={new Date(bubble.at).toISOString()}>
        {timeOf(bubble.at)}
        {bubble.state === 'taken' && ' ✓'}
        {bubble.state === 'refused' && ` · ${words.notTaken}`}
      </time>
    </article>
  );
}

// Pages of this hub open beside the demo, as a phone would open them; anybody else's address stays words.
const PORTAL_PAGE = /https?:\/\/[^\s/]+(\/portal(?:\/[a-z]+\/[\w-]+)?)/;

/** Words with the link in them to tap. */
function Linked({ text }: { readonly text: string }) {
  const match = PORTAL_PAGE.exec(text);
  if (!match) return text;
  const [shown, page] = match;
  return (
    <>
      {text.slice(0, match.index)}
      <a href={page} target="_blank" rel="noreferrer">
        {shown}
      </a>
      {text.slice(match.index + shown.length)}
    </>
  );
}

function VoiceNote({ seconds }: { readonly seconds: number }) {
  const { words } = useStage();
  const sound = useRef<HTMLAudioElement>(null);
  return (
    <button type="button" className={styles.voice} onClick={() => void sound.current?.play()} aria-label={words.play}>
      <Icon name="play" size={16} />
      <span className={styles.wave} aria-hidden="true" />
      0:{String(seconds).padStart(2, '0')}
      <audio ref={sound} src="/demo/files/voice.wav" preload="none" />
    </button>
  );
}

/** Where the phone's owner writes, speaks and takes pictures. */
function Writing({ app }: { readonly app: Written }) {
  const { words, guide } = useStage();
  const acts = useCustomerActs();
  const { target } = guide.step;
  const [text, setText] = useState('');
  const suggestion = app === 'sms' && target === 'stop' ? STOP_WORDS : '';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const said = text.trim() || suggestion;
    if (!said) return;
    setText('');
    void (app === 'mail' ? acts.mail(said, said.slice(0, 40)) : acts[app](said));
    if (app === 'sms') guide.did('stop');
  };
  return (
    <form className={styles.writing} onSubmit={send}>
      {app === 'wechat' && (
        <>
          <button
            type="button"
            className={styles.tool}
            title={words.voice}
            aria-label={words.voice}
            data-next={target === 'voice'}
            onClick={() => void acts.voice().then((taken) => taken && guide.did('voice'))}
          >
            <Icon name="mic" />
          </button>
          <button
            type="button"
            className={styles.tool}
            title={words.photos}
            aria-label={words.photos}
            data-next={target === 'photos'}
            onClick={() => void acts.photos().then((taken) => taken && guide.did('photos'))}
          >
            <Icon name="camera" />
          </button>
        </>
      )}
      <input
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={suggestion || words.write}
        aria-label={words.write}
        maxLength={600}
      />
      <button
        type="submit"
        className={styles.send}
        aria-label={words.send}
        title={words.send}
        data-next={suggestion !== ''}
        disabled={!text.trim() && !suggestion}
      >
        <Icon name="send" size={18} />
      </button>
    </form>
  );
}
