import sharp from 'sharp';

/** A PNG of that size, in one colour. */
export const png = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();

/** A JPEG as phones take them lying down: wider than high in its bytes, upright by its orientation mark. */
export const turnedJpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#a53a3a' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** The beginning of a HEIC picture as an iPhone writes it: enough to be known as one, too little to be decoded. */
export const heic = (): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4), Buffer.from('mif1heic'), Buffer.alloc(200)]);

/** The file that every virus scanner must find; put together here, so that none finds this source. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''), 'latin1');
