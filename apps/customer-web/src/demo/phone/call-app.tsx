import { useEffect, useRef } from 'react';
import { VOICE_WORDS } from '../customer-acts';
import { Icon } from '../icons';
import { useStage } from '../stage';
import { fill } from '../words';
import type { Call } from '../world';
import styles from './call-app.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** The phone app: rings the hotline, presses keys, speaks, is called back. */
export function CallApp() {
  const { world, devices, words, tell } = useStage();
  const call = devices.calls.find(({ state }) => state !== 'ended') ?? devices.calls[0];
  const running = call && call.state !== 'ended' ? call : undefined;
  const number = world.line('twilio-voice');
  const act = (action: object): void => void world.act('twilio-voice', action).catch((error: unknown) => tell(String(error)));
  return (
    <div className={styles.app}>
      <div className={styles.head}>
        <strong>{fill(words.hotline, { number })}</strong>
        <span>{stateOf(call, words)}</span>
      </div>
      {call && <Heard call={call} />}
      <div className={styles.foot}>
        {running ? (
          <Controls call={running} act={act} />
        ) : (
          <button type="button" className={styles.dial} onClick={() => act({ do: 'call', from: world.customer.phone })}>
            <Icon name="call" /> {words.dial}
          </button>
        )}
      </div>
    </div>
  );
}

function stateOf(call: Call | undefined, words: ReturnType<typeof useStage>['words']): string {
  if (!call) return '';
  if (call.state === 'ringing') return call.direction === 'outbound' ? words.incoming : words.ringing;
  return call.state === 'ended' ? words.ended : words.running;
}

function Heard({ call }: { readonly call: Call }) {
  const { words } = useStage();
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => void end.current?.scrollIntoView({ block: 'end' }), [call.heard.length]);
  return (
    <ol className={styles.heard} aria-label={words.heard}>
      {call.heard.map(({ text, language }, index) => (
        <li key={index} lang={language}>
          {text}
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}

function Controls({ call, act }: { readonly call: Call; readonly act: (action: object) => void }) {
  const { world, words } = useStage();
  const { id: callId, awaits } = call;
  const speak = async (): Promise<void> =>
    act({ do: 'speak', callId, media: await world.file('voice.wav'), seconds: 7, transcript: VOICE_WORDS });
  return (
    <>
      {awaits?.for === 'digits' && (
        <div className={styles.keys}>
          {KEYS.map((key) => (
            <button key={key} type="button" onClick={() => act({ do: 'press', callId, digits: key })}>
              {key}
            </button>
          ))}
        </div>
      )}
      {awaits?.for === 'recording' && (
        <button type="button" className={styles.plain} onClick={() => void speak()}>
          <Icon name="mic" /> {words.speak}
        </button>
      )}
      {awaits?.for === 'pick-up' && <PickUp call={call} act={act} />}
      <button type="button" className={styles.end} onClick={() => act({ do: 'hang-up', callId })}>
        <Icon name="down" /> {words.hangUp}
      </button>
    </>
  );
}

/** Somebody's phone rings: the customer's own, or the desk that the call was put through to. */
function PickUp({ call, act }: { readonly call: Call; readonly act: (action: object) => void }) {
  const { world, words } = useStage();
  const number = call.awaits?.number ?? '';
  const isMine = number === world.customer.phone;
  return (
    <div className={styles.pickUp}>
      {!isMine && <p>{fill(words.deskRings, { number })}</p>}
      <button type="button" className={styles.dial} onClick={() => act({ do: 'pick-up', callId: call.id })}>
        <Icon name="call" /> {isMine ? words.pickUp : words.deskPicksUp}
      </button>
      <button type="button" className={styles.plain} onClick={() => act({ do: 'let-ring', callId: call.id })}>
        {words.nobody}
      </button>
    </div>
  );
}
