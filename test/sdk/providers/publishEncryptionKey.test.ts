import {
  InvalidParameterError,
  type ListedProvider,
  NotActingForError,
  ProviderNotActiveError,
  ProviderUnknownError,
} from "@consentry/sdk";
import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
import { expect } from "chai";
import { getBytes } from "ethers";
import { expectError, fixtures, sent } from "../setup.js";

describe("providers.publishEncryptionKey", () => {
  it("publishes the key of a provider, replaces it and removes it", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    const published = async () => ((await as.stranger.providers.get(provider)) as ListedProvider).encryptionKey;
    const [first, second] = await Promise.all([newEncryptionKeyPair(), newEncryptionKeyPair()]);
    const type = "EncryptionKeyChanged";

    const { events } = await as.clinic.providers.publishEncryptionKey({ key: first.publicKey });
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({ type, provider, key: first.publicKey, by: provider });
    expect(await published()).to.equal(first.publicKey);

    await as.clinic.providers.publishEncryptionKey({ provider, key: getBytes(second.publicKey) });
    expect(await published()).to.equal(second.publicKey);

    const removed = await as.clinic.providers.publishEncryptionKey({ key: "none" });
    expect(removed.events[0]).to.deep.include({ type, provider, key: undefined });
    expect(await published()).to.equal(undefined);
  });

  it("lets a member that manages publish, and no other, and never the accreditor", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    const { publicKey: key } = await newEncryptionKeyPair();
    const member = { organization: provider, member: signers.stranger.address, until: "until-revoked" } as const;
    await as.clinic.providers.setMember({ ...member, abilities: ["read"] });
    await expectError(as.stranger.providers.publishEncryptionKey({ provider, key }), NotActingForError);
    await expectError(as.accreditor.providers.publishEncryptionKey({ provider, key }), NotActingForError);
    await as.clinic.providers.setMember({ ...member, abilities: ["manage"] });
    const { events } = await as.stranger.providers.publishEncryptionKey({ provider, key });
    expect(events[0]).to.deep.include({ provider, key, by: signers.stranger.address });
  });

  it("is refused to whom the directory does not list, or not as active", async () => {
    const { as, signers } = await fixtures.accredited();
    const { publicKey: key } = await newEncryptionKeyPair();
    const unlisted = as.stranger.providers.publishEncryptionKey({ key }).catch((error: unknown) => error);
    expect(await unlisted).to.satisfy(
      (error: unknown) => error instanceof ProviderNotActiveError || error instanceof ProviderUnknownError,
    );
    await as.accreditor.providers.suspend({ provider: signers.clinic.address });
    await expectError(as.clinic.providers.publishEncryptionKey({ key }), ProviderNotActiveError);
  });

  it("sends nothing for what is no key, and builds without sending", async () => {
    const { as, signers } = await fixtures.accredited();
    const before = await sent(signers.clinic);
    for (const key of ["0x12", `0x${"00".repeat(32)}`, "None", undefined as unknown as string]) {
      await expectError(as.clinic.providers.publishEncryptionKey({ key }), InvalidParameterError, { parameter: "key" });
    }
    const { publicKey } = await newEncryptionKeyPair();
    const request = await as.clinic.providers.publishEncryptionKey.request({ key: publicKey });
    expect(request).to.have.keys("to", "data");
    expect(await sent(signers.clinic)).to.equal(before);
  });
});
