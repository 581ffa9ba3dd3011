import { lazy, Suspense } from "react";
import { useLive } from "../chain/useLive.js";
import { AccessPage } from "../pages/access/AccessPage.js";
import { MoveNotice } from "../pages/move/MoveNotice.js";
import { useIsToMove } from "../pages/move/useMove.js";
import { useMayReview } from "../pages/review/useMayReview.js";
import { RecoveryAlarm } from "../pages/safety/RecoveryAlarm.js";
import { KeepPasskey } from "../session/KeepPasskey.js";
import { PatientSwitch } from "../session/PatientSwitch.js";
import { useSession } from "../session/SessionProvider.js";
import { SwitchNetwork } from "../session/SwitchNetwork.js";
import { useWrongNetwork } from "../session/useWrongNetwork.js";
import { OutboxList } from "../sign/OutboxList.js";
import { useTexts } from "../texts/TextsProvider.js";
import { Busy } from "../ui/Busy.js";
import { ErrorBoundary } from "../ui/ErrorBoundary.js";
import { type PageName, PAGES, usePage } from "./usePage.js";

const CONTENT: Record<PageName, React.ComponentType> = {
  access: AccessPage,
  grant: lazy(async () => ({ default: (await import("../pages/grant/GrantPage.js")).GrantPage })),
  looked: lazy(async () => ({ default: (await import("../pages/looked/LookedPage.js")).LookedPage })),
  safety: lazy(async () => ({ default: (await import("../pages/safety/SafetyPage.js")).SafetyPage })),
  review: lazy(async () => ({ default: (await import("../pages/review/ReviewPage.js")).ReviewPage })),
  move: lazy(async () => ({ default: (await import("../pages/move/MovePage.js")).MovePage })),
};

/** The part behind the # names the page: a plain link to the content would change it. */
function skip(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

/** What stands around every page of somebody who is here. */
export function Shell() {
  const { common, pages } = useTexts();
  const { patient } = useSession();
  const [page] = usePage();
  const nodeError = useLive(patient);
  const isWrongNetwork = useWrongNetwork();
  const { data: mayReview = false } = useMayReview();
  const isToMove = useIsToMove();
  const isListed: Partial<Record<PageName, boolean>> = { review: mayReview, move: isToMove };
  const listed = PAGES.filter((name) => isListed[name] ?? true);
  const Page = CONTENT[page];
  return (
    <>
      <a className="skip" href="#content" onClick={skip}>
        {common.skip}
      </a>
      <header className="top">
        <p className="brand">{common.title}</p>
        <PatientSwitch />
        <nav aria-label={common.navigation}>
          <ul>
            {listed.map((name) => (
              <li key={name}>
                <a href={`#/${name}`} aria-current={name === page ? "page" : undefined}>
                  {pages[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {nodeError !== undefined && (
          <p className="notice notice-warning" role="alert">
            {common.nodeGone}
          </p>
        )}
        {isWrongNetwork && <SwitchNetwork />}
        <RecoveryAlarm />
        {page !== "move" && <MoveNotice />}
        <OutboxList />
        <KeepPasskey />
        <ErrorBoundary key={page}>
          <Suspense fallback={<Busy />}>
            <Page />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}
