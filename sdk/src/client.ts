import { type AuditActions, auditOf } from "./audit/actions.js";
import { type ConsentActions, consentsOf } from "./consents/actions.js";
import type { Context } from "./context.js";
import type { Deployment } from "./deployments/types.js";
import { InvalidParameterError } from "./errors/input.js";
import { type LinkActions, linksOf } from "./links/actions.js";
import { type PasskeyActions, passkeysOf } from "./passkeys/actions.js";
import { type PatientActions, patientsOf } from "./patients/actions.js";
import { type ProviderActions, providersOf } from "./providers/actions.js";
import { type RecordActions, recordsOf } from "./records/actions.js";
import { type RelayActions, relayOf } from "./relay/actions.js";
import { type RequestActions, requestsOf } from "./requests/actions.js";
import { bind } from "./writes/action.js";
import { type MinedTransaction, wait } from "./writes/wait.js";

/** What `connect` returns: every action, bound to one deployment. */
export interface Client {
  /** The chain that the client talks to, as its id. */
  chainId: number;
  /** The contracts that the client talks to, as `connect` verified them. */
  deployment: Deployment;
  /** What patients allow and withdraw, and whether something is allowed. */
  consents: ConsentActions;
  /** Who speaks for a patient, and how a lost key is replaced. */
  patients: PatientActions;
  /** Pointers to records and hashes of them; the records stay with their custodians. */
  records: RecordActions;
  /** The directory of providers, their standing and their members. */
  providers: ProviderActions;
  /** Who asked for what, and what the answer was. */
  audit: AuditActions;
  /** What providers ask patients for. */
  requests: RequestActions;
  /** How a patient proves to an EHR that an address is theirs. */
  links: LinkActions;
  /** Delivers what others signed. */
  relay: RelayActions;
  /** Passkeys as patients: who they are, and how they sign. */
  passkeys: PasskeyActions;
  /** Waits for a transaction that was sent, where a write could not wait so long. */
  wait: (hash: string) => Promise<MinedTransaction>;
}

const contexts = new WeakMap<Client, Context>();

/** Binds the actions to a context; all that they do is in their own files. */
export function createClient(context: Context): Client {
  const { deployment } = context;
  const client = {
    chainId: deployment.chainId,
    deployment,
    consents: consentsOf(context),
    patients: patientsOf(context),
    records: recordsOf(context),
    providers: providersOf(context),
    audit: auditOf(context),
    requests: requestsOf(context),
    links: linksOf(context),
    relay: relayOf(context),
    passkeys: passkeysOf(context),
    wait: bind(context, wait),
  };
  contexts.set(client, context);
  return client;
}

/** The context of a client that `connect` made; throws {@link InvalidParameterError} for anything else. */
export function contextOfClient(client: Client): Context {
  const context = contexts.get(client);
  if (context === undefined) throw new InvalidParameterError("client", "what `connect` returned");
  return context;
}

/** Makes a client forget what it wrote and signed: for a chain that was put back to an earlier state, as tests do. */
export function forgetWrites(client: Client): void {
  const context = contextOfClient(client);
  context.transport.confirmed.clear();
  context.lastStamps.clear();
  context.sender?.forget();
}
