import { readFileSync } from "node:fs";
import { ConsentryError, type Deployment, parseDeployment } from "@consentry/sdk";
import { FileError } from "../errors/file.js";
import type { GlobalOptions } from "../options/globals.js";
import { setting } from "../settings.js";

/** The deployment of the file that is named, undefined if none is; throws {@link FileError}. */
export function deploymentOf({ deployment }: GlobalOptions): Deployment | undefined {
  const path = deployment ?? setting("CONSENTRY_DEPLOYMENT");
  return path === undefined ? undefined : readDeployment(path);
}

function readDeployment(path: string): Deployment {
  try {
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof ConsentryError) throw error;
    throw new FileError(path, "the record of a deployment", error);
  }
}
