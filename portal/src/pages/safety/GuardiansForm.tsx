import { type Guardians, newGuardians, type PatientState } from "@consentry/sdk";
import { type SubmitEvent, useState } from "react";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { AddressList } from "./AddressList.js";
import { readAddress } from "./addresses.js";
import { FormActions } from "./FormActions.js";
import { KeepGuardians } from "./KeepGuardians.js";
import { NumberField } from "./NumberField.js";

interface GuardiansFormProps {
  state: PatientState;
  onClose: () => void;
}

const MOST_DAYS = 30;

/** Names guardians: who, how many of them, how long it waits; then what they must keep. */
export function GuardiansForm({ state, onClose }: GuardiansFormProps) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  const [accounts, setAccounts] = useState<readonly string[]>(["", "", ""]);
  const [threshold, setThreshold] = useState("2");
  const [days, setDays] = useState("7");
  const [isTried, setTried] = useState(false);
  const [made, setMade] = useState<Guardians>();
  const problems = useProblems(accounts, state.patient);
  const isThreshold = isWithin(threshold, accounts.length);
  const isDelay = isWithin(days, MOST_DAYS);

  const make = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    const found = accounts.map(readAddress).filter((each) => each !== undefined);
    if (problems.some((each) => each !== undefined) || !isThreshold || !isDelay) return;
    setMade(newGuardians({ patient: state.patient, accounts: found, threshold: Number(threshold) }));
  };
  if (made !== undefined) return <KeepGuardians guardians={made} days={Number(days)} state={state} onClose={onClose} />;
  return (
    <form className="form" noValidate aria-label={texts.name} onSubmit={make}>
      <AddressList accounts={accounts} onChange={setAccounts} problems={isTried ? problems : []} />
      <NumberField
        label={texts.threshold}
        hint={texts.thresholdHint}
        value={threshold}
        most={accounts.length}
        onChange={setThreshold}
        problem={isTried && !isThreshold ? texts.badThreshold : undefined}
      />
      <NumberField
        label={texts.delay}
        hint={texts.delayHint}
        value={days}
        most={MOST_DAYS}
        onChange={setDays}
        problem={isTried && !isDelay ? texts.badDelay : undefined}
      />
      <FormActions submit={texts.make} onCancel={onClose} />
    </form>
  );
}

function isWithin(value: string, most: number): boolean {
  const number = Number(value);
  return value.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= most;
}

/** What is wrong with each of the guardians. */
function useProblems(accounts: readonly string[], patient: string): (string | undefined)[] {
  const { safety } = useTexts();
  const { account: own } = useSession();
  const found = accounts.map(readAddress);
  return found.map((address, i) => {
    if (address === undefined) return safety.address.bad;
    if (address === patient) return safety.address.patient;
    if (address === own) return safety.address.own;
    return found.indexOf(address) < i ? safety.address.twice : undefined;
  });
}
