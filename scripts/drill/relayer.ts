/** The relayer's file is lost: what patients signed is posted again, by those who signed it, and delivered once. */
import { setTimeout as sleep } from "node:timers/promises";
import { rmSync } from "node:fs";
import { type Relayer, startRelayer } from "@consentry/relayer";
import { connect, type SignedStatementOf } from "@consentry/sdk";
import { Wallet } from "ethers";
import type { PoaChain } from "../poa/chain.js";
import { type Check, compare, type Found } from "./check.js";

/** The relayer's account, which nobody else uses. */
const PAYER = 11;
const PATIENTS = 6;
const PAUSE = 200;

type Statement = SignedStatementOf<"Grants">;

/** Half is delivered when the file is lost, half is somewhere on its way. */
export async function loseRelayer(chain: PoaChain, grantee: string, database: string): Promise<Check> {
  const statements = await Promise.all(Array.from({ length: PATIENTS }, () => sign(chain, grantee)));
  const before = await start(chain, database);
  for (const statement of statements.slice(0, PATIENTS / 2)) await delivered(before, statement);
  for (const statement of statements.slice(PATIENTS / 2)) await post(before, statement);
  await before.close();
  for (const file of [database, `${database}-wal`, `${database}-shm`]) rmSync(file, { force: true });
  const after = await start(chain, database);
  try {
    for (const statement of statements) await delivered(after, statement);
  } finally {
    await after.close();
  }
  return compare(
    "What was posted again to a relayer that lost its file was delivered once.",
    said(statements),
    await heard(chain, statements),
  );
}

async function sign({ deployment, provider }: PoaChain, grantee: string): Promise<Statement> {
  const runner = new Wallet(Wallet.createRandom().privateKey, provider);
  const { consents } = await connect({ runner, deployment });
  return consents.grant.sign({
    grantee,
    categories: ["LABS"],
    purposes: ["TREAT"],
    actions: ["access"],
    until: "until-revoked",
  });
}

function start({ account, deployment }: PoaChain, database: string): Promise<Relayer> {
  return startRelayer({ runner: account(PAYER), deployment, database, port: 0, log: { write: () => undefined } });
}

async function post({ url }: Relayer, statement: Statement): Promise<{ id: string; state: string }> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/statements`, { method: "POST", headers, body: JSON.stringify(statement) });
  const body = (await answer.json()) as { id: string; state: string };
  if (!answer.ok) throw new Error(`The relayer refused a statement: ${JSON.stringify(body)}`);
  return body;
}

async function delivered(relayer: Relayer, statement: Statement): Promise<void> {
  const { id, state } = await post(relayer, statement);
  let answer = { state };
  while (answer.state !== "done") {
    await sleep(PAUSE);
    answer = (await (await fetch(`${relayer.url}/statements/${id}`)).json()) as { state: string };
    if (answer.state === "failed") throw new Error(`A statement was not delivered: ${JSON.stringify(answer)}`);
  }
}

/** What the patients hold. */
function said(statements: readonly Statement[]): Found {
  return new Map(statements.map(({ message }) => [message.patient, [new Date(Number(message.issuedAt))]]));
}

/** What the chain holds. */
async function heard({ deployment, provider }: PoaChain, statements: readonly Statement[]): Promise<Found> {
  const { consents } = await connect({ runner: provider, deployment });
  const heard = new Map<string, Date[]>();
  for (const { message } of statements) {
    const events = await consents.history({ patient: message.patient });
    heard.set(
      message.patient,
      events.flatMap((event) => ("statedAt" in event ? [event.statedAt] : [])),
    );
  }
  return heard;
}
