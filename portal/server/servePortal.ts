/** Serves the built page with the headers that it needs; any other server can do the same. */
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyHelmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { PortalConfig } from "../src/config.js";

/** Where and what to serve. */
export interface ServeParams {
  /** The built page: `portal/dist`. */
  folder: string;
  config: PortalConfig;
  host?: string | undefined;
  /** 0: any free one. */
  port?: number | undefined;
  /** Whether browsers reach it by https, as behind a reverse proxy: they never use anything else then. */
  isBehindTls?: boolean | undefined;
  /** A folder with `wallet.js`: wallets of a local chain. Never in production. */
  local?: string | undefined;
}

/** The page, served. */
export interface ServedPortal {
  url: string;
  close: () => Promise<void>;
}

/** Serves the page, its configuration and nothing else. */
export async function servePortal(params: ServeParams): Promise<ServedPortal> {
  const { folder, config, host = "127.0.0.1", port = 0, isBehindTls = false, local } = params;
  const app = Fastify();
  await app.register(fastifyHelmet, headers(config, isBehindTls));
  await app.register(fastifyStatic, { root: folder, index: false, cacheControl: false, setHeaders: keep(folder) });
  const page = pageIn(folder, local !== undefined);
  for (const path of ["/", "/index.html"])
    app.get(path, (_, reply) => reply.header("cache-control", "no-cache").type("text/html").send(page));
  app.get("/config.json", (_, reply) => reply.header("cache-control", "no-store").send(config));
  if (local !== undefined) await app.register(fastifyStatic, { root: local, prefix: "/local/", decorateReply: false });
  await app.listen({ host, port });
  return { url: urlOf(app, host), close: () => app.close() };
}

/** The name of an asset has a hash of its content: it never changes. All else is asked for again. */
function keep(folder: string) {
  return (reply: FastifyReply, path: string): void => {
    const isHashed = path.startsWith(join(folder, "assets") + sep);
    void reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  };
}

function pageIn(folder: string, hasWallets: boolean): string {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const script = '<script type="module" src="/local/wallet.js"></script>';
  return hasWallets ? page.replace("</head>", `${script}</head>`) : page;
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  // A passkey belongs to a domain, and an address of numbers is none.
  return `http://${host === "127.0.0.1" ? "localhost" : host}:${port}`;
}

/** Nothing inline, nothing from elsewhere, and no connection but to the node and the relayer. */
function headers({ rpcUrl, relayerUrl }: PortalConfig, isBehindTls: boolean) {
  const others = [rpcUrl, relayerUrl].filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Wallets announce themselves with icons as data (EIP-6963).
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'", ...others],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" as const },
    strictTransportSecurity: isBehindTls && { maxAge: 365 * 24 * 3600 },
  };
}
