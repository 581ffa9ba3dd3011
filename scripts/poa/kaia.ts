/**
 * All that is particular to the client: to have another one, such as Besu, write these functions, and `install.ts`, anew.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { computeAddress } from "ethers";

/** What the validators of a chain agree upon. */
export interface ChainParams {
  chainId: number;
  /** Seconds from one block to the next. */
  blockTime: number;
}

/** Where a validator is. */
export interface Seat {
  /** For all that it keeps. */
  folder: string;
  rpcPort: number;
  /** On which validators talk to each other. */
  peerPort: number;
}

/** A command, and what it is started with. */
export interface Command {
  program: string;
  args: string[];
}

const HOST = "127.0.0.1";

/** What everybody has, in the folder of the chain, and what only a validator has. */
const [GENESIS, PEERS, KEY] = ["genesis.json", "static-nodes.json", "key"];

/** The parts of the genesis that are changed. */
interface Genesis {
  config: Record<string, unknown> & { governance: Record<string, unknown> };
}

/** Of the public Kaia: other beacons of chance, and two redistributions of its coin. */
const NOT_HERE = ["randaoCompatibleBlock", "randaoRegistry", "kip103CompatibleBlock", "kip160CompatibleBlock"];

/** Gas costs nothing, however much is used. */
const FREE = {
  lowerboundbasefee: 0,
  upperboundbasefee: 0,
  gastarget: 30_000_000,
  maxblockgasusedforbasefee: 60_000_000,
  basefeedenominator: 20,
};

/** Makes the validators' keys and the genesis, which names them, and prepares their folders. */
export function found(programs: string, folder: string, { chainId }: ChainParams, seats: readonly Seat[]): void {
  const output = join(folder, "setup");
  const chain = ["--chainID", String(chainId), "--governance", "--reward-mint-amount", "0"];
  const setup = ["setup", "--gen-type", "deploy", "--cn-num", String(seats.length), ...chain, "--output", output];
  run(join(programs, "homi"), setup);
  const genesis = readJson(join(output, "common", "genesis.json")) as Genesis;
  writeFileSync(join(folder, GENESIS), JSON.stringify(ours(genesis)));
  const peers = readJson(join(output, "common", PEERS)) as string[];
  const local = peers.map((peer, i) => peer.replace(/@[^?]*/, `@${HOST}:${seats[i]?.peerPort}`));
  writeFileSync(join(folder, PEERS), JSON.stringify(local));
  seats.forEach((seat, i) => {
    const made = join(output, `cn${String(i + 1).padStart(2, "0")}`, "validator");
    const { Nodekey } = readJson(made) as { Nodekey: string };
    prepare(programs, folder, seat, Nodekey);
  });
}

/** Leaves a validator that does not run nothing but its key and what everybody has: genesis and peers. */
export function leaveKey(programs: string, folder: string, seat: Seat): void {
  const key = readFileSync(join(seat.folder, KEY), "utf8");
  rmSync(seat.folder, { recursive: true });
  prepare(programs, folder, seat, key);
}

function prepare(programs: string, folder: string, seat: Seat, key: string): void {
  mkdirSync(seat.folder, { recursive: true });
  copyFileSync(join(folder, PEERS), join(seat.folder, PEERS));
  writeFileSync(join(seat.folder, KEY), key, { mode: 0o600 });
  run(join(programs, "kcn"), ["init", "--datadir", seat.folder, join(folder, GENESIS)]);
}

/** How a validator is started: it listens on this machine only, and speaks with nobody but the other validators. */
export function commandOf(programs: string, { chainId, blockTime }: ChainParams, seat: Seat): Command {
  const { folder, rpcPort, peerPort } = seat;
  const options = {
    datadir: folder,
    nodekey: join(folder, KEY),
    rewardbase: computeAddress(`0x${readFileSync(join(folder, KEY), "utf8")}`),
    networkid: chainId,
    "block-generation-interval": blockTime,
    // Every state is kept, and no block is lost by being killed.
    gcmode: "archive",
    rpcaddr: HOST,
    rpcport: rpcPort,
    rpcapi: "eth,net,web3",
    port: peerPort,
    // It listens everywhere, and hangs up on whoever is not on this machine.
    netrestrict: "127.0.0.0/8",
    nat: "none",
    "cache.level": "saving",
    "cache.memory": 16,
    "db.leveldb.cache-size": 16,
    "state.cache-size": 16,
  };
  const switches = ["--rpc", "--ipcdisable", "--nodiscover", "--ntp.disable"];
  const pairs = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { program: join(programs, "kcn"), args: [...pairs, ...switches] };
}

function ours(genesis: Genesis): Genesis {
  const kept = Object.entries(genesis.config).filter(([name]) => !NOT_HERE.includes(name));
  const governance = { ...genesis.config.governance, kip71: FREE };
  return { ...genesis, config: { ...Object.fromEntries(kept), governance } };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args[0] ?? ""} failed: ${stderr}`);
}
