import { ANY_PROVIDER } from "@consentry/sdk";
import { useMemo } from "react";
import { type Directory, useDirectory, usePatientState } from "../../../chain/queries.js";
import type { Viewer } from "./seen.js";

/** Who asks, as the directory and the patient's control have it; undefined until both are read. */
export function useViewers(patient: string): ((grantee: string) => Viewer) | undefined {
  const { data: directory } = useDirectory();
  const { data: state } = usePatientState(patient);
  const controller = state?.controller;
  return useMemo(() => {
    if (directory === undefined || controller === undefined) return undefined;
    return (grantee: string) => viewerOf(grantee, directory, controller);
  }, [directory, controller]);
}

/** Of all providers: whoever is active, and was not spoken to by name. */
function viewerOf(grantee: string, directory: Directory, controller: string): Viewer {
  if (grantee === ANY_PROVIDER) return { grantee, standing: "activeCaregiver", isController: false };
  return { grantee, standing: standingOf(grantee, directory), isController: grantee === controller };
}

function standingOf(grantee: string, directory: Directory): Viewer["standing"] {
  const entry = directory.get(grantee);
  if (entry === undefined) return "unlisted";
  if (!entry.active) return "inactive";
  return entry.kind === "organization" || entry.kind === "practitioner" ? "activeCaregiver" : "active";
}
