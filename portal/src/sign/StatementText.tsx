import { describeScope, type Messages, type Scope, type StatementType, type TypedData } from "@consentry/sdk";
import { useDirectory } from "../chain/queries.js";
import { useSessions } from "../session/SessionProvider.js";
import { type Texts } from "../texts/en/index.js";
import { useCodeNames, useTexts } from "../texts/TextsProvider.js";
import { useNameOf } from "../ui/Party.js";
import { type ControlType, useControlLines } from "./controlLines.js";

/** What is signed: of a consent the very sentence, of all else its content in words. */
export function StatementText({ typedData }: { typedData: TypedData }) {
  const { sign } = useTexts();
  const lines = useLines()(typedData);
  const parties = partiesIn(typedData);
  const nameOf = useNameOf();
  const { session } = useSessions();
  const { data: directory } = useDirectory();
  // Nobody vouches for an account outside the directory, and one with the same first and last digits is soon found.
  const isWhole = parties.some((address) => address !== session?.account && directory?.get(address) === undefined);
  const { patient } = typedData.message as { patient?: string };
  return (
    <>
      {patient !== undefined && patient !== session?.account && (
        <p>
          {sign.saidFor} <code>{patient}</code>
        </p>
      )}
      <blockquote className="sentence">
        {lines.map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </blockquote>
      {parties.length > 0 && (
        <details open={isWhole}>
          <summary>{sign.namesHeading}</summary>
          <dl className="facts">
            {parties.map((address) => (
              <div key={address}>
                <dt>{nameOf(address)}</dt>
                <dd>
                  <code>{address}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function useLines(): (typedData: TypedData) => string[] {
  const { sign } = useTexts();
  const { purposes } = useCodeNames();
  const nameOf = useNameOf();
  const controlLines = useControlLines();
  return ({ primaryType, message }) => {
    switch (primaryType as StatementType) {
      case "Grants":
        return (message as Messages["Grants"]).statement.split("\n");
      case "Revocations":
        return (message as Messages["Revocations"]).revocations.map(({ grantee, scope }) => {
          return revocationLine(sign, nameOf(grantee), scope, purposes);
        });
      case "RevokeAll":
        return [sign.revokeAll];
      default:
        return controlLines(primaryType as ControlType, message);
    }
  };
}

function revocationLine(
  sign: Texts["sign"],
  name: string,
  id: string,
  purposes: Readonly<Record<string, string>>,
): string {
  const scope = describeScope(id);
  if (scope.kind === "general") return sign.revocation(name);
  const { scopes } = sign;
  if (scope.kind === "purpose")
    return sign.revocationOfScope(name, scopes.purpose(purposes[scope.family] ?? scope.family));
  return sign.revocationOfScope(name, placeOf(scope, scopes));
}

/** A record or a programme by its whole id: two withdrawals must not read the same. */
function placeOf(scope: Exclude<Scope, { kind: "general" | "purpose" }>, scopes: Texts["sign"]["scopes"]): string {
  if (scope.kind === "record") return `${scopes.record} ${scope.record}`;
  if (scope.kind === "programme") return `${scopes.programme} ${scope.programme}`;
  return scope.kind === "emergency" ? scopes.emergency : scope.id;
}

const ADDRESS = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/g;

/** Every address in the message, once. */
function partiesIn({ message }: TypedData): string[] {
  return [...new Set(JSON.stringify(message).match(ADDRESS) ?? [])];
}
