import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  bytesOf,
  decryptRecord,
  exportEncryptionKeyPair,
  newEncryptionKeyPair,
  unwrapKey,
} from "@consentry/sdk/crypto";
import {
  FileKeyring,
  FileRecordStore,
  NotSharedError,
  RecordErasedError,
  RecordMissingError,
} from "@consentry/sdk/node";
import { expect } from "chai";

const CLINIC = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const KILLS = 25;
/** Bytes of a content: enough that writing it takes a while. */
const LENGTH = 300_000;

/** Puts, amends, shares, withdraws and erases one record after the other, and says before and after each what it does. */
const PROGRAM = `
import { writeSync } from "node:fs";
import { join } from "node:path";
import { newRecordId } from "@consentry/sdk";
import { importEncryptionKeyPair } from "@consentry/sdk/crypto";
import { FileKeyring, FileRecordStore } from "@consentry/sdk/node";

const [root, jwk] = process.argv.slice(1);
const keyPair = await importEncryptionKeyPair(JSON.parse(jwk));
const store = new FileRecordStore(join(root, "records"), { keyring: new FileKeyring(join(root, "keys"), { keyPair }) });
const grantee = "${CLINIC}";
async function act(record, name, action) {
  writeSync(1, "begin " + name + " " + record + "\\n");
  await action();
  writeSync(1, "done " + name + " " + record + "\\n");
}
for (;;) {
  const record = newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  const put = (version) => store.put(record, { content: new Uint8Array(${LENGTH}).fill(version), version, compress: false });
  await act(record, "first", () => put(1));
  await act(record, "share", () => store.share(record, { grantee, publicKey: keyPair.publicKey }));
  await act(record, "second", () => put(2));
  if (record.endsWith("0") || record.endsWith("1")) continue;
  await act(record, "withdraw", () => store.withdraw(record, grantee));
  await act(record, "erase", () => store.delete(record, { reason: "asked for" }));
}
`;

type Step = "first" | "share" | "second" | "withdraw" | "erase";

/** How far each record came: the last step that was acknowledged, and one that may have been under way. */
interface Progress {
  done: Set<Step>;
  begun: Set<Step>;
}

describe("a store whose process is killed", function () {
  this.timeout(300_000);

  it("has the old state or the new one, and all that was acknowledged", async () => {
    const root = await mkdtemp(join(tmpdir(), "consentry-"));
    const keyPair = await newEncryptionKeyPair({ extractable: true });
    const jwk = JSON.stringify(await exportEncryptionKeyPair(keyPair));
    const progress = new Map<string, Progress>();
    for (let i = 0; i < KILLS; i++) note(progress, await runAndKill(root, jwk, (i * 41) % 250));
    const store = new FileRecordStore(join(root, "records"), {
      keyring: new FileKeyring(join(root, "keys"), { keyPair }),
    });

    /** What a version holds; throws unless it is whole. */
    const contentOf = async (record: string, version: number) => {
      const { content } = await store.get(record, { version });
      expect(content.length).to.equal(LENGTH);
      expect(content.every((byte) => byte === version)).to.equal(true);
    };
    /** What the grantee reads with its own key. */
    const readShared = async (record: string) => {
      const { wrap, sealed } = await store.release(record, CLINIC, { version: 1 });
      const key = await unwrapKey({ wrap, keyPair, grantee: CLINIC, record, version: 1 });
      expect(await bytesOf((await decryptRecord({ sealed, key })).content)).to.have.length(LENGTH);
    };
    /** Whether it happened: it must have if it was acknowledged, it can't have before it began. */
    const happened = async (
      record: string,
      step: Step,
      undone: abstract new (...args: never) => Error,
      try_: () => Promise<void>,
    ) => {
      const { done, begun } = progress.get(record)!;
      const error: unknown = await try_().catch((e: unknown) => e);
      if (error !== undefined) expect(error, `${step} ${record}`).to.be.instanceOf(undone);
      if (done.has(step)) expect(error, `${step} ${record}`).to.equal(undefined);
      if (!begun.has(step)) expect(error, `${step} ${record}`).to.be.instanceOf(undone);
      return error === undefined;
    };

    let interrupted = 0;
    for (const [record, { done, begun }] of progress) {
      if (begun.size > done.size) interrupted++;
      const error: unknown = await store.get(record).catch((e: unknown) => e);
      if (error instanceof RecordErasedError) {
        expect(begun.has("erase"), record).to.equal(true);
        await store.delete(record);
        expect(await readdir(join(root, "records", record))).to.deep.equal(["erased.json"]);
        expect(await readdir(join(root, "keys", record))).to.deep.equal([]);
        continue;
      }
      expect(done.has("erase"), record).to.equal(false);
      const isThere = await happened(record, "first", RecordMissingError, () => contentOf(record, 1));
      if (!isThere) continue;
      await happened(record, "second", RecordMissingError, () => contentOf(record, 2));
      if (!begun.has("withdraw")) await happened(record, "share", NotSharedError, () => readShared(record));
      const isWithdrawn = done.has("withdraw");
      if (isWithdrawn) expect(await readShared(record).catch((e: unknown) => e)).to.be.instanceOf(NotSharedError);
    }
    expect(progress.size).to.be.above(KILLS);
    expect(interrupted).to.be.above(KILLS / 3);
    await rm(root, { recursive: true });
  });
});

/** Runs the program, and kills it so many milliseconds after its first step. Returns what it said. */
function runAndKill(root: string, jwk: string, after: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, root, jwk]);
    let said = "";
    let failure = "";
    child.stdout.on("data", (data: Buffer) => {
      if (said === "") setTimeout(() => child.kill("SIGKILL"), after);
      said += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => (failure += data.toString()));
    child.on("close", (_code, signal) => {
      if (signal === "SIGKILL") resolve(said);
      else reject(new Error(failure));
    });
  });
}

function note(progress: Map<string, Progress>, said: string): void {
  for (const [, when, step, record] of said.matchAll(/^(begin|done) (\w+) (0x\w{64})$/gm)) {
    const of = progress.get(record!) ?? { done: new Set<Step>(), begun: new Set<Step>() };
    of[when === "done" ? "done" : "begun"].add(step as Step);
    progress.set(record!, of);
  }
}
