import type { Texts } from "../en/index.js";

export const pages: Texts["pages"] = {
  access: "Wer sieht was",
  grant: "Erlauben",
  looked: "Wer hat nachgesehen",
  safety: "Sicherheit",
  review: "Prüfung",
  move: "Umziehen",
};
