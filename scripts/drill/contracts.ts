/** The contracts by their own ABIs, for asking past the SDK. */
import type { Deployment } from "@consentry/sdk";
import type { Interface, Result } from "ethers";
import {
  AuditLog__factory as AuditLog,
  ConsentRegistry__factory as ConsentRegistry,
  ProviderRegistry__factory as ProviderRegistry,
  RecordRegistry__factory as RecordRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../../sdk/src/scopes/scope.js";
import type { Validator } from "../poa/validator.js";
import { type Told, toldBy, type Walked } from "./walk.js";

type Suite = "AuditLog" | "ConsentRegistry" | "ProviderRegistry" | "RecordRegistry";

const ABIS: Readonly<Record<Suite, Interface>> = {
  AuditLog: AuditLog.createInterface(),
  ConsentRegistry: ConsentRegistry.createInterface(),
  ProviderRegistry: ProviderRegistry.createInterface(),
  RecordRegistry: RecordRegistry.createInterface(),
};

/** Where a word stands. */
export interface Place {
  patient: string;
  grantee: string;
  scope: string;
}

/** A view of a contract, with its arguments. */
export interface Question {
  name: string;
  to: string;
  data: string;
}

/** What a contract told, in the order of the chain. */
export function eventsOf(walked: Walked, { contracts }: Deployment, name: Suite): Told[] {
  return toldBy(walked, contracts[name].address, ABIS[name]);
}

/** Where words were ever written, each place once. */
export function placesIn(walked: Walked, deployment: Deployment): Place[] {
  const places = eventsOf(walked, deployment, "ConsentRegistry").flatMap(({ name, args }) => placeOf(name, args));
  return [...new Map(places.map((place) => [nameOf(place), place])).values()];
}

/** A place in one word. */
export function nameOf({ patient, grantee, scope }: Place): string {
  return [patient, grantee, scope].join(" ");
}

function placeOf(event: string, { patient, grantee, provider, scope }: Told["args"]): Place[] {
  const to = grantee ?? provider;
  if (to === undefined) return [];
  const where = scope ?? (event === "GlassBroken" ? EMERGENCY_SCOPE : GENERAL_SCOPE);
  return [{ patient: patient as string, grantee: to as string, scope: where as string }];
}

/** What a view answers at the newest block of a node. */
export async function viewAt(
  node: Validator,
  { contracts }: Deployment,
  of: Suite,
  view: string,
  ...args: unknown[]
): Promise<Result> {
  const call = { to: contracts[of].address, data: ABIS[of].encodeFunctionData(view, args) };
  return ABIS[of].decodeFunctionResult(view, await node.ask<string>("eth_call", call, "latest"));
}

function question({ contracts }: Deployment, of: Suite, view: string, ...args: unknown[]): Question {
  const data = ABIS[of].encodeFunctionData(view, args);
  return { name: `${view}(${args.join(", ")})`, to: contracts[of].address, data };
}

/** Everything that contracts keep about whom and what the chain's events name. */
export function questionsAbout(walked: Walked, deployment: Deployment): Question[] {
  const ask = question.bind(undefined, deployment);
  const places = placesIn(walked, deployment);
  const named = (name: Suite, key: string) => [
    ...new Set(eventsOf(walked, deployment, name).flatMap(({ args }) => (args[key] as string | undefined) ?? [])),
  ];
  return [
    ...places.map(({ patient, grantee, scope }) => ask("ConsentRegistry", "termsOf", patient, grantee, scope)),
    ...named("ConsentRegistry", "patient").flatMap((patient) =>
      ["voidBeforeOf", "controllerOf", "exclusionsOf"].map((view) => ask("ConsentRegistry", view, patient)),
    ),
    ...named("ConsentRegistry", "provider").map((provider) => ask("ConsentRegistry", "emergenciesLeft", provider)),
    ...named("ProviderRegistry", "provider").flatMap((provider) =>
      ["providerOf", "profileOf", "entryOf", "encryptionKeyOf"].map((view) => ask("ProviderRegistry", view, provider)),
    ),
    ...named("ProviderRegistry", "accreditor").map((id) => ask("ProviderRegistry", "accountOf", id)),
    ...named("RecordRegistry", "record").map((record) => ask("RecordRegistry", "pointerOf", record)),
  ];
}
