import type { DemoFile } from './pictures';

const RATE = 8_000;

/** A few seconds of a voice behind a wall, as WAV: two formants that rise and fall in syllables. Nobody's words, but something to play. */
export function voice(name: string, seconds: number): DemoFile {
  const samples = Math.round(seconds * RATE);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) wav.writeInt16LE(Math.round(sample(n / RATE) * 9_000), 44 + n * 2);
  return { name, contentType: 'audio/wav', content: wav };
}

function sample(t: number): number {
  const syllable = Math.max(0, Math.sin(Math.PI * 2 * 2.6 * t)) ** 0.6;
  const phrase = Math.sin(Math.PI * Math.min(1, (t % 2.4) / 2)) > 0.15 ? 1 : 0;
  const pitch = 165 + 22 * Math.sin(Math.PI * 2 * 0.9 * t);
  const glottis = [1, 2, 3, 4, 5].reduce(
    (sum, harmonic) => sum + Math.sin(Math.PI * 2 * pitch * harmonic * t) / (harmonic * (harmonic === 3 ? 0.6 : 1)),
    0,
  );
  return syllable * phrase * glottis * 0.4;
}
