import { type Action, type Category, isSensitivity, type Purpose } from "@consentry/sdk";
import { useCodeNames } from "../texts/TextsProvider.js";

/** Kinds of data, in words; sensitive ones stand out. */
export function Categories({ names }: { names: readonly Category[] }) {
  const { categories } = useCodeNames();
  return (
    <ul className="chips">
      {names.map((name) => (
        <li key={name} className={isSensitivity(name) ? "chip chip-sensitive" : "chip"}>
          {categories[name]}
        </li>
      ))}
    </ul>
  );
}

/** Purposes in a sentence. */
export function Purposes({ names }: { names: readonly Purpose[] }) {
  const { purposes } = useCodeNames();
  return <>{names.map((name) => purposes[name]).join(", ")}</>;
}

/** Actions in a sentence. */
export function Actions({ names }: { names: readonly Action[] }) {
  const { actions } = useCodeNames();
  return <>{names.map((name) => actions[name]).join(", ")}</>;
}
