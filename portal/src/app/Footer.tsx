import { LANGUAGES, type Language, useLanguage, useTexts } from "../texts/TextsProvider.js";
import { type Theme, useTheme } from "./theme.js";

/** Language and appearance. */
export function Footer() {
  const { common } = useTexts();
  const { language, choose } = useLanguage();
  const [theme, chooseTheme] = useTheme();
  return (
    <footer className="footer">
      <label>
        {common.language}{" "}
        <select value={language} onChange={({ target }) => choose(target.value as Language)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {common.theme}{" "}
        <select value={theme} onChange={({ target }) => chooseTheme(target.value as Theme)}>
          {Object.entries(common.themes).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}
