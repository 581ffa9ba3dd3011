import type { Texts } from "../en/index.js";

export const review: Texts["review"] = {
  heading: "Prüfung von Notfällen",
  intro:
    "Immer wenn jemand Patientendaten im Notfall geöffnet hat, stellt eine prüfende Person fest, ob das richtig war.",
  onlyReviewers:
    "Diese Seite ist für Prüferinnen und Prüfer, die der Verbund der Krankenhäuser ernennt. Sie gehören nicht dazu, also ist hier nichts zu tun.",
  passkey:
    "Eine Prüfung wird von einer Wallet gesendet, die das Konto der prüfenden Person hat. Sie sind mit einem Passkey hier, der nichts senden kann: Melden Sie sich ab und verbinden Sie die Wallet.",
  waitingHeading: "Wartet auf ein Urteil",
  nothingWaits: "Nichts wartet auf ein Urteil.",
  doneHeading: "Geprüft",
  nothingDone: "Es wurde noch nichts geprüft.",
  brokeGlass: (name) => `${name} hat die Daten einer Person geöffnet`,
  patient: "Patientin oder Patient",
  states: { open: "jetzt offen", over: "vorbei", ended: "von der betroffenen Person beendet" },
  exclusions: "Von der betroffenen Person ausgeschlossen, jetzt",
  noExclusions: "nichts",
  reasonIntro: "Fragen Sie den Anbieter nach dem Grund, und prüfen Sie hier, ob er ihn damals angegeben hat.",
  verdict: "Urteil",
  note: "Begründung",
  noteHelp: "Eine Zeile. Sie steht nicht im Netz; bewahren Sie die Datei auf, sonst kann sie später niemand beweisen.",
  submit: "Urteil abgeben",
  sending: "Wartet auf Ihre Wallet und das Netz…",
  stated: (verdict) => `Abgegeben: ${verdict}.`,
  keepNote: "Begründung speichern",
  noteKept: "Die Begründung wurde als Datei gespeichert. Bewahren Sie sie auf: Ohne sie kann sie niemand beweisen.",
  noteInDoubt:
    "Es ist nicht sicher, ob das Urteil abgegeben wurde. Speichern Sie die Begründung, bevor Sie weitermachen, und sehen Sie hier noch einmal nach.",
  rejected: "Sie haben nicht bestätigt. Es wurde nichts abgegeben.",
  again: "Ein weiteres Urteil abgeben",
};
