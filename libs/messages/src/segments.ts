/** How a text travels as SMS: its alphabet, its length in that alphabet's units, and the parts that are paid for. */
export interface SmsSegments {
  /** `gsm-7`: units are septets; `ucs-2`: UTF-16 code units. One character outside of GSM-7 turns the whole text to UCS-2. */
  readonly encoding: 'gsm-7' | 'ucs-2';
  readonly units: number;
  readonly segments: number;
  /** Units that still fit into the last segment. */
  readonly left: number;
}

// 3GPP TS 23.038 §6.2.1, the default alphabet; without ESC, which only introduces the extension table.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
// 3GPP TS 23.038 §6.2.1.1: each is an escape and a character, two septets that may not be parted.
const EXTENDED = new Set('^{}\\[~]|€\f');

// A part of a longer message gives six octets to the header that joins it (TS 23.040 §9.2.3.24): 7 septets, or 3 UTF-16 units.
const ROOM = { 'gsm-7': { alone: 160, joined: 153 }, 'ucs-2': { alone: 70, joined: 67 } } as const;

/** Counts the SMS segments of a text (3GPP TS 23.038). An empty text is one empty segment. */
export function smsSegments(text: string): SmsSegments {
  const characters = [...text];
  const encoding = characters.every((one) => BASIC.has(one) || EXTENDED.has(one)) ? 'gsm-7' : 'ucs-2';
  const widths = characters.map((one) => (encoding === 'ucs-2' ? one.length : EXTENDED.has(one) ? 2 : 1));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = ROOM[encoding];
  if (units <= alone) return { encoding, units, segments: 1, left: alone - units };
  return { encoding, units, ...fill(widths, joined) };
}

/** Fills parts one after the other; a character that does not fit whole begins the next part. */
function fill(widths: readonly number[], room: number): { segments: number; left: number } {
  let segments = 1;
  let left = room;
  for (const width of widths) {
    if (width > left) {
      segments += 1;
      left = room;
    }
    left -= width;
  }
  return { segments, left };
}
