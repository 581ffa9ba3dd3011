import {
  accountOf,
  type Authenticators,
  connect,
  createPasskey,
  InvalidParameterError,
  InvalidSignatureError,
  type Passkey,
  PasskeyError,
  UserRejectedError,
} from "@consentry/sdk";
import { expect } from "chai";
import { ethers, expectError } from "../setup.js";
import { signing, transported } from "../signing/world.js";
import { SoftwareAuthenticator } from "./authenticator.js";

const WHERE = { name: "My health data", rpId: "portal.example" };

/** A patient who has nothing but a passkey. */
async function withPasskey(authenticators: Authenticators = new SoftwareAuthenticator()) {
  const world = await signing();
  const page = await connect({ runner: ethers.provider, deployment: world.deployment });
  const passkey = await createPasskey({ ...WHERE, authenticators });
  const by = page.passkeys.signer(passkey, authenticators);
  const patient = page.passkeys.accountOf(passkey);
  const question = { patient, grantee: world.labs.grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const permitted = async () => (await world.as.clinic.consents.decide(question)).permitted;
  return { ...world, page, passkey, by, account: patient, permitted };
}

describe("Passkeys", () => {
  it("are patients: grant and withdraw without a wallet, a fee or an extension", async () => {
    const { as, page, by, account, labs, permitted } = await withPasskey();
    const signed = transported(await page.consents.grant.sign(labs, { by }));
    expect(signed.message.patient).to.equal(account);
    expect(accountOf(signed.signer)).to.equal(account);
    const { events } = await as.stranger.relay.submit(signed);
    expect(events[0]).to.include({ type: "ConsentGranted", patient: account, by: account });
    expect(await permitted()).to.be.true;
    await as.stranger.relay.submit(await page.consents.revoke.sign({ grantee: labs.grantee }, { by }));
    expect(await permitted()).to.be.false;
  });

  it("sign with either s, as authenticators do: ten in a row are valid", async () => {
    const { as, page, by } = await withPasskey();
    for (let i = 0; i < 10; i++) await as.stranger.relay.verify(await page.consents.revokeAll.sign({}, { by }));
  });

  it("survive as plain JSON with nothing secret in it", async () => {
    const authenticators = new SoftwareAuthenticator();
    const { as, page, passkey, labs } = await withPasskey(authenticators);
    expect(passkey).to.have.all.keys("credentialId", "publicKey", "rpId");
    const kept = JSON.parse(JSON.stringify(passkey)) as Passkey;
    const by = page.passkeys.signer(kept, authenticators);
    await as.stranger.relay.submit(await page.consents.grant.sign(labs, { by }));
  });

  it("that do not verify their user are not heard", async () => {
    const { as, page, by, labs } = await withPasskey(new SoftwareAuthenticator({ flags: 0x01 }));
    const signed = await page.consents.grant.sign(labs, { by });
    await expectError(as.stranger.relay.submit(signed), InvalidSignatureError);
  });

  it("a refusal of the user is told apart", async () => {
    const { page, passkey, labs } = await withPasskey();
    const by = page.passkeys.signer(passkey, new SoftwareAuthenticator());
    await expectError(page.consents.grant.sign(labs, { by }), UserRejectedError);
  });

  it("what goes wrong is a typed error", async () => {
    const { page, passkey, labs } = await withPasskey();
    const failing = (answer: () => Promise<unknown>): Authenticators => ({ create: answer, get: answer });
    const wrong: Authenticators[] = [
      failing(() => Promise.reject(new Error("out of order"))),
      failing(() => Promise.resolve(null)),
      new SoftwareAuthenticator({ algorithm: -257 }),
      new SoftwareAuthenticator({ curve: "secp256k1" }),
    ];
    for (const authenticators of wrong) await expectError(createPasskey({ ...WHERE, authenticators }), PasskeyError);
    for (const authenticators of wrong.slice(0, 2)) {
      await expectError(
        page.consents.grant.sign(labs, { by: page.passkeys.signer(passkey, authenticators) }),
        PasskeyError,
      );
    }
    await expectError(
      createPasskey({ ...WHERE, authenticators: failing(() => Promise.reject(aborted())) }),
      UserRejectedError,
    );
    await expectError(createPasskey(WHERE), PasskeyError);
    await expectError(createPasskey({ name: "a page", authenticators: new SoftwareAuthenticator() }), PasskeyError);
    await expectError(createPasskey({ ...WHERE, rpid: "x" } as never), InvalidParameterError);
  });

  it("a signature that is none is refused before anybody pays", async () => {
    const broken: ((der: Buffer) => Buffer)[] = [
      (der) => der.subarray(0, -1),
      (der) => Buffer.concat([der, Buffer.from([0])]),
      (der) => Buffer.concat([Buffer.from([0x31]), der.subarray(1)]),
      (der) => Buffer.concat([der.subarray(0, 2), Buffer.from([0x03]), der.subarray(3)]),
      () => Buffer.from([0x30, 0x04, 0x02, 0x00, 0x02, 0x00]),
      () => Buffer.alloc(0),
    ];
    for (const seal of broken) {
      const { page, by } = await withPasskey(new SoftwareAuthenticator({ seal }));
      await expectError(page.consents.revokeAll.sign({}, { by }), PasskeyError);
    }
  });

  it("a key of another form is refused", async () => {
    const { page, passkey } = await withPasskey();
    for (const publicKey of ["0x", passkey.publicKey.slice(0, -2), `${passkey.publicKey}00`]) {
      expect(() => page.passkeys.accountOf({ ...passkey, publicKey })).to.throw(InvalidParameterError);
      expect(() => page.passkeys.signer({ ...passkey, publicKey })).to.throw(InvalidParameterError);
    }
  });
});

function aborted(): Error {
  return Object.assign(new Error("too late"), { name: "AbortError" });
}
