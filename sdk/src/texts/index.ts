export { de } from "./de.js";
export type { StatementTexts } from "../statements/texts/types.js";
