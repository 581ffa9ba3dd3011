import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { type EndInput, toEnd } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf, toList } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { providerEvents, type ProviderRegistered } from "./events.js";
import { abilitiesToBits, CAPABILITIES, type Capability, KINDS, type ProviderKind } from "./names.js";

/** What an accreditor states when it lists a provider. */
export interface RegisterProviderParams {
  /** The provider's address: its name for ever. */
  provider: string;
  kind: ProviderKind;
  /** `contribute`, or nothing; only the consortium gives `emergency`. */
  capabilities?: readonly Capability[] | undefined;
  /** Exclusive; a date includes that day. `"until-revoked"`: it ends only when somebody ends it. */
  until: EndInput;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
  /** Public name of the organization or practitioner. */
  name: string;
  /** Base URL of its FHIR server, if it has one. */
  endpoint?: string | undefined;
}

const PROVIDER_KEYS = [
  "provider",
  "kind",
  "capabilities",
  "until",
  "timeZone",
  "name",
  "endpoint",
] as const satisfies readonly (keyof RegisterProviderParams)[];

/**
 * Lists a provider in the directory, active at once. By an accreditor.
 *
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
 * @throws NotAccreditorError, ProviderExistsError, InvalidCapabilitiesError, InvalidExpiryError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.register({
 *   provider,
 *   kind: "organization",
 *   capabilities: ["contribute"],
 *   until: "2029-12-31",
 *   name: "General Hospital",
 *   endpoint: "https://fhir.hospital.example/r4",
 * });
 */
export async function register(
  context: Context,
  params: RegisterProviderParams,
): Promise<WriteResult<ProviderRegistered>> {
  return send(context, await registerRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event) => event.type === "ProviderRegistered"),
  );
}

/** Builds the transaction of {@link register} without sending it. */
export async function registerRequest(
  { providers }: Context,
  params: RegisterProviderParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, PROVIDER_KEYS);
  const { until, timeZone, capabilities = [] } = params;
  const names = toList(capabilities, "capabilities").map((each, i) => oneOf(CAPABILITIES, each, `capabilities[${i}]`));
  const registration = {
    provider: toParty(params.provider, "provider"),
    kind: KINDS.indexOf(oneOf(KINDS, params.kind, "kind")),
    capabilities: abilitiesToBits(names),
    expiresAt: toEnd(until, "until", timeZone),
    name: toName(params.name),
    endpoint: toEndpoint(params.endpoint),
  };
  return unsigned(providers.register.populateTransaction(registration));
}

/** A public name; throws {@link InvalidParameterError}. */
export function toName(name: unknown): string {
  if (typeof name === "string" && name.trim() !== "") return name;
  throw new InvalidParameterError("name", "a public name");
}

/** The base URL of a FHIR server, empty for none; throws {@link InvalidParameterError}. */
export function toEndpoint(endpoint: string | undefined): string {
  if (endpoint === undefined) return "";
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return endpoint;
  throw new InvalidParameterError("endpoint", "an http(s) URL");
}
