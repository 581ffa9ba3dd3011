import type { ParsedConsent, ReviewIssue, Rule } from "../consent/types.js";
import { rulesIn } from "./resolve.js";

/** Everything in a live Consent that no rule computes. */
export function issuesOf({ name, status, root, unclear }: ParsedConsent): ReviewIssue[] {
  const state = { consent: name, path: "Consent.status", reason: "Whether it is active can't be told." };
  const issues = status === "unclear" ? [state, ...unclear] : [...unclear];
  return root === undefined ? issues : [...issues, ...rulesIn(root).flatMap(issuesIn)];
}

function issuesIn({ unclear, bounds, data }: Rule): readonly ReviewIssue[] {
  const lists = [bounds.recipients, bounds.custodians, bounds.purposes, bounds.actions];
  const ofData = [data?.authors, data?.classes, data?.codes];
  return [...unclear, ...[...lists, ...ofData].flatMap((list) => list?.unclear ?? [])];
}
