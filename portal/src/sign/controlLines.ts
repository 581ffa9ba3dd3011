import { categoriesFromBits, type Messages, type StatementType } from "@consentry/sdk";
import { ZeroHash } from "ethers";
import { useSessions } from "../session/SessionProvider.js";
import { useCodeNames, useLanguage, useTexts } from "../texts/TextsProvider.js";
import { useNameOf } from "../ui/Party.js";
import { momentText } from "../ui/dates.js";

/** What is said about who decides: all that is no consent and no withdrawal. */
export type ControlType = Exclude<StatementType, "Grants" | "Revocations" | "RevokeAll">;

const DAY = 86_400;
/** The end that stands for none: the greatest number of 48 bits. */
const NO_END = String(2 ** 48 - 1);

/** What is said about who decides, in the reader's words: everything in it that a reader can judge. */
export function useControlLines(): (type: ControlType, message: object) => string[] {
  const describe = useDescribers();
  const time = useTime();
  const { control } = useTexts().sign;
  return (type, message) => {
    const line = (describe[type] as (message: object) => string)(message);
    const { deadline } = message as { deadline?: string };
    return deadline === undefined ? [line] : [line, control.deadline(time(deadline))];
  };
}

type Describers = { [Type in ControlType]: (message: Messages[Type]) => string };

function useDescribers(): Describers {
  const { control } = useTexts().sign;
  const { categories } = useCodeNames();
  const { session } = useSessions();
  const nameOf = useNameOf();
  const time = useTime();
  const whose = (patient: string): string => {
    return patient === session?.account ? control.own : control.of(nameOf(patient));
  };
  const list = (bits: string): string =>
    categoriesFromBits(BigInt(bits))
      .map((name) => categories[name])
      .join(", ");
  return {
    TransferControl: ({ patient, controller }) => control.transfer(whose(patient), nameOf(controller)),
    AcceptControl: ({ patient }) => control.accept(whose(patient)),
    CreateDependent: () => control.create,
    AppointRepresentative: ({ patient, representative, since, until }) => {
      const from = since === "0" ? control.atOnce : time(since);
      const end = until === NO_END ? control.untilDismissed : time(until);
      return control.appoint(nameOf(representative), whose(patient), from, end);
    },
    DismissRepresentative: ({ patient, representative }) => control.dismiss(nameOf(representative), whose(patient)),
    SetExclusions: ({ patient, categories: bits }) =>
      bits === "0" ? control.excludeNothing(whose(patient)) : control.exclude(whose(patient), list(bits)),
    SetGuardians: ({ patient, commitment, delay }) =>
      commitment === ZeroHash
        ? control.noGuardians(whose(patient))
        : control.guardians(whose(patient), Number(delay) / DAY),
    ApproveRecovery: ({ patient, controller }) => control.approve(nameOf(controller), whose(patient)),
    CancelRecovery: ({ patient }) => control.cancel(whose(patient)),
  };
}

/** Unix seconds in the reader's words. */
function useTime(): (seconds: string) => string {
  const { language } = useLanguage();
  return (seconds) => momentText(new Date(Number(seconds) * 1_000), language);
}
