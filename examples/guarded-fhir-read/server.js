import { consentGuard } from "@consentry/sdk/server";
import express from "express";

/**
 * A FHIR server.
 *
 * @param consentry the client of the server's own key, which logs each access
 * @param sessions who has logged in, by the header `Authorization`
 * @param shelf what is kept, by "type/id": the resource and the id of its record on the chain
 */
export function createApp({ consentry, sessions, shelf }) {
  const app = express();
  const find = (request) => shelf.get(`${request.params.type}/${request.params.id}`);

  const guard = consentGuard.express({
    consentry,
    identify: (request) => sessions.get(request.headers.authorization),
    record: (request) => find(request)?.record,
    onRefusal: (error) => console.log(`  server's log: ${error.details ?? error.shortMessage}`),
  });
  app.get("/fhir/:type/:id", guard, (request, response) => {
    response.type("application/fhir+json").send(JSON.stringify(find(request).resource));
  });

  return app;
}
