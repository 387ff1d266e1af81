import { useEffect, useRef, useState, type RefObject } from 'react';
import styles from './desk.module.css';

// From this width on the console shows the claim beside the thread.
const ROOMY = 1200;
// Below this the console turns its columns into pages; making it smaller would not help.
const NARROW = 900;

/** The real console in a frame, made a little smaller where that lets it show everything at once. */
export function Desk({ frame, title }: { readonly frame: RefObject<HTMLIFrameElement | null>; readonly title: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(ROOMY);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  const scale = width >= ROOMY || width < NARROW ? 1 : width / ROOMY;
  const size = `${100 / scale}%`;
  return (
    <div ref={place} className={styles.place}>
      <iframe
        ref={frame}
        className={styles.desk}
        src="/"
        title={title}
        style={{ width: size, height: size, transform: `scale(${scale})` }}
      />
    </div>
  );
}
