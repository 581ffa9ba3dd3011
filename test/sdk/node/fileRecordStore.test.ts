import {
  type FileHandle,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  contentHash,
  InvalidAddressError,
  InvalidDateError,
  InvalidParameterError,
  InvalidRecordIdError,
  newRecordId,
  newSalt,
} from "@consentry/sdk";
import {
  bytesOf,
  ContentHashMismatchError,
  ContentTooLongError,
  decryptRecord,
  type EncryptionKeyPair,
  InvalidEncryptionKeyError,
  KeyMissingError,
  newContentKey,
  newEncryptionKeyPair,
  unwrapKey,
  UnwrapError,
  WrapMismatchError,
} from "@consentry/sdk/crypto";
import {
  FileKeyring,
  FileRecordStore,
  NotSharedError,
  RecordDamagedError,
  RecordErasedError,
  RecordMissingError,
  RetentionError,
  StoreError,
  VersionKeptError,
} from "@consentry/sdk/node";
import { expect } from "chai";
import { toUtf8Bytes } from "ethers";
import { expectError } from "../setup.js";

const CUSTODIAN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const CLINIC = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const LAB = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const REASON = "registration refused";
const NOW = Date.now();

let root: string;
let folder: string;
let keyring: FileKeyring;
let store: FileRecordStore;
let custodian: EncryptionKeyPair;
let record: string;
const content = toUtf8Bytes('{"resourceType":"Observation"}');

const path = (version = 1) => join(folder, record, `${version}.record`);
const keysLeft = async () => (await readdir(join(root, "keys", record)).catch(() => [])).length;

before(async () => (custodian = await newEncryptionKeyPair()));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "consentry-"));
  folder = join(root, "records", "of", "hospital");
  keyring = new FileKeyring(join(root, "keys"), { keyPair: custodian });
  store = new FileRecordStore(folder, { keyring });
  record = newRecordId(CUSTODIAN);
});

afterEach(() => rm(root, { recursive: true }));

describe("FileRecordStore", () => {
  it("gives back what was put, whatever bytes", async () => {
    for (const bytes of [content, new Uint8Array(), new Uint8Array(200_000).map((_, i) => i)]) {
      record = newRecordId(CUSTODIAN);
      const salt = newSalt();
      const kept = await store.put(record, { content: bytes, salt });
      expect(kept).to.deep.include({ record, version: 1, salt, contentHash: contentHash(bytes, salt) });
      const shouted = record.toUpperCase().replace("0X", "0x");
      const got = await new FileRecordStore(folder, { keyring }).get(shouted);
      expect(got).to.deep.equal({ version: 1, content: bytes, salt, retainUntil: kept.retainUntil });
    }
  });

  it("makes a salt, and takes texts and streams", async () => {
    const { salt, contentHash: hash } = await store.put(record, { content: new Response("streamed").body! });
    expect(salt).to.match(/^0x[0-9a-f]{64}$/);
    expect(hash).to.equal(contentHash("streamed", salt));
    const opened = await store.open(record, { contentHash: hash });
    expect(new TextDecoder().decode(await bytesOf(opened.content))).to.equal("streamed");
  });

  it("keeps every version, each under a key of its own, and gives the newest", async () => {
    for (const version of [1, 2, 10]) await store.put(record, { content: `version ${version}`, version });
    expect(new TextDecoder().decode((await store.get(record)).content)).to.equal("version 10");
    for (const version of [1, 2, 10]) {
      const got = await store.get(record, { version });
      expect([got.version, new TextDecoder().decode(got.content)]).to.deep.equal([version, `version ${version}`]);
    }
    await expectError(store.get(record, { version: 3 }), RecordMissingError, { record });
    expect(await keysLeft()).to.equal(3);
  });

  it("never puts another content in the place of a version", async () => {
    const { salt } = await store.put(record, { content });
    await expectError(store.put(record, { content: "another" }), VersionKeptError, { record, version: 1 });
    expect(await store.get(record)).to.deep.include({ content, salt });
    const puts = Array.from({ length: 8 }, (_, i) => store.put(record, { content: `${i}`, version: 2 }));
    const outcomes = await Promise.allSettled(puts);
    const [kept, ...others] = outcomes.filter(({ status }) => status === "fulfilled");
    expect(others).to.have.length(0);
    expect((await store.get(record)).salt).to.equal((kept as PromiseFulfilledResult<{ salt: string }>).value.salt);
    const refused = outcomes.filter((each) => each.status === "rejected").map((each): unknown => each.reason);
    for (const reason of refused) expect(reason).to.be.instanceOf(VersionKeptError);
  });

  it("writes neither content nor salt nor key in clear, and for its owner only", async () => {
    const { salt } = await store.put(record, { content, compress: false });
    await store.share(record, { grantee: CLINIC, publicKey: custodian.publicKey });
    const names = await readdir(root, { recursive: true, withFileTypes: true });
    for (const each of names) {
      const name = join(each.parentPath, each.name);
      expect((await stat(name)).mode & 0o777, name).to.equal(each.isFile() ? 0o600 : 0o700);
      if (!each.isFile()) continue;
      const bytes = await readFile(name);
      expect(bytes.includes("Observation"), name).to.equal(false);
      expect(bytes.includes(Buffer.from(salt.slice(2), "hex")) || bytes.includes(salt.slice(2)), name).to.equal(false);
    }
    expect(await readdir(join(folder, record))).to.have.members(["1.record", `${CLINIC.toLowerCase()}.1.wrap`]);
  });

  it("tells what is missing", async () => {
    await expectError(store.get(record), RecordMissingError, { record });
    await expectError(store.release(record, CLINIC), RecordMissingError, { record });
    await expectError(store.share(record, { grantee: CLINIC, publicKey: undefined }), RecordMissingError);
    await store.withdraw(record, CLINIC);
    await store.delete(record);
    expect(await readdir(root)).to.deep.equal([]);
  });

  it("tells what is damaged: cut off, changed anywhere, or something else", async () => {
    await store.put(record, { content });
    const file = await readFile(path());
    const changed = (position: number) => file.map((byte, i) => (i === position ? byte ^ 1 : byte));
    const damaged = [new Uint8Array(), file.subarray(0, 30), file.subarray(0, -1), toUtf8Bytes("x".repeat(500))];
    const longer = Buffer.concat([file, Buffer.from(" ")]);
    for (const bytes of [...damaged, longer, ...Array.from({ length: file.length }, (_, at) => changed(at))]) {
      await writeFile(path(), bytes);
      const error: unknown = await store.get(record).then(
        ({ retainUntil }) => retainUntil,
        (reason: unknown) => reason,
      );
      // A digit of the date that is still a date, and the id of a key, are told by nothing else.
      const isDate = error instanceof Date && Math.abs(error.getTime() - NOW) > 3600_000;
      const isKnown = error instanceof RecordDamagedError || error instanceof KeyMissingError;
      expect(isDate || isKnown, String(error)).to.equal(true);
    }
  });

  it("tells a file that was put in the place of another version or record", async () => {
    const other = newRecordId(CUSTODIAN);
    await store.put(record, { content });
    await store.put(record, { content: "second", version: 2 });
    await store.put(other, { content: "other" });
    await rename(path(1), path(2));
    await expectError(store.get(record), RecordDamagedError, { record });
    await rename(join(folder, other, "1.record"), path(1));
    await expectError(store.get(record, { version: 1 }), RecordDamagedError, { record });
  });

  it("refuses a content that is not the one on the chain", async () => {
    const { contentHash: hash } = await store.put(record, { content });
    expect((await store.get(record, { contentHash: hash })).content).to.deep.equal(content);
    const wrong = contentHash(content, newSalt());
    await expectError(store.get(record, { contentHash: wrong }), ContentHashMismatchError, { expected: wrong });
    const ofErased = { contentHash: undefined as unknown as string };
    await expectError(store.get(record, ofErased), InvalidParameterError, { parameter: "contentHash" });
  });

  it("lets no other name than a record's id reach the file system", async () => {
    const names = [
      "../../etc/passwd",
      `${record}/../x`,
      `../${record}`,
      "",
      "0x03",
      `${record}\0`,
      record.replace("0x03", "0x04"),
    ];
    for (const name of names) {
      await expectError(store.put(name, { content }), InvalidRecordIdError);
      await expectError(store.get(name), InvalidRecordIdError);
      await expectError(store.open(name), InvalidRecordIdError);
      await expectError(store.share(name, { grantee: CLINIC, publicKey: custodian.publicKey }), InvalidRecordIdError);
      await expectError(store.withdraw(name, CLINIC), InvalidRecordIdError);
      await expectError(store.release(name, CLINIC), InvalidRecordIdError);
      await expectError(store.delete(name), InvalidRecordIdError);
      await expectError(keyring.get(name, newSalt()), InvalidRecordIdError);
      await expectError(keyring.destroy(name), InvalidRecordIdError);
    }
    expect(await readdir(root)).to.deep.equal([]);
  });

  it("refuses what can't be kept, and keeps nothing of it", async () => {
    const bad = [
      [{ salt: "0x12" }, "salt"],
      [{ version: 0 }, "version"],
      [{ content: 7 }, "content"],
      [{ compress: 1 }, "compress"],
      [{ sald: newSalt() }, "sald"],
    ] as const;
    for (const [change, parameter] of bad) {
      await expectError(store.put(record, { content, ...change } as never), InvalidParameterError, { parameter });
    }
    await expectError(store.put(record, { content, retainUntil: "soon" }), InvalidDateError, {
      parameter: "retainUntil",
    });
    await expectError(store.put(record, { content, retainUntil: 2n ** 48n - 1n }), InvalidDateError);
    await expectError(store.get(record), RecordMissingError);
    expect(() => new FileRecordStore("", { keyring })).to.throw(InvalidParameterError);
    expect(() => new FileRecordStore(folder, {} as never)).to.throw(InvalidParameterError);
    expect(() => new FileRecordStore(folder, { keyring, years: -1 })).to.throw(InvalidParameterError);
  });

  it("keeps nothing of a content that fails while it is read", async () => {
    async function* failing() {
      yield await Promise.resolve(new Uint8Array(500_000));
      throw new Error("The scanner stopped.");
    }
    await expectError(store.put(record, { content: failing() }), StoreError, { record });
    expect(await readdir(join(folder, record))).to.deep.equal([]);
    await store.put(record, { content });
  });

  it("says when a content is too long for the memory", async () => {
    await store.put(record, { content: "0".repeat(1_000) });
    await expectError(store.get(record, { maxLength: 999 }), ContentTooLongError, { maxLength: 999 });
    const { content: stream } = await store.open(record, { maxLength: 999 });
    await expectError(bytesOf(stream), ContentTooLongError);
    expect((await store.get(record, { maxLength: 1_000 })).content).to.have.length(1_000);
  });

  it("leaves no file open, whatever is done with what was opened", async () => {
    await store.put(record, { content: new Uint8Array(1e6), compress: false });
    await store.share(record, { grantee: CLINIC, publicKey: custodian.publicKey });
    const openFiles = async () => (await readdir("/proc/self/fd").catch(() => [])).length;
    const before = await openFiles();
    for (let i = 0; i < 10; i++) {
      await (await store.open(record)).content.cancel();
      const reader = (await store.open(record)).content.getReader();
      await reader.read();
      await reader.cancel();
      await (await store.release(record, CLINIC)).sealed.cancel();
      await store.get(record);
      await expectError(store.get(record, { version: 2 }), RecordMissingError);
      await expectError(store.delete(record), RetentionError);
    }
    expect(await openFiles()).to.be.at.most(before + 1);
  });

  it("puts the folder on the disk after moving a file into it, and after removing one", async () => {
    await store.put(record, { content });
    const inodeOf = async (name: string) => (await stat(name)).ino;
    const [records, keys] = [await inodeOf(join(folder, record)), await inodeOf(join(root, "keys", record))];
    expect(await foldersSynced(() => store.put(record, { content, version: 2 }))).to.deep.equal([keys, records]);
    const share = () => store.share(record, { grantee: CLINIC, publicKey: custodian.publicKey });
    expect(await foldersSynced(share)).to.deep.equal([records]);
    expect(await foldersSynced(() => store.withdraw(record, CLINIC))).to.deep.equal([records]);
    expect(await foldersSynced(() => store.delete(record, { reason: REASON }))).to.deep.equal([records, keys, records]);
  });

  it("keeps its folder when the working directory changes", async () => {
    const before = process.cwd();
    const here = new FileRecordStore(relative(before, folder), { keyring });
    try {
      process.chdir(root);
      await here.put(record, { content });
    } finally {
      process.chdir(before);
    }
    expect((await store.get(record)).content).to.deep.equal(content);
  });

  it("tells when the folder can't be used, and calls a record missing only when it was looked for", async () => {
    await symlink(join(root, "nowhere", "at", "all"), join(root, "dangling"));
    const dangling = new FileRecordStore(join(root, "dangling"), { keyring });
    await expectError(dangling.get(record), RecordMissingError, { record });
    await expectError(dangling.put(record, { content }), StoreError, { record });
    await writeFile(join(root, "file"), "");
    const bad = new FileRecordStore(join(root, "file"), { keyring });
    await expectError(bad.put(record, { content }), StoreError, { record });
    await expectError(bad.get(record), StoreError, { record });
  });

  describe("shares", () => {
    let clinic: EncryptionKeyPair;
    const read = async (version?: number) => {
      const { wrap, sealed, version: released } = await store.release(record, CLINIC, { version });
      const key = await unwrapKey({ wrap, keyPair: clinic, grantee: CLINIC, record, version: released });
      const decrypted = await decryptRecord({ sealed, key });
      return new TextDecoder().decode(await bytesOf(decrypted.content));
    };

    beforeEach(async () => {
      clinic = await newEncryptionKeyPair();
      await store.put(record, { content: "first" });
    });

    it("a version with a grantee, which reads it with its own key alone", async () => {
      await expectError(store.release(record, CLINIC), NotSharedError, { record, version: 1, grantee: CLINIC });
      await store.share(record, { grantee: CLINIC.toLowerCase(), publicKey: clinic.publicKey });
      expect(await read()).to.equal("first");
      await expectError(store.release(record, LAB), NotSharedError, { grantee: LAB });
    });

    it("nothing of a later version: it has a new key", async () => {
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      await store.put(record, { content: "second", version: 2 });
      await expectError(store.release(record, CLINIC), NotSharedError, { version: 2 });
      const { sealed } = await store.release(record, CLINIC, { version: 1 });
      await sealed.cancel();
      expect(await read(1)).to.equal("first");
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      expect(await read()).to.equal("second");
    });

    it("nothing any more once it is withdrawn, with that grantee and no other", async () => {
      for (const grantee of [CLINIC, LAB]) await store.share(record, { grantee, publicKey: clinic.publicKey });
      await store.withdraw(record, CLINIC);
      await expectError(store.release(record, CLINIC), NotSharedError);
      await (await store.release(record, LAB)).sealed.cancel();
    });

    it("again with the key that a grantee published anew", async () => {
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      clinic = await newEncryptionKeyPair();
      await expectError(read(), WrapMismatchError, { field: "publicKey" });
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      expect(await read()).to.equal("first");
    });

    it("nothing with whom has published no key, or is no grantee", async () => {
      const { publicKey } = clinic;
      await expectError(store.share(record, { grantee: CLINIC, publicKey: undefined }), InvalidEncryptionKeyError);
      await expectError(store.share(record, { grantee: "x", publicKey }), InvalidAddressError);
      await expectError(store.share(record, { grantee: CLINIC, publicKey, version: 7 }), RecordMissingError);
    });

    it("not the wrap of another key that was put in the place", async () => {
      await store.put(record, { content: "second", version: 2 });
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      const name = (version: number) => join(folder, record, `${CLINIC.toLowerCase()}.${version}.wrap`);
      await rename(name(2), name(1));
      await expectError(store.release(record, CLINIC, { version: 1 }), NotSharedError);
    });
  });

  describe("erases", () => {
    it("only for a reason what must be kept longer, and keeps the reason", async () => {
      const { retainUntil } = await store.put(record, { content });
      const six = new Date(NOW);
      six.setUTCFullYear(six.getUTCFullYear() + 6);
      expect(Math.abs(retainUntil.getTime() - six.getTime())).to.be.below(3600_000);
      await expectError(store.delete(record), RetentionError, { record, retainUntil });
      for (const reason of ["", " ", 7 as unknown as string]) {
        await expectError(store.delete(record, { reason }), InvalidParameterError, { parameter: "reason" });
      }
      expect((await store.get(record)).content).to.deep.equal(content);
      await store.delete(record, { reason: REASON });
      await expectError(store.get(record), RecordErasedError, { record, reason: REASON });
    });

    it("by the date of the version that must be kept longest", async () => {
      const soon = new FileRecordStore(folder, { keyring, years: 0 });
      await soon.put(record, { content });
      await soon.put(record, { content, version: 2, retainUntil: "2098-12-31" });
      await soon.put(record, { content, version: 3, retainUntil: "2001-01-01" });
      await expectError(soon.delete(record), RetentionError, { retainUntil: new Date("2099-01-01T00:00:00Z") });
    });

    it("without a reason what is past its date", async () => {
      await store.put(record, { content, retainUntil: "2001-01-01" });
      await store.delete(record);
      await expectError(store.get(record), RecordErasedError, { reason: undefined });
    });

    it("contents, wraps and keys, so that a backup of the record opens no more", async () => {
      const clinic = await newEncryptionKeyPair();
      await store.put(record, { content });
      await store.put(record, { content: "second", version: 2 });
      await store.share(record, { grantee: CLINIC, publicKey: clinic.publicKey });
      const backup = await readFile(path());
      await writeFile(`${path(3)}.0x0123456789abcdef.new`, content);
      await store.delete(record, { reason: REASON });
      expect(await readdir(join(folder, record))).to.deep.equal(["erased.json"]);
      expect(await keysLeft()).to.equal(0);
      await rm(join(folder, record, "erased.json"));
      await writeFile(path(), backup);
      await expectError(store.get(record), KeyMissingError, { record });
    });

    it("for good: nothing is put, shared or released under the id, and erasing it again changes nothing", async () => {
      await store.put(record, { content });
      await store.delete(record, { reason: REASON });
      await expectError(store.put(record, { content, version: 2 }), RecordErasedError);
      await expectError(store.share(record, { grantee: CLINIC, publicKey: custodian.publicKey }), RecordErasedError);
      await expectError(store.release(record, CLINIC), RecordErasedError);
      await store.delete(record, { reason: "another" });
      await expectError(store.get(record), RecordErasedError, { reason: REASON });
    });

    it("what is written at the same time, whichever comes first", async () => {
      for (let i = 0; i < 20; i++) {
        record = newRecordId(CUSTODIAN);
        await store.put(record, { content });
        const put = store.put(record, { content, version: 2 }).catch((error: unknown) => error);
        await new Promise((resolve) => setTimeout(resolve, i / 4));
        await store.delete(record, { reason: REASON });
        await put;
        expect(await readdir(join(folder, record))).to.deep.equal(["erased.json"]);
        expect(await keysLeft()).to.equal(0);
      }
    });

    it("no other record, and what a crash left half written", async () => {
      const other = newRecordId(CUSTODIAN);
      await store.put(other, { content });
      await store.put(record, { content });
      await rename(path(), `${path()}.0x0123456789abcdef.new`);
      await expectError(store.get(record), RecordMissingError);
      await store.delete(record);
      expect(await readdir(join(folder, record))).to.deep.equal([]);
      expect(await keysLeft()).to.equal(0);
      expect((await store.get(other)).content).to.deep.equal(content);
    });

    it("a damaged file only for a reason: how long it must be kept is not known", async () => {
      await store.put(record, { content });
      await writeFile(path(), "x");
      await expectError(store.delete(record), RecordDamagedError, { record });
      await store.delete(record, { reason: REASON });
      await expectError(store.get(record), RecordErasedError);
    });
  });
});

describe("FileKeyring", () => {
  it("opens keys with the pair that they were wrapped for, also after it was replaced", async () => {
    await store.put(record, { content });
    const [newest, stranger] = await Promise.all([newEncryptionKeyPair(), newEncryptionKeyPair()]);
    const storeOf = (keyPair: EncryptionKeyPair, older: EncryptionKeyPair[]) =>
      new FileRecordStore(folder, { keyring: new FileKeyring(join(root, "keys"), { keyPair, older }) });
    expect((await storeOf(newest, [custodian]).get(record)).content).to.deep.equal(content);
    await storeOf(newest, [custodian]).put(record, { content: "second", version: 2 });
    expect((await storeOf(newest, []).get(record)).version).to.equal(2);
    await expectError(storeOf(stranger, [newest]).get(record, { version: 1 }), WrapMismatchError, {
      field: "publicKey",
    });
    const lying = { ...stranger, publicKey: custodian.publicKey };
    await expectError(storeOf(lying, []).get(record, { version: 1 }), UnwrapError);
  });

  it("tells a key that is missing, and one that was put in the place of another", async () => {
    const [one, other] = [1, 2].map((version) => newContentKey({ record, version }));
    await expectError(keyring.get(record, one!.id), KeyMissingError, { record, key: one!.id });
    for (const key of [one!, other!]) await keyring.add(key);
    expect((await keyring.get(record, one!.id)).id).to.equal(one!.id);
    const name = (id: string) => join(root, "keys", record, `${id}.key`);
    await rename(name(one!.id), name(other!.id));
    await expectError(keyring.get(record, other!.id), WrapMismatchError, { field: "key" });
    await keyring.destroy(record);
    await keyring.destroy(record);
    await expectError(keyring.get(record, other!.id), KeyMissingError);
  });

  it("refuses what is no key pair", async () => {
    const none = new FileKeyring(join(root, "keys"), { keyPair: {} as EncryptionKeyPair });
    await expectError(none.add(newContentKey({ record, version: 1 })), InvalidParameterError, { parameter: "keyPair" });
    expect(() => new FileKeyring("", { keyPair: custodian })).to.throw(InvalidParameterError);
  });
});

/** The folders that an action syncs, by their inodes, in order. */
async function foldersSynced(action: () => Promise<unknown>): Promise<number[]> {
  const handle = await open(tmpdir());
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const inodes: number[] = [];
  const original = Object.getOwnPropertyDescriptor(prototype, "sync")!;
  const sync = original.value as FileHandle["sync"];
  const recording = async function (this: FileHandle) {
    const found = await this.stat();
    if (found.isDirectory()) inodes.push(found.ino);
    await sync.call(this);
  };
  Object.defineProperty(prototype, "sync", { ...original, value: recording });
  try {
    await action();
  } finally {
    Object.defineProperty(prototype, "sync", original);
  }
  return inodes;
}
