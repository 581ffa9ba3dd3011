import type { RecoveryUnderWay } from "@consentry/sdk";
import { useOutboxEntries } from "../../relay/OutboxProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { useRole } from "../safety/useControl.js";
import { OldRecovery } from "./OldRecovery.js";

/** Why whoever is here can't move the patient at the moment. */
export type Hindrance = "unknown" | "notController" | "recovery" | "pending";

/** Why whoever is here can't move the patient at the moment; undefined if they can. */
export function useHindrance(recovery: RecoveryUnderWay | undefined): Hindrance | undefined {
  const { patient } = useSession();
  const role = useRole();
  const isPending = useOutboxEntries(patient).length > 0;
  if (role === undefined) return "unknown";
  if (role !== "controller") return "notController";
  if (recovery !== undefined) return "recovery";
  // What is under way to the new registry is not in the plan, and would be overruled by it.
  return isPending ? "pending" : undefined;
}

interface ObstacleProps {
  hindrance: Hindrance | undefined;
  recovery: RecoveryUnderWay | undefined;
}

/** Says so. */
export function Obstacle({ hindrance, recovery }: ObstacleProps) {
  const { move } = useTexts();
  return (
    <>
      {recovery !== undefined && <OldRecovery recovery={recovery} />}
      {hindrance === "notController" && <p className="notice notice-warning">{move.onlyController}</p>}
      {hindrance === "pending" && <p className="notice">{move.pending}</p>}
    </>
  );
}
