import type { Category, Purpose } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories, Purposes } from "../../ui/Codes.js";
import { useNameOf } from "../../ui/Party.js";
import { idleIn, outcomesOf } from "./outcomes.js";
import { Replaced } from "./Replaced.js";
import type { GrantChanges } from "./simulateGrant.js";

/** What changes for the provider if the patient signs, and that nothing else does. */
export function Changes({ changes }: { changes: GrantChanges }) {
  const { grant } = useTexts();
  const { changes: texts } = grant;
  const name = useNameOf()(changes.grantee);
  const outcomes = outcomesOf(changes);
  const isSame = outcomes.every(({ gained, lost }) => gained.length + lost.length === 0);
  return (
    <>
      {isSame && <p>{texts.same(name)}</p>}
      {outcomes.map(({ purposes, gained, lost, kept }) => (
        <dl key={purposes.join()} className="facts">
          <Seen title={texts.gained(name)} categories={gained} purposes={purposes} />
          <Seen title={texts.lost(name)} categories={lost} purposes={purposes} />
          <Seen title={texts.kept(name)} categories={kept} purposes={purposes} />
        </dl>
      ))}
      {idleIn(changes).map(({ decision, categories }) => (
        <div key={decision} className="notice notice-warning">
          <p>{texts.idle(name, texts.reasons[decision] ?? texts.otherReason)}</p>
          <Categories names={categories} />
        </div>
      ))}
      {changes.replaced.map((change) => (
        <Replaced key={change.scope.id} change={change} />
      ))}
      <p>{texts.nothingElse}</p>
    </>
  );
}

interface SeenProps {
  title: string;
  categories: readonly Category[];
  purposes: readonly Purpose[];
}

function Seen({ title, categories, purposes }: SeenProps) {
  if (categories.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Categories names={categories} />
        <p className="muted">
          <Purposes names={purposes} />
        </p>
      </dd>
    </div>
  );
}
