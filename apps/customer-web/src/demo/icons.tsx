/** Line icons of the page, 20 × 20, drawn in the colour of the text. Decorative: whoever uses one names the control. */
const PATHS = {
  wechat:
    'M8 3C4.7 3 2 5.2 2 8c0 1.6.9 3 2.2 3.9L3.6 14l2.5-1.2c.6.1 1.2.2 1.9.2M18 12c0-2.2-2.2-4-5-4s-5 1.8-5 4 2.2 4 5 4c.5 0 1-.1 1.5-.2L16.8 17l-.5-1.9C17.3 14.4 18 13.3 18 12Z',
  sms: 'M3 4.5h14v9H8.5L5 16.5v-3H3z',
  mail: 'M2.5 5h15v10.5h-15zM2.5 5.5 10 11l7.5-5.5',
  call: 'M5 3h2.6l1.3 3.6-1.8 1.3a9.5 9.5 0 0 0 5 5l1.3-1.8L17 12.4V15a2 2 0 0 1-2.2 2A12.6 12.6 0 0 1 3 5.2 2 2 0 0 1 5 3Z',
  mic: 'M10 2.5a2.3 2.3 0 0 0-2.3 2.3v4.4a2.3 2.3 0 0 0 4.6 0V4.8A2.3 2.3 0 0 0 10 2.5ZM5 9v.3a5 5 0 0 0 10 0V9M10 14.3v3.2',
  camera: 'M3 6.5h3L7.3 4.5h5.4L14 6.5h3v9H3zM10 8.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z',
  send: 'M3 10 17 3.5 13 17l-3.2-5.2zM9.8 11.8 17 3.5',
  play: 'M6.5 4.5v11l9-5.5z',
  down: 'M4 12.5c3.5-3.4 8.5-3.4 12 0l-2 2.4-2.6-1.1v-2.2a6 6 0 0 0-2.8 0v2.2L6 14.9z',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
