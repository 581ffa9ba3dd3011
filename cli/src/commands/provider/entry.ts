import type { Capability, Client } from "@consentry/sdk";
import { governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { ACCOUNT, CLINIC } from "../../help.js";
import { orNobody, toNames, toPositive, toSwitch } from "../../options/values.js";
import { type AnnounceOption, announcedOrDone, withAnnouncing } from "../announcing.js";
import { adding } from "../writing.js";

const ACCREDITOR = "its accreditor";
const CONSORTIUM = "the consortium";
const NPI = "--system http://hl7.org/fhir/sid/us-npi --value 1234567893";
const HASH = "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

interface EntryOptions {
  name: string;
  endpoint?: string;
}

interface IdentifierOptions extends AnnounceOption {
  system: string;
  value: string;
  to: string;
}

function withProvider(command: Command): Command {
  return command.argument("<address>", "the provider");
}

function withIdentifier(command: Command): Command {
  return command
    .requiredOption("--system <uri>", "namespace of the identifier, as in FHIR")
    .requiredOption("--value <text>", "the identifier in it");
}

/** Adds `provider set-entry`. */
export const addSetEntry = adding({
  name: "set-entry",
  summary: "replace a provider's name and endpoint",
  by: "the provider, a member that manages, or its accreditor",
  takes: (command) =>
    withProvider(command)
      .requiredOption("--name <name>", "public name")
      .option("--endpoint <url>", "base URL of its FHIR server; left out, there is none any more"),
  params: ({ name, endpoint }: EntryOptions, provider: string) => ({ provider, name, endpoint }),
  action: (client) => governanceOf(client).setEntry,
  examples: [
    `${CLINIC} --name "General Hospital" --endpoint https://fhir.hospital.example/r4 --yes`,
    `${CLINIC} --name "General Hospital" --keystore accreditor.json`,
  ],
});

/** Adds `provider set-capabilities`. */
export const addSetCapabilities = adding({
  name: "set-capabilities",
  summary: "set a provider's capabilities but emergency, which is left as it is",
  by: ACCREDITOR,
  takes: (command) => withProvider(command).argument("<names>", "contribute, or none", (text) => toNames(text)),
  params: (_: unknown, provider: string, names: string[]) => ({
    provider,
    capabilities: (names.join() === "none" ? [] : names) as Capability[],
  }),
  action: (client) => governanceOf(client).setCapabilities,
  examples: [`${CLINIC} none --yes`, `${CLINIC} none --keystore accreditor.json`],
});

/** Adds `provider set-emergency`. */
export const addSetEmergency = adding({
  name: "set-emergency",
  summary: "give a provider the capability to break the glass, or take it",
  by: CONSORTIUM,
  takes: (command) => withAnnouncing(withProvider(command).argument("<on or off>", "on or off", toSwitch("on", "off"))),
  params: (_: AnnounceOption, provider: string, capable: boolean) => ({ provider, capable }),
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).setEmergency, options),
  examples: [`${CLINIC} on --announce --keystore consortium.json`, `${CLINIC} on --yes`],
});

/** Adds `provider set-identifier`. */
export const addSetIdentifier = adding({
  name: "set-identifier",
  summary: "give a provider without an identifier one that nobody has, and vouch for it",
  by: ACCREDITOR,
  takes: (command) => withIdentifier(withProvider(command)),
  params: ({ system, value }: IdentifierOptions, provider: string) => ({ provider, identifier: { system, value } }),
  action: (client) => governanceOf(client).setIdentifier,
  examples: [`${CLINIC} ${NPI} --yes`, `${CLINIC} ${NPI} --keystore accreditor.json`],
});

/** Adds `provider move-identifier`. */
export const addMoveIdentifier = adding({
  name: "move-identifier",
  summary: "move an identifier from the provider that has it to another one without",
  by: CONSORTIUM,
  takes: (command) =>
    withAnnouncing(withIdentifier(command).requiredOption("--to <address>", "that provider, or nobody")),
  params: ({ system, value, to }: IdentifierOptions) => ({ identifier: { system, value }, provider: orNobody(to) }),
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).moveIdentifier, options),
  examples: [`${NPI} --to ${CLINIC} --announce --keystore consortium.json`, `${NPI} --to nobody --yes`],
});

/** Adds `provider publish-credential`. */
export const addPublishCredential = adding({
  name: "publish-credential",
  summary: "publish the hash of a provider's credential, such as a licence",
  by: ACCREDITOR,
  takes: (command) => withProvider(command).argument("<hash>", "0x and 64 hexadecimal digits, or none"),
  params: (_: unknown, provider: string, hash: string) => ({ provider, hash }),
  action: (client) => governanceOf(client).publishCredential,
  examples: [`${CLINIC} ${HASH} --yes`, `${CLINIC} ${HASH} --keystore accreditor.json`],
});

/** Adds `provider appoint-accreditor`. */
export const addAppointAccreditor = adding({
  name: "appoint-accreditor",
  summary: "put an account behind an accreditor id, in the place of whoever stood there",
  by: CONSORTIUM,
  takes: (command) =>
    withAnnouncing(
      command
        .argument("<id>", "the accreditor id, from 1", toPositive)
        .argument("<account>", "address of the account, or nobody"),
    ),
  params: (_: AnnounceOption, accreditor: number, account: string) => ({ accreditor, account: orNobody(account) }),
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).appointAccreditor, options),
  examples: [`2 ${ACCOUNT} --announce --keystore consortium.json`, `2 ${ACCOUNT} --yes`],
});
