import { LAST_DAY, type Scene } from "../scene.js";

/** The directory: who is a provider, and for which key records are encrypted for it. */
export async function accredit({ narrator, cast }: Scene): Promise<void> {
  const { consortium, council, hospital, clinic, insurer } = cast;
  narrator.spent(await consortium.consentry.providers.appointAccreditor({ accreditor: 1, account: council.address }));
  narrator.say(`${consortium.name} appoints ${council.name.toLowerCase()} as an accreditor, which lists:`);
  const listed = [
    { actor: hospital, kind: "organization", capabilities: ["contribute"] },
    { actor: clinic, kind: "organization", capabilities: [] },
    { actor: insurer, kind: "payer", capabilities: [] },
  ] as const;
  for (const { actor, kind, capabilities } of listed) {
    const { name, address: provider } = actor;
    const { providers } = council.consentry;
    narrator.spent(await providers.register({ provider, kind, capabilities, name, until: LAST_DAY }));
    const entry = await providers.get(provider);
    narrator.expect(entry.standing === "active", `${name}, ${kind}, is active in the directory.`);
  }
  for (const { consentry, keyPair, name } of [clinic, insurer]) {
    narrator.spent(await consentry.providers.publishEncryptionKey({ key: keyPair.publicKey }));
    narrator.say(`${name} publishes the public key to encrypt for it; the private key stays with it.`);
  }
}
