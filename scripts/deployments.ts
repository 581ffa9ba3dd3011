/**
 * Writes the SDK's table of deployments from the folders in deployments/.
 *
 *     npm run deployments
 */
import { runCommand } from "./deployment/errors.js";
import { writeTable } from "./deployment/records.js";
import { deploymentsFolder } from "./deployment/settings.js";

await runCommand(() => {
  writeTable(deploymentsFolder());
});
