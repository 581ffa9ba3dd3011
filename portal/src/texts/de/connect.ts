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
  walletHeading: "Mit einer Wallet",
  noWallet: "In diesem Browser wurde keine Wallet gefunden.",
  connectWallet: (name) => `${name} verbinden`,
  leave: "Abmelden",
  account: "Angemeldet mit",
  shownPatient: "Wessen Daten",
  ownData: "Meine eigenen",
  dependent: (name) => `In meiner Obhut: ${name}`,
  represented: (name) => `Von mir vertreten: ${name}`,
  wrongNetwork: (network) => `Ihre Wallet ist in einem anderen Netz als diese Seite (${network}).`,
  switchNetwork: "Netz wechseln",
};
