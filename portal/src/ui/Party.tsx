import { ANY_PROVIDER } from "@consentry/sdk";
import { useDirectory } from "../chain/queries.js";
import { useNicknames } from "../session/nicknames.js";
import { useSessions } from "../session/SessionProvider.js";
import { useTexts } from "../texts/TextsProvider.js";
import { plainName } from "./plainName.js";

/** An address in few characters. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** The name of an address, as the directory has it, or else the reader; the address itself if it has none. */
export function useNameOf(): (address: string) => string {
  const { data: directory } = useDirectory();
  const { session } = useSessions();
  const { common } = useTexts();
  const nicknames = useNicknames();
  return (address) => {
    if (address === ANY_PROVIDER) return common.anyProvider;
    if (address === session?.account) return common.you;
    return plainName(directory?.get(address)?.name ?? nicknames[address] ?? "") || shortAddress(address);
  };
}

/** Somebody, by name; the whole address shows on hover and to screen readers. */
export function Party({ address }: { address: string }) {
  const name = useNameOf()(address);
  return (
    <span className="party" title={address}>
      {name}
    </span>
  );
}
