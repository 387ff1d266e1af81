import sharp from 'sharp';

/** A picture or paper that a customer has sent. */
export interface DemoFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const car = (colour: string): string => `
  <path d="M90 470 L160 360 Q200 300 300 295 L560 295 Q640 300 700 365 L850 395 Q890 405 890 450 L890 510 L90 510 Z" fill="${colour}" stroke="#22252b" stroke-width="5"/>
  <path d="M215 355 Q240 320 305 318 L420 318 L420 375 L200 375 Z M440 318 L550 318 Q610 322 655 375 L440 375 Z" fill="#9fb4c4" stroke="#22252b" stroke-width="4"/>
  <circle cx="250" cy="515" r="66" fill="#1d1f24"/><circle cx="250" cy="515" r="32" fill="#8b9097"/>
  <circle cx="715" cy="515" r="66" fill="#1d1f24"/><circle cx="715" cy="515" r="32" fill="#8b9097"/>`;
const street = `<rect width="960" height="300" fill="#b9c6cf"/><rect y="300" width="960" height="180" fill="#8e979c"/><rect y="480" width="960" height="240" fill="#55585c"/>
  <path d="M0 610 H960" stroke="#e9e4c8" stroke-width="10" stroke-dasharray="90 60"/><path d="M40 90 h170 v215 h-170z M240 40 h130 v265 h-130z M640 70 h220 v235 h-220z" fill="#9aa7b0"/>`;
const crumple = (x: number, y: number): string => `
  <path d="M${x} ${y} l34 -30 28 26 30 -34 16 44 34 8 -26 30 12 40 -46 -8 -22 36 -28 -32 -44 10 14 -40z" fill="#3a3d42" opacity=".82"/>
  <path d="M${x + 12} ${y + 8} l52 40 M${x + 40} ${y - 12} l30 70 M${x + 92} ${y + 2} l-60 58" stroke="#e8eaec" stroke-width="3"/>`;
const room = `<rect width="960" height="520" fill="#d9d2c5"/><rect y="520" width="960" height="200" fill="#8a6f55"/><path d="M0 520 H960 M0 590 H960 M0 660 H960" stroke="#6f573f" stroke-width="3"/>`;

const SCENES: Readonly<Record<string, string>> = {
  'rear-bumper': `${street}${car('#b33a32')}${crumple(80, 440)}`,
  'front-left': `${street}${car('#3f6ea8')}${crumple(790, 430)}<path d="M845 430 l60 -18 M850 452 l70 4" stroke="#f4d35e" stroke-width="7"/>`,
  plate: `<rect width="960" height="720" fill="#7a3732"/><rect x="200" y="270" width="560" height="180" rx="18" fill="#1f4fb4" stroke="#f2f4f8" stroke-width="10"/>
    <text x="480" y="388" font-family="DejaVu Sans, Arial, sans-serif" font-size="76" font-weight="700" fill="#fff" text-anchor="middle" letter-spacing="6">DEMO 8812</text>${crumple(650, 470)}`,
  scene: `${street}<g transform="translate(-120 40) scale(.62)">${car('#b33a32')}</g><g transform="translate(420 40) scale(.62)">${car('#6b7a3a')}</g>${crumple(420, 330)}<path d="M300 640 l30 -90 30 90z M560 650 l30 -90 30 90z" fill="#ef7d22"/>`,
  ceiling: `${room}<path d="M250 0 Q300 110 420 90 T640 60 Q690 40 720 0z" fill="#a58d62" opacity=".75"/><path d="M380 95 v60 M470 85 v110 M560 75 v50" stroke="#7fa3b8" stroke-width="6" stroke-dasharray="16 12"/><ellipse cx="470" cy="560" rx="210" ry="40" fill="#7fa3b8" opacity=".8"/>`,
  cellar: `${room}<rect y="430" width="960" height="290" fill="#5d8098" opacity=".78"/><rect x="120" y="330" width="190" height="180" fill="#775a3c"/><rect x="610" y="300" width="170" height="240" fill="#c8ccd0"/><path d="M0 450 q120 -26 240 0 t240 0 240 0 240 0" stroke="#d6e4ec" stroke-width="6" fill="none"/>`,
  roof: `<rect width="960" height="720" fill="#9db4c6"/><path d="M60 420 L480 120 L900 420z" fill="#7c4038"/><rect x="140" y="420" width="680" height="300" fill="#d8cdb8"/>
    <path d="M520 210 l90 20 40 80 -70 60 -90 -50z" fill="#2b2320"/><path d="M120 380 h720 M190 330 h580 M260 280 h440" stroke="#5f2f29" stroke-width="6"/><rect x="420" y="500" width="120" height="220" fill="#6a5038"/>`,
  suitcase: `<rect width="960" height="720" fill="#cfd3d6"/><rect y="520" width="960" height="200" fill="#a3a8ab"/><rect x="300" y="190" width="360" height="390" rx="34" fill="#2f5d62" stroke="#1b3538" stroke-width="8"/>
    <path d="M410 190 v-80 h140 v80" fill="none" stroke="#1b3538" stroke-width="16"/><path d="M300 460 l120 -50 -40 90 110 30" fill="none" stroke="#0f1f21" stroke-width="12"/><circle cx="360" cy="600" r="24"/><circle cx="600" cy="600" r="24"/>`,
};

const VIGNETTE = `<radialGradient id="v" r=".75"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".38"/></radialGradient><rect width="960" height="720" fill="url(#v)"/>`;
// Without the grain of a cheap camera the drawings look like icons, and compress like nothing a phone makes.
const GRAIN = {
  create: { width: 640, height: 480, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 22 } },
} as const;

export type SceneName = 'rear-bumper' | 'front-left' | 'plate' | 'scene' | 'ceiling' | 'cellar' | 'roof' | 'suitcase';

/** Draws a photograph of damage: made here, of nobody's car and nobody's home. */
export async function photograph(scene: SceneName): Promise<DemoFile> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 960 720">${SCENES[scene]}${VIGNETTE}</svg>`;
  const content = await sharp(Buffer.from(svg))
    .composite([{ input: GRAIN, blend: 'soft-light' }])
    .jpeg({ quality: 74 })
    .toBuffer();
  return { name: `${scene}.jpg`, contentType: 'image/jpeg', content };
}
