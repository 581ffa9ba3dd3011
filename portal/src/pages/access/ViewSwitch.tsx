import { useTexts } from "../../texts/TextsProvider.js";

/** The ways to look at who can see what. */
export const VIEWS = ["cards", "picture", "timeline"] as const;

export type View = (typeof VIEWS)[number];

/** Chooses one of them. */
export function ViewSwitch({ view, choose }: { view: View; choose: (view: View) => void }) {
  const { access } = useTexts();
  return (
    <div className="access-views" role="group" aria-label={access.views.label}>
      {VIEWS.map((name) => (
        <button key={name} type="button" aria-pressed={name === view} onClick={() => choose(name)}>
          {access.views[name]}
        </button>
      ))}
    </div>
  );
}
