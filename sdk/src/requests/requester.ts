import type { Context } from "../context.js";
import { NotActingForError } from "../errors/contract/providers.js";
import { RequesterNotActiveError } from "../errors/requests.js";
import { get, type ListedProvider } from "../providers/get.js";
import { abilitiesToBits } from "../providers/names.js";
import { blockOf } from "../reads/blockOf.js";

/** To ask in an organization's name takes what it takes to read in its name. */
const READ = abilitiesToBits(["read"]);

/**
 * The provider that asks, active, and for which the account may read.
 *
 * @throws RequesterNotActiveError, NotActingForError
 */
export async function requireRequester(context: Context, provider: string, account: string): Promise<ListedProvider> {
  const { providers } = context;
  const at = { blockTag: (await blockOf(context)).number };
  const [listed, acts] = await Promise.all([get(context, provider), providers.actsFor(account, provider, READ, at)]);
  if (!listed.active) throw new RequesterNotActiveError(provider);
  if (!acts) throw new NotActingForError({ member: account, organization: provider, ability: READ });
  return listed;
}
