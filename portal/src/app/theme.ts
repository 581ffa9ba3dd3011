import { useCallback, useEffect, useState } from "react";

/** How the page looks: as the device wants it, or as its reader does. */
export type Theme = "system" | "light" | "dark";

const NAME = "consentry.theme";

export function useTheme(): [theme: Theme, choose: (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => (localStorage.getItem(NAME) as Theme | null) ?? "system");
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
  }, [theme]);
  const choose = useCallback((next: Theme) => {
    localStorage.setItem(NAME, next);
    setTheme(next);
  }, []);
  return [theme, choose];
}
