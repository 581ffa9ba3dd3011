import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTexts } from "../texts/TextsProvider.js";

interface DialogProps {
  title: string;
  /** Escape, the close button. */
  onClose: () => void;
  children: ReactNode;
  wide?: boolean | undefined;
}

/** A modal dialog: the browser keeps the focus in it and gives it back. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const { common } = useTexts();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog?.open === false) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label={common.close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
