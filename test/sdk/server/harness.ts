import type { ConsentryError, HistoryEntry } from "@consentry/sdk";
import { expect } from "chai";
import { frameworks } from "./frameworks.js";
import { type Answer, send } from "./http.js";
import { createWorld, type Handler, type Liar, OBSERVATION, type Options, type Server, type World } from "./setup.js";

export const answer: Handler = () => ({ body: OBSERVATION });

/** A server whose guard asks in the clinic's name, and what it did. */
export class Harness {
  world!: World;
  liar!: Liar;
  server: Server | undefined;
  /** What the guard told about that was not released. */
  refusals: ConsentryError[] = [];
  /** How often the handler ran. */
  handled = 0;

  constructor(private readonly serve: (typeof frameworks)[string]) {}

  /** Starts the server, with these changes to what its guard is told. */
  readonly start = async (changes: object = {}, handler: Handler = answer): Promise<void> => {
    const options = {
      consentry: this.liar.gateway,
      identify: () => this.world.clinicAsks,
      record: ({ params }: { params: { id: string } }) => this.world.ids.get(params.id),
      onRefusal: (error: ConsentryError) => this.refusals.push(error),
      ...changes,
    };
    this.server = await this.serve(options as unknown as Options, (name, request) => {
      this.handled += 1;
      return handler(name, request);
    });
  };

  readonly get = (name: string, method = "GET", headers: string[] = []): Promise<Answer> =>
    send(this.server!.port, `/fhir/Observation/${name}`, method, headers);

  /** What is answered where nothing is. */
  readonly absence = (method = "GET"): Promise<Answer> => this.get("nothing-is-here", method);

  readonly expectAbsent = async (asked: Promise<Answer>): Promise<void> => {
    const { bytes, status } = await asked;
    expect(status).to.equal(404);
    expect(bytes).to.equal((await this.absence()).bytes);
  };

  /** The log on the chain. */
  readonly entries = (): Promise<HistoryEntry[]> => this.world.actors.gateway.consentry.audit.history().all();

  readonly logged = async (): Promise<unknown[]> =>
    (await this.entries()).map(({ decision, record }) => [decision, record]);
}

/** The same tests for each framework, on a chain that is put back after each. */
export function forEachFramework(title: string, tests: (harness: Harness) => void): void {
  for (const [framework, serve] of Object.entries(frameworks)) {
    describe(`${title} (${framework})`, function () {
      this.timeout(30_000);
      const harness = new Harness(serve);
      let restore: () => Promise<void>;

      before(async () => {
        harness.world = await createWorld();
        restore = await harness.world.snapshot();
      });
      after(() => harness.world.close());
      beforeEach(async () => {
        harness.liar = await harness.world.connectGateway();
        harness.refusals = [];
        harness.handled = 0;
      });
      afterEach(async () => {
        harness.liar.end();
        await harness.server?.close();
        await restore();
      });

      tests(harness);
    });
  }
}
