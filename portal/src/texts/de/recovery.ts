import type { Texts } from "../en/index.js";

export const recovery: Texts["safety"]["recovery"] = {
  heading: "Jemandem bei der Wiederherstellung helfen",
  intro:
    "Sie sind Vertrauensperson von jemandem, der den Schlüssel verloren hat, oder Sie haben Ihren verloren und helfen Ihren Vertrauenspersonen.",
  add: "Fügen Sie hinzu, was Sie bekommen haben: die Datei der Vertrauenspersonen, einen Vorschlag, Zustimmungen",
  added: "Hinzugefügt.",
  startOver: "Von vorn beginnen",
  problems: {
    unknown: "Das ist weder eine Datei der Vertrauenspersonen noch ein Vorschlag noch eine Zustimmung.",
    otherProposal:
      "Das gehört zu einem anderen Vorschlag als dem, der hier ist. Beginnen Sie von vorn, wenn Sie jenen wollen.",
    otherGuardians:
      "Das gehört zu anderen Vertrauenspersonen als denen hier. Beginnen Sie von vorn, wenn Sie jene wollen.",
  },
  guardians: (number, threshold) =>
    `Die Datei der Vertrauenspersonen: ${number} Personen, von denen ${threshold} zustimmen müssen.`,
  missingGuardians: "Um die Wiederherstellung zu beginnen, braucht es auch die Datei der Vertrauenspersonen.",
  controller: "Adresse des neuen Schlüssels",
  propose: "Die Wiederherstellung vorschlagen",
  proposing: "Wird geprüft…",
  proposal: "Der Vorschlag",
  whose: "Wessen Daten",
  takesOver: "Wer übernimmt",
  deadline: "Zu beginnen bis",
  passProposal: "Den Vorschlag an die anderen Vertrauenspersonen weitergeben",
  sure: "Ich habe mit der Patientin oder dem Patienten gesprochen, am Telefon oder persönlich, und das ist der neue Schlüssel",
  approve: "Zustimmen",
  approveChanges:
    "Noch nichts: Es müssen genug Vertrauenspersonen zustimmen. Eine Wiederherstellung zeigt allen, wer die Vertrauenspersonen sind.",
  notGuardian: "Ihr Schlüssel gehört nicht zu den Vertrauenspersonen: Sie können weitergeben, aber nicht zustimmen.",
  passApproval: "Geben Sie Ihre Zustimmung weiter an die Person, die die Wiederherstellung beginnt",
  approvals: "Zustimmungen",
  count: (number, threshold) =>
    threshold === undefined
      ? `${number} Zustimmungen sind hier.`
      : `${number} von ${threshold} Zustimmungen sind hier.`,
  start: "Die Wiederherstellung beginnen",
  startIntro: "Die Wartezeit beginnt. Alle können dann sehen, wer die Vertrauenspersonen sind.",
  sends: (wallet) =>
    `Ihre Wallet ${wallet} schickt das selbst an das Netz: Der Zustelldienst nimmt es nicht. Das Netz kann der Wallet eine Gebühr berechnen.`,
  passkeySends:
    "Ein Passkey kann das nicht abschicken, und der Zustelldienst nimmt es nicht. Sichern Sie die Datei, und geben Sie sie einer Vertrauensperson mit einer Wallet oder Ihrem Krankenhaus: Niemand kann etwas darin ändern.",
  packageFile: "wiederherstellung.json",
  passPackage: "Alles für die Person, die sie beginnt",
  started: "Die Wiederherstellung hat begonnen. Sie kann abgeschlossen werden ab",
  finishHeading: "Eine Wiederherstellung abschließen, die gewartet hat",
  patient: "Adresse der Daten",
  look: "Nachsehen",
  none: "Dort läuft keine Wiederherstellung.",
  readyFrom: "Sie kann abgeschlossen werden ab",
  complete: "Die Wiederherstellung abschließen",
  passkeyCompletes:
    "Ein Passkey kann das nicht abschicken, und der Zustelldienst nimmt es nicht. Jeder mit einer Wallet kann sie hier abschließen.",
  completed: "Abgeschlossen: Der neue Schlüssel hat die Kontrolle.",
  nowYours: "Dieser Schlüssel hat jetzt die Kontrolle. Wählen Sie diese Daten oben auf der Seite.",
};
