import { ANY_PROVIDER } from "@consentry/sdk";
import { type SubmitEvent, useId, useState } from "react";
import { useDirectory } from "../chain/queries.js";
import { callIt, useNicknames } from "../session/nicknames.js";
import { useSession } from "../session/SessionProvider.js";
import { useTexts } from "../texts/TextsProvider.js";
import { Dialog } from "./Dialog.js";
import { shortAddress } from "./Party.js";
import { plainName } from "./plainName.js";

const LONGEST = 40;

/** Lets the reader name an account that is in no directory, for this browser only. */
export function NameButton({ address }: { address: string }) {
  const { common } = useTexts();
  const { account } = useSession();
  const { data: directory } = useDirectory();
  const label = useNicknames()[address] === undefined ? common.nickname.give : common.nickname.change;
  const [isOpen, setOpen] = useState(false);
  const isNamed = directory === undefined || directory.has(address) || address === ANY_PROVIDER;
  if (isNamed || address === account) return null;
  return (
    <>
      <button type="button" aria-label={`${label}: ${shortAddress(address)}`} onClick={() => setOpen(true)}>
        {label}
      </button>
      {isOpen && <NameDialog address={address} close={() => setOpen(false)} />}
    </>
  );
}

function NameDialog({ address, close }: { address: string; close: () => void }) {
  const { common } = useTexts();
  const { nickname } = common;
  const present = useNicknames()[address] ?? "";
  const [name, setName] = useState(present);
  const id = useId();
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    callIt(address, plainName(name));
    close();
  };
  return (
    <Dialog title={nickname.give} onClose={close}>
      <form className="field" onSubmit={save}>
        <p>
          <code>{address}</code>
        </p>
        <label htmlFor={id}>{nickname.label}</label>
        <input
          id={id}
          value={name}
          maxLength={LONGEST}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setName(target.value)}
        />
        <p id={`${id}-hint`} className="muted">
          {nickname.stays}
        </p>
        <footer className="dialog-actions">
          <button type="button" onClick={close}>
            {common.cancel}
          </button>
          <button type="submit" className="primary">
            {nickname.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
