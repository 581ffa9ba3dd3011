import { type Category, isSensitivity } from "@consentry/sdk";
import { memo } from "react";
import { useCodeNames, useTexts } from "../../../texts/TextsProvider.js";
import { useNameOf } from "../../../ui/Party.js";
import type { Seen } from "./seen.js";
import type { Picture } from "./useSeen.js";

interface MatrixTableProps {
  grantees: readonly string[];
  picture: Picture;
}

/** What each answer looks like; its words stand beside it for who can't see it. */
const SIGNS: Record<Seen, string> = { yes: "●", narrowed: "◐", some: "◔", no: "–" };

/** Providers in columns, kinds of data in rows; it scrolls in itself where there is no room, also by keyboard. */
export const MatrixTable = memo(function MatrixTable({ grantees, picture: { rows, seen } }: MatrixTableProps) {
  const { access } = useTexts();
  const nameOf = useNameOf();
  const groups = [
    [access.matrix.ordinary, rows.filter((name) => !isSensitivity(name))],
    [access.matrix.sensitive, rows.filter((name) => isSensitivity(name))],
  ] as const;
  return (
    <>
      <ul className="matrix-legend" aria-label={access.matrix.legend}>
        {(["yes", "narrowed", "some", "no"] as const).map((answer) => (
          <li key={answer}>
            <Sign answer={answer} /> {access.matrix.answers[answer]}
          </li>
        ))}
      </ul>
      <div className="matrix-scroll" role="region" aria-label={access.matrix.caption} tabIndex={0}>
        <table className="matrix">
          <caption>{access.matrix.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{access.matrix.kind}</th>
              {grantees.map((grantee) => (
                <th key={grantee} scope="col" title={grantee}>
                  {nameOf(grantee)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(([heading, names]) =>
            names.length === 0 ? null : (
              <tbody key={heading}>
                <tr>
                  <th scope="rowgroup" colSpan={grantees.length + 1} className="matrix-group">
                    <span>{heading}</span>
                  </th>
                </tr>
                {names.map((name) => (
                  <Row key={name} category={name} grantees={grantees} seen={seen} />
                ))}
              </tbody>
            ),
          )}
        </table>
      </div>
    </>
  );
});

interface RowProps extends Pick<Picture, "seen"> {
  category: Category;
  grantees: readonly string[];
}

function Row({ category, grantees, seen }: RowProps) {
  const { access } = useTexts();
  const { categories } = useCodeNames();
  return (
    <tr data-category={category}>
      <th scope="row">{categories[category]}</th>
      {grantees.map((grantee) => {
        const answer = seen(grantee, category);
        return (
          <td key={grantee} data-seen={answer} data-grantee={grantee}>
            <Sign answer={answer} />
            <span className="visually-hidden">{access.matrix.answers[answer]}</span>
          </td>
        );
      })}
    </tr>
  );
}

function Sign({ answer }: { answer: Seen }) {
  return (
    <span className={`matrix-sign matrix-${answer}`} aria-hidden="true">
      {SIGNS[answer]}
    </span>
  );
}
