import { type FileHandle, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { InvalidParameterError, InvalidRecordIdError, newRecordId, newSalt } from "@consentry/sdk";
import { FileRecordStore, RecordDamagedError, RecordMissingError, StoreError } from "@consentry/sdk/node";
import { expect } from "chai";
import { toUtf8Bytes } from "ethers";
import { expectError } from "../setup.js";

const CUSTODIAN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("FileRecordStore", () => {
  let root: string;
  let folder: string;
  let store: FileRecordStore;
  const record = newRecordId(CUSTODIAN);
  const stored = { content: toUtf8Bytes('{"resourceType":"Observation"}'), salt: newSalt() };
  const path = () => join(folder, `${record}.record`);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "consentry-"));
    folder = join(root, "records", "of", "hospital");
    store = new FileRecordStore(folder);
  });

  afterEach(() => rm(root, { recursive: true }));

  it("gives back what was put, whatever bytes", async () => {
    await store.put(record, stored);
    expect(await store.get(record)).to.deep.equal(stored);
    const other = { content: new Uint8Array(100_000).map((_, i) => i), salt: newSalt() };
    await store.put(newRecordId(CUSTODIAN), other);
    const empty = { content: new Uint8Array(), salt: newSalt() };
    await store.put(record, empty);
    expect(await new FileRecordStore(folder).get(record.toUpperCase().replace("0X", "0x"))).to.deep.equal(empty);
  });

  it("leaves no temporary files, and is readable by its owner only", async () => {
    await Promise.all(Array.from({ length: 20 }, () => store.put(record, { ...stored, salt: newSalt() })));
    expect(await readdir(folder)).to.deep.equal([`${record}.record`]);
    expect((await stat(path())).mode & 0o777).to.equal(0o600);
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    await store.get(record);
  });

  it("tells what is missing, before and after deleting", async () => {
    await expectError(store.get(record), RecordMissingError, { record });
    await store.delete(record);
    await store.put(record, stored);
    await store.delete(record);
    await expectError(store.get(record), RecordMissingError, { record });
    await store.delete(record);
  });

  it("tells what is damaged: cut off, changed, or something else", async () => {
    await store.put(record, stored);
    const file = await readFile(path());
    const changed = (position: number) => file.map((byte, i) => (i === position ? byte ^ 1 : byte));
    const damaged = [new Uint8Array(), file.subarray(0, 30), file.subarray(0, -1), toUtf8Bytes("x".repeat(500))];
    for (const bytes of [...damaged, ...[0, 20, 60, file.length - 1].map(changed)]) {
      await writeFile(path(), bytes);
      await expectError(store.get(record), RecordDamagedError, { record });
    }
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
      await expectError(store.put(name, stored), InvalidRecordIdError);
      await expectError(store.get(name), InvalidRecordIdError);
      await expectError(store.delete(name), InvalidRecordIdError);
    }
    expect(await readdir(root)).to.deep.equal([]);
  });

  it("refuses a salt or a content that is none, and keeps what it had", async () => {
    await store.put(record, stored);
    await expectError(store.put(record, { ...stored, salt: "0x12" }), InvalidParameterError, { parameter: "salt" });
    const content = 7 as unknown as Uint8Array;
    await expectError(store.put(record, { ...stored, content }), InvalidParameterError, { parameter: "content" });
    expect(await store.get(record)).to.deep.equal(stored);
  });

  it("destroys what a crash left of a record, and of no other", async () => {
    const other = newRecordId(CUSTODIAN);
    await store.put(record, stored);
    await store.put(other, stored);
    const leftOf = (id: string) => `${id}.record.0x0123456789abcdef.new`;
    for (const id of [record, other]) await writeFile(join(folder, leftOf(id)), stored.content);
    await store.delete(record);
    expect(await readdir(folder)).to.have.members([`${other}.record`, leftOf(other)]);
    await store.put(record, stored);
    await rm(path());
    await writeFile(join(folder, leftOf(record)), stored.content);
    await store.delete(record);
    expect(await readdir(folder)).to.have.members([`${other}.record`, leftOf(other)]);
  });

  it("puts the folder on the disk after moving a file into it, and after removing one", async () => {
    const above = join(root, "records");
    const first = await foldersSynced(() => store.put(record, stored));
    const inodeOf = async (folder: string) => (await stat(folder)).ino;
    expect(first).to.deep.equal(await Promise.all([join(above, "of"), above, root, folder].map(inodeOf)));
    const inFolder = [await inodeOf(folder)];
    expect(await foldersSynced(() => store.put(record, stored))).to.deep.equal(inFolder);
    expect(await foldersSynced(() => store.delete(record))).to.deep.equal(inFolder);
  });

  it("keeps its folder when the working directory changes", async () => {
    const before = process.cwd();
    const here = new FileRecordStore(relative(before, folder));
    try {
      process.chdir(root);
      await here.put(record, stored);
    } finally {
      process.chdir(before);
    }
    expect(await store.get(record)).to.deep.equal(stored);
  });

  it("refuses a folder without a name", () => {
    for (const name of ["", undefined as unknown as string]) {
      expect(() => new FileRecordStore(name))
        .to.throw(InvalidParameterError)
        .with.property("parameter", "folder");
    }
  });

  it("keeps a large content without many copies of it, as it was when it was put", async () => {
    const content = new Uint8Array(20e6).map((_, i) => i * 31);
    const expected = content.slice();
    const before = process.memoryUsage().heapUsed;
    const put = store.put(record, { ...stored, content });
    expect(process.memoryUsage().heapUsed - before).to.be.below(2 * content.length);
    content.fill(0);
    await put;
    const { content: kept } = await store.get(record);
    expect(Buffer.compare(kept, expected)).to.equal(0);
  });

  it("calls a record missing only when it was looked for", async () => {
    await symlink(join(root, "nowhere", "at", "all"), join(root, "dangling"));
    const dangling = new FileRecordStore(join(root, "dangling"));
    await expectError(dangling.get(record), RecordMissingError, { record });
    await expectError(dangling.put(record, stored), StoreError, { record });
    await dangling.delete(record);
  });

  it("tells when the folder can't be used", async () => {
    await writeFile(join(root, "file"), "");
    const bad = new FileRecordStore(join(root, "file"));
    await expectError(bad.put(record, stored), StoreError, { record });
    await expectError(bad.get(record), StoreError, { record });
  });
});

/** The folders that an action syncs, by their inodes, in order. */
async function foldersSynced(action: () => Promise<void>): Promise<number[]> {
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
