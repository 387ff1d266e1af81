import { useRef, useState } from 'react';
import { SCENES, type Scene } from './scenes';
import styles from './scenes-menu.module.css';
import { useStage } from './stage';

/** Everything else that can be played: one press makes it happen and takes the seat at which it is seen. */
export function ScenesMenu() {
  const { world, words, language, sit, open, tell } = useStage();
  const menu = useRef<HTMLDetailsElement>(null);
  const [busy, setBusy] = useState(false);
  const play = async (scene: Scene): Promise<void> => {
    setBusy(true);
    menu.current?.removeAttribute('open');
    try {
      const href = await scene.play(world);
      if (scene.app) open(scene.app);
      await sit(scene.role, href);
      tell(scene.look[language]);
    } catch (error) {
      tell(String(error));
    } finally {
      setBusy(false);
    }
  };
  const close = (event: React.KeyboardEvent): void => {
    if (event.key === 'Escape') menu.current?.removeAttribute('open');
  };
  return (
    <details ref={menu} className={styles.menu} onKeyDown={close}>
      <summary aria-disabled={busy}>{words.scenes}</summary>
      <ul>
        {SCENES.map((scene) => (
          <li key={scene.title.en}>
            <button type="button" disabled={busy} onClick={() => void play(scene)}>
              <strong>{scene.title[language]}</strong>
              <span>{scene.look[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** At whose desk the console is; changing it signs in as somebody of that role and opens their first page. */
export function SeatChoice() {
  const { world, words, seat, sit, tell } = useStage();
  const roles = [...new Map(world.manifest.people.map(({ role, name }) => [role, name] as const).reverse()).entries()].reverse();
  return (
    <span className={styles.seat}>
      <select
        aria-label={words.seat}
        title={words.seat}
        value={seat}
        onChange={(event) => void sit(event.target.value, '/').catch((error: unknown) => tell(String(error)))}
      >
        {roles.map(([role, name]) => (
          <option key={role} value={role}>
            {words.roles[role] ?? role} · {name}
          </option>
        ))}
      </select>
    </span>
  );
}
