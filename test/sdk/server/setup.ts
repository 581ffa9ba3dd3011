import { type Client, connect, type Eip1193Wallet } from "@consentry/sdk";
import type { Asker, GuardOptions } from "@consentry/sdk/server";
import { createTestbed, type Testbed } from "@consentry/sdk/testing";

/** What a test's guard is told; the request is what both frameworks have in common. */
export interface AnyRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  params: unknown;
}

export type Options = GuardOptions<AnyRequest>;

/** What a handler answers. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or a stream of bytes. */
  body: unknown;
}

export type Handler = (id: string, request: AnyRequest) => Reply | Promise<Reply>;

/** A server with one guarded route, /fhir/Observation/:id. */
export interface Server {
  port: number;
  close(): Promise<void>;
}

export const OBSERVATION = { resourceType: "Observation", status: "final", code: { text: "Potassium" } };

const LABS = { categories: ["LABS"], purposes: ["TREAT"], until: "until-revoked" } as const;

/** A testbed whose hospital keeps records of the patient; the clinic may read the laboratory results. */
export interface World extends Testbed {
  /** Which record stands behind an id of a URL. */
  ids: Map<string, string>;
  /** A new client of the gateway, through a node that can be made to lie. */
  connectGateway: () => Promise<Liar>;
  grant: (more?: object) => Promise<unknown>;
  clinicAsks: Asker;
}

export interface Liar {
  gateway: Client;
  tell: (lie: Lie | undefined) => void;
  /** Ends whatever still waits for an answer, so that no timer outlives the test. */
  end: () => void;
}

/** Answers a request to the node in place of the node. */
export type Lie = (request: { method: string; params?: unknown }, honest: () => Promise<unknown>) => Promise<unknown>;

export async function createWorld(): Promise<World> {
  const testbed = await createTestbed();
  const { patient, hospital, clinic, gateway } = testbed.actors;
  const grant = (more: object = {}): Promise<unknown> =>
    patient.consentry.consents.grant({ ...LABS, grantee: clinic.address, actions: ["access"], ...more });
  const all = ["LABS", "NOTES", "MEDICATIONS"];
  await grant({ grantee: hospital.address, actions: ["collect"], categories: all });
  const register = async (...categories: string[]): Promise<string> => {
    const content = JSON.stringify(OBSERVATION);
    const about = { patient: patient.address, purpose: "TREAT" } as const;
    return (await hospital.consentry.records.register({ ...about, categories, content })).record;
  };
  const ids = new Map([
    ["potassium", await register("LABS")],
    ["sodium", await register("LABS")],
    ["note", await register("NOTES", "PSY")],
    ["erased", await register("LABS")],
    ["unregistered", hospital.consentry.records.newId(hospital.address)],
  ]);
  await hospital.consentry.records.erase({ record: ids.get("erased")! });
  await grant();
  const connectGateway: World["connectGateway"] = () => liar(testbed, gateway.address);
  return { ...testbed, ids, connectGateway, grant, clinicAsks: { grantee: clinic.address, purpose: "TREAT" } };
}

/** A lie that never ends. */
export const SILENCE: Lie = () => new Promise(() => undefined);

const FAILED = { blockNumber: "0x1", blockHash: `0x${"0".repeat(64)}`, gasUsed: "0x0", status: "0x0", logs: [] };

async function liar({ provider, deployment }: Testbed, account: string): Promise<Liar> {
  let lie: Lie | undefined;
  let end: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => (end = () => reject(new Error("the test is over"))));
  over.catch(() => undefined);
  const runner: Eip1193Wallet = {
    request(request) {
      const honest = (): Promise<unknown> =>
        request.method === "eth_requestAccounts" ? Promise.resolve([account]) : provider.request(request);
      return lie === undefined ? honest() : Promise.race([lie(request, honest), over]);
    },
  };
  const tell = (next: Lie | undefined): void => {
    lie = next;
  };
  const gateway = await connect({ runner, deployment });
  return {
    gateway,
    tell,
    end() {
      tell((request, honest) => (request.method === "eth_getTransactionReceipt" ? Promise.resolve(FAILED) : honest()));
      end?.();
    },
  };
}
