/** Whether white or near-black is read better on a colour (`#rrggbb`): the one with the higher contrast (WCAG 2.2, 1.4.3). */
export function inkOn(colour: string): '#ffffff' | '#14161a' {
  const light = luminance(colour);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.057 ? '#ffffff' : '#14161a';
}

/** Relative luminance of sRGB, 0 to 1 (WCAG 2.2). */
export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The style rule that gives the widget its colour. */
export function colourRule(colour: string): string {
  const safe = /^#[0-9a-f]{6}$/i.test(colour) ? colour : '#1f5eff';
  return `:host{--accent:${safe};--on-accent:${inkOn(safe)}}`;
}
