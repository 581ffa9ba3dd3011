import { type Client, ReorganisedError } from "@consentry/sdk";

/** The line to the chain. */
export class Line {
  readonly #open: () => Promise<Client>;
  #client: Client;

  constructor(client: Client, open: () => Promise<Client>) {
    this.#client = client;
    this.#open = open;
  }

  /**
   * Does something with a client. A client reads nothing of a chain that lost what it wrote: after a reorganisation a new
   * one takes its place, for whoever tries again.
   */
  async use<Result>(action: (client: Client) => Promise<Result>): Promise<Result> {
    try {
      return await action(this.#client);
    } catch (error) {
      if (error instanceof ReorganisedError) this.#client = await this.#open();
      throw error;
    }
  }
}
