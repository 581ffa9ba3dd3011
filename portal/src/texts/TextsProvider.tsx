import { statementTexts } from "@consentry/sdk";
import { de as germanStatements, type StatementTexts } from "@consentry/sdk/texts";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { de } from "./de/index.js";
import { en, type Texts } from "./en/index.js";

/** The languages of the page. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof LANGUAGES;

const TEXTS: Record<Language, Texts> = { en, de };
const STATEMENTS: Record<Language, StatementTexts> = { en: statementTexts.en, de: germanStatements };

interface Chosen {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<Chosen>({ language: "en", choose: () => undefined });
const NAME = "consentry.language";

/** The language of an earlier visit, or the browser's first one that the page has. */
function firstLanguage(): Language {
  const wanted = [localStorage.getItem(NAME) ?? "", ...navigator.languages].map((each) => each.slice(0, 2));
  return wanted.find((each): each is Language => Object.hasOwn(LANGUAGES, each)) ?? "en";
}

/** The texts of the page, in the language that its reader chose. */
export function TextsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const chosen = useMemo(() => {
    const choose = (next: Language): void => {
      localStorage.setItem(NAME, next);
      setLanguage(next);
    };
    return { language, choose };
  }, [language]);
  return <LanguageContext value={chosen}>{children}</LanguageContext>;
}

/** The language, and how to choose another. */
export function useLanguage(): Chosen {
  return use(LanguageContext);
}

/** What the page says. */
export function useTexts(): Texts {
  return TEXTS[useLanguage().language];
}

/** What statements are written in, and how codes are called: the same words that are signed. */
export function useCodeNames(): StatementTexts {
  return STATEMENTS[useLanguage().language];
}
