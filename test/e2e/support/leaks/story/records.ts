import { newSalt } from "@consentry/sdk";
import { bytesOf, encryptRecord, newContentKey } from "@consentry/sdk/crypto";
import type { Stage } from "./stage.js";

/** Of each type of resource so many are registered, and of all of them everything is looked for. */
const OF_EACH_TYPE = 12;
const AT_ONCE = 20;

/** The hospital keeps the records; the chain gets pointers. Returns their ids. */
export async function collect(stage: Stage): Promise<string[]> {
  const { as, address: patient, secrets } = stage;
  const resources = sample(stage);
  const ids: string[] = [];
  for (let i = 0; i < resources.length; i += AT_ONCE) {
    const records = resources.slice(i, i + AT_ONCE).map((resource) => {
      return { patient, resource, content: JSON.stringify(resource) };
    });
    const registered = await as.hospital.records.registerMany({ purpose: "TREAT", records });
    for (const { record, salt } of registered.records) {
      ids.push(record);
      secrets.salt(salt, "the salt of a record");
    }
  }
  await sealed(stage, resources[0]!);
  return ids;
}

function sample({ bundle }: Stage): object[] {
  const seen = new Map<string, number>();
  const resources = bundle.entry.map(({ resource }) => resource);
  return resources.filter(({ resourceType }) => {
    const count = seen.get(resourceType) ?? 0;
    seen.set(resourceType, count + 1);
    return count < OF_EACH_TYPE;
  });
}

/** One record has its locator on the chain, encrypted for who may know it; it is corrected, labelled and erased. */
async function sealed({ as, address: patient, secrets, published }: Stage, resource: object): Promise<void> {
  const { records } = as.hospital;
  const [salt, next] = [newSalt(), newSalt()].map((each) => secrets.salt(each, "the salt of a sealed record"));
  const { resourceType, id } = resource as { resourceType: string; id?: string };
  const locator = secrets.text(`${published.endpoint}/${resourceType}/${id}`);
  const content = JSON.stringify(resource);
  const registered = await records.register({ patient, resource, content, salt, purpose: "TREAT" });
  const sealedLocator = await seal(registered.record, locator);
  await records.amend({ record: registered.record, content: `${content}\n`, salt: next, sealedLocator });
  await records.addLabels({ record: registered.record, categories: ["PSY"] });
  await records.erase({ record: registered.record });
}

async function seal(record: string, locator: string): Promise<Uint8Array> {
  const key = newContentKey({ record, version: 2 });
  return bytesOf(encryptRecord({ content: locator, salt: newSalt(), key }));
}
