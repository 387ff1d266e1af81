import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

/** A PDF that is open in this browser. */
export interface PaperDocument {
  readonly pages: number;
  /** Draws a page (from 1), `scale` 1 being as wide as `width` pixels of the screen. Resolves when it is there; a later call ends an earlier one. */
  draw(
    canvas: HTMLCanvasElement,
    how: { readonly page: number; readonly width: number; readonly scale: number; readonly turn: number },
  ): Promise<void>;
  close(): void;
}

/** Fetches and opens a PDF. Nothing in it runs: scripts and forms are not read, and the policy of the page allows no eval. */
export async function openPaper(href: string): Promise<PaperDocument> {
  const task = getDocument({ url: href, isEvalSupported: false, useWasm: false, enableXfa: false, withCredentials: true });
  const document = await task.promise;
  let drawing: { cancel(): void } | undefined;
  return {
    pages: document.numPages,
    async draw(canvas, how) {
      drawing?.cancel();
      drawing = await render(document, canvas, how);
    },
    close: () => void task.destroy(),
  };
}

async function render(
  document: PDFDocumentProxy,
  canvas: HTMLCanvasElement,
  { page: number, width, scale, turn }: { page: number; width: number; scale: number; turn: number },
): Promise<{ cancel(): void }> {
  const page = await document.getPage(number);
  const rotation = (page.rotate + turn) % 360;
  const fit = width / page.getViewport({ scale: 1, rotation }).width;
  // As sharp as the screen is; more than four megapixels per side a browser refuses.
  const viewport = page.getViewport({ scale: Math.min(fit * scale * window.devicePixelRatio, 6), rotation });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.style.width = `${width * scale}px`;
  canvas.style.height = 'auto';
  const task = page.render({ canvas, viewport });
  await task.promise.catch((error: { name?: string }) => {
    if (error.name !== 'RenderingCancelledException') throw error;
  });
  return task;
}
