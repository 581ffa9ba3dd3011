/**
 * Makes keys and settings of a Besu network for network/besu/compose.yaml, which README.md beside it explains. DIR is outside
 * the repository; nothing in it is written over.
 *
 *     npm run network:besu -- --out DIR --chain-id N --account 0x...          all nodes, on this machine
 *     npm run network:besu -- --out DIR --node validator1 --host 192.0.2.11   this machine's node among those of other hospitals
 *     npm run network:besu -- --out DIR --chain-id N --account 0x... --validator enode://... --peer enode://...
 *                                                                             what all those have in common
 *
 * `--account`, `--validator` and `--peer` may be repeated; `--origin` names a page that may ask the RPC node from a browser.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { addressOf } from "./besu/enode.js";
import { OWNER, requireOutside, writeFiles } from "./besu/files.js";
import { networkFiles } from "./besu/network.js";
import { NODES, isValidator, makeNode } from "./besu/node.js";
import { OperatorError, runCommand } from "./deployment/errors.js";

const USAGE =
  "Usage: npm run network:besu -- --out DIR, then --chain-id N --account 0x... [--validator enode://... --peer enode://...], or --node NAME --host ADDRESS.";

const many = { type: "string", multiple: true, default: [] as string[] } as const;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: "string" },
        "chain-id": { type: "string" },
        node: { type: "string" },
        host: { type: "string", default: "" },
        account: many,
        validator: many,
        peer: many,
        origin: many,
      },
    });
    if (values.out === undefined) throw new Error("--out is missing.");
    return { ...values, out: resolve(values.out) };
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

type Options = ReturnType<typeof readOptions>;

/** What compose is told of this machine; the first node here writes it. */
function environment(out: string): Record<string, string> {
  if (existsSync(join(out, ".env"))) return {};
  const { uid, gid } = OWNER;
  return { ".env": `BESU_DIR=${out}\nBESU_UID=${uid}\nBESU_GID=${gid}\nRPC_HOST=127.0.0.1\nRPC_PORT=8443\n` };
}

function networkOf(options: Options, validators: readonly string[], peers: readonly string[]) {
  return networkFiles({ chainId: Number(options["chain-id"]), accounts: options.account, validators, peers });
}

function makeAll(options: Options): void {
  const nodes = Object.entries(NODES).map(([name, host]) => ({ name, ...makeNode(name, host, options.origin) }));
  const enodes = (which: boolean) => nodes.filter(({ name }) => isValidator(name) === which).map(({ enode }) => enode);
  const shared = networkOf(options, enodes(true), enodes(false));
  const files = Object.assign(
    {},
    environment(options.out),
    shared,
    ...nodes.map(({ files }) => files),
  ) as typeof shared;
  writeFiles(
    options.out,
    files,
    nodes.flatMap(({ folders }) => folders),
  );
  for (const { name, enode } of nodes) console.log(`${name.padEnd(10)} ${addressOf(enode)}`);
}

function makeOne(options: Options, name: string): void {
  const { enode, files, folders } = makeNode(name, options.host, options.origin);
  writeFiles(options.out, { ...environment(options.out), ...files }, folders);
  console.log(`${name} is ${addressOf(enode)}. The others need this line of it:\n${enode}`);
}

function makeShared(options: Options): void {
  const files = networkOf(options, options.validator, options.peer);
  writeFiles(options.out, files, []);
  console.log("Everybody must have the same:");
  for (const [path, text] of Object.entries(files)) {
    console.log(`${createHash("sha256").update(text).digest("hex")}  ${path}`);
  }
}

await runCommand(() => {
  const options = readOptions();
  requireOutside(options.out);
  if (options.node !== undefined) makeOne(options, options.node);
  else if (options.validator.length > 0) makeShared(options);
  else makeAll(options);
});
