// A photograph of the place: taken by the camera, blacked out by a finger, drawn anew and small.  What the camera wrote
// beside the picture (place, time, maker) is never in what is drawn; the blackened parts are gone, not covered.
import { useEffect, useRef, useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { post_picture } from './outbox_page';
import { w } from './words';

const kMostPixels = 1600; // of the longer side
const kQuality = 0.8;
const kBrush = 0.045; // of the longer side: about a face at some paces

type Stroke = { x: number; y: number }[]; // in pixels of the canvas

// Upright, as browsers of 2021 and later draw an image element.
function read_image(file: Blob): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.onload = () => done(image);
    image.onerror = () => failed(new Error('no image'));
    image.addEventListener('load', () => setTimeout(() => URL.revokeObjectURL(address), 60_000));
    image.src = address;
  });
}

function draw(canvas: HTMLCanvasElement, image: HTMLImageElement, strokes: Stroke[]): void {
  const longer = Math.max(image.naturalWidth, image.naturalHeight);
  const scale = Math.min(1, kMostPixels / longer);
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  pen.strokeStyle = '#000';
  pen.lineCap = pen.lineJoin = 'round';
  pen.lineWidth = Math.max(canvas.width, canvas.height) * kBrush;
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach(({ x, y }, n) => (n === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    const first = stroke[0];
    if (stroke.length === 1 && first !== undefined) pen.lineTo(first.x + 0.1, first.y);
    pen.stroke();
  }
}

function Brush({ image, onUse, onAgain }: { image: HTMLImageElement; onUse: (picture: Blob) => void; onAgain: () => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, set_strokes] = useState<Stroke[]>([]);
  const going = useRef<Stroke | null>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, image, strokes);
  }, [image, strokes]);

  const place = (event: PointerEvent): { x: number; y: number } => {
    const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    const field = event.currentTarget as HTMLCanvasElement;
    return { x: ((event.clientX - box.left) / box.width) * field.width, y: ((event.clientY - box.top) / box.height) * field.height };
  };
  const use = (): void => canvas.current?.toBlob((picture) => { if (picture !== null) onUse(picture); }, 'image/jpeg', kQuality);
  return (
    <div>
      <p>{w('photo_brush')}</p>
      <canvas ref={canvas} class="photo" role="img" aria-label={w('photo_alt')}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          going.current = [place(event)];
          set_strokes([...strokes, going.current]);
        }}
        onPointerMove={(event) => {
          const stroke = going.current;
          if (stroke === null || canvas.current === null) return;
          stroke.push(place(event));
          draw(canvas.current, image, strokes);
        }}
        onPointerUp={() => { going.current = null; }} onPointerCancel={() => { going.current = null; }} />
      <div class="row">
        <button type="button" class="main" onClick={use}>{w('photo_use')}</button>
        <button type="button" disabled={strokes.length === 0} onClick={() => set_strokes(strokes.slice(0, -1))}>{w('photo_undo')}</button>
        <button type="button" onClick={onAgain}>{w('photo_again')}</button>
      </div>
    </div>
  );
}

// `reportKey`: of a report in the outbox; the photograph waits there until that one is accepted.
export function TakePhoto({ reportKey }: { reportKey: string }) {
  const camera = useRef<HTMLInputElement>(null);
  const [image, set_image] = useState<HTMLImageElement | null>(null);
  const [broken, set_broken] = useState('');
  const took = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    set_broken('');
    try {
      set_image(await read_image(file));
    } catch {
      set_broken(w('photo_broken'));
    }
  };
  const use = async (picture: Blob): Promise<void> => {
    try {
      await post_picture(reportKey, picture);
      set_image(null);
    } catch {
      set_broken(w('not_saved'));
    }
  };
  return (
    <>
      {image === null && <p class="soft">{w('photo_hint')}</p>}
      <label class={image === null ? 'button' : 'visually-hidden'}>
        {w('photo')}
        <input ref={camera} class="visually-hidden" type="file" accept="image/*" capture="environment" onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          void took(file);
          event.currentTarget.value = '';
        }} />
      </label>
      {broken !== '' && <p class="error" role="alert">{broken}</p>}
      {image !== null && <Brush image={image} onUse={(picture) => void use(picture)} onAgain={() => { set_image(null); camera.current?.click(); }} />}
      {image !== null && <p><button type="button" class="quiet" onClick={() => set_image(null)}>{c('cancel')}</button></p>}
    </>
  );
}
