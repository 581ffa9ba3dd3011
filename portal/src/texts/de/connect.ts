import type { Texts } from "../en/index.js";

export const connect: Texts["connect"] = {
  heading: "Bestimmen Sie, wer Ihre Gesundheitsdaten sieht",
  intro: "Melden Sie sich an, um zu sehen, wer Zugang hat, um zu erlauben und zu widerrufen. Es kostet Sie nichts.",
  passkeyHeading: "Mit diesem Gerät",
  passkeyIntro:
    "Ihr Fingerabdruck, Ihr Gesicht oder die Bildschirmsperre unterschreibt. Keine App, kein Passwort, keine Wörter zum Aufschreiben.",
  newPasskey: "Passkey anlegen",
  usePasskey: "Den Passkey dieses Geräts verwenden",
  passkeyName: "Meine Gesundheitsdaten",
  passkeyFile: {
    heading: "Damit Ihr Passkey brauchbar bleibt",
    why: "Ihr Passkey braucht noch etwas, das kein Gerät für Sie aufbewahrt: seinen öffentlichen Teil. Dieser Browser hat ihn. Werden dessen Daten gelöscht, oder verwenden Sie ein anderes Gerät, ist der Passkey hier ohne diese Datei nicht zu gebrauchen. Nichts darin ist geheim.",
    save: "Datei speichern",
    later: "Später",
    elsewhere: "Ich habe diese Seite in einem anderen Browser oder auf einem anderen Gerät benutzt",
    open: "Öffnen Sie die Datei, die Sie dort gespeichert haben. Auch der Passkey muss auf diesem Gerät sein: Er unterschreibt einmal, damit sich zeigt, dass die Datei zu ihm gehört.",
    file: "Datei des Passkeys",
    confirm: "Wartet auf Ihren Passkey…",
    problems: {
      noFile:
        "Das ist keine Datei eines Passkeys. Wählen Sie die, die Sie auf dieser Seite gespeichert haben, unverändert.",
      otherSite: "Dieser Passkey gehört zu einer anderen Adresse im Netz. Öffnen Sie die Seite unter jener Adresse.",
      notHere: "Der Passkey hat nicht geantwortet: Er ist nicht auf diesem Gerät, oder Sie haben nicht bestätigt.",
      otherKey:
        "Diese Datei passt nicht zu Ihrem Passkey: Sie wurde verändert oder gehört zu einem anderen. Es wurde nichts gesendet.",
    },
  },
  walletHeading: "Mit einer Wallet",
  noWallet: "In diesem Browser wurde keine Wallet gefunden.",
  connectWallet: (name) => `${name} verbinden`,
  leave: "Abmelden",
  account: "Angemeldet mit",
  shownPatient: "Wessen Daten",
  ownData: "Meine eigenen",
  dependent: (name) => `In meiner Obhut: ${name}`,
  otherPatient: (name) => `Jemand anderes: ${name}`,
  represented: (name) => `Von mir vertreten: ${name}`,
  wrongNetwork: (network) => `Ihre Wallet ist in einem anderen Netz als diese Seite (${network}).`,
  switchNetwork: "Netz wechseln",
};
