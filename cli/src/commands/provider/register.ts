import type { Capability, ProviderKind, RegisterProviderParams } from "@consentry/sdk";
import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { CLINIC, examples } from "../../help.js";
import { act } from "../../options/act.js";
import type { GlobalOptions } from "../../options/globals.js";
import { toEnd, toNames } from "../../options/values.js";
import { withSending, write, type WriteOptions } from "../write.js";

interface RegisterOptions extends WriteOptions {
  kind: string;
  name: string;
  until: string | number;
  timeZone?: string;
  capabilities?: string[];
  endpoint?: string;
}

/** Adds `provider register`. */
export function addRegister(provider: Command, done: (code: ExitCode) => void): void {
  const command = withSending(provider.command("register"))
    .summary("list a provider in the directory")
    .description("List a provider in the directory, active at once. By an accreditor.")
    .argument("<address>", "the provider: its name for ever")
    .requiredOption("--kind <kind>", "organization, practitioner, researcher, payer, application or device")
    .requiredOption("--name <name>", "public name")
    .requiredOption(
      "--until <time>",
      "end of its accreditation: a date (that day included), a time, or until-revoked",
      toEnd,
    )
    .option("--time-zone <zone>", "where the day of --until ends, as Europe/Berlin; UTC if left out")
    .option("--capabilities <names>", "contribute, or nothing", (text, before?: string[]) => toNames(text, before))
    .option("--endpoint <url>", "base URL of its FHIR server")
    .addHelpText(
      "after",
      examples(
        `consentry provider register ${CLINIC} --kind organization --name "General Hospital" --until 2098-12-31 --capabilities contribute --yes`,
        `consentry provider register ${CLINIC} --kind practitioner --name "Dr. Ada Example" --until until-revoked --keystore accreditor.json`,
      ),
    );
  act(command, done, register);
}

async function register(options: RegisterOptions & GlobalOptions, address: string): Promise<ExitCode> {
  const params = paramsOf(options, address);
  return write(options, {
    does: "Register a provider",
    shows: Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    action: ({ providers }) => providers.register,
    params,
  });
}

/** As they were typed: the SDK tells what is no kind and no capability. */
function paramsOf(options: RegisterOptions, provider: string): RegisterProviderParams {
  const { kind, name, until, timeZone, capabilities, endpoint } = options;
  return {
    provider,
    kind: kind as ProviderKind,
    name,
    until,
    timeZone,
    capabilities: capabilities as Capability[] | undefined,
    endpoint,
  };
}
