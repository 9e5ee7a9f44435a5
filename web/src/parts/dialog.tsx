// A question over the page: keeps the keyboard inside, closes with Escape, gives the focus back.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Given {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: Given) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    // Safari before 15.4 knows no dialogs: there it is a box in its place on the page.
    const modal = dialog !== null && typeof dialog.showModal === 'function';
    if (modal && !dialog.open) dialog.showModal();
    else dialog?.setAttribute('open', '');
    return () => {
      if (modal) dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={box} aria-label={title} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}
