import { useCallback, useSyncExternalStore } from "react";

/** The pages, by what stands behind the # in the address: it names nobody. */
export const PAGES = ["access", "grant", "looked", "safety", "review", "move"] as const;

export type PageName = (typeof PAGES)[number];

function pageOf(hash: string): PageName {
  const name = hash.replace(/^#\/?/, "");
  return PAGES.find((each) => each === name) ?? "access";
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The page that is shown, and how to go to another. */
export function usePage(): [page: PageName, go: (page: PageName) => void] {
  const page = useSyncExternalStore(subscribe, () => pageOf(location.hash));
  const go = useCallback((next: PageName) => {
    location.hash = `#/${next}`;
  }, []);
  return [page, go];
}
