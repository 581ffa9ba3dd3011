import type { Texts } from "../en/index.js";

export const errors: Texts["errors"] = {
  unknown: "Etwas ist schiefgegangen.",
  byCode: {
    Network: {
      message: "Das Netz ist nicht erreichbar.",
      hint: "Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
    },
    Timeout: { message: "Das Netz hat nicht rechtzeitig geantwortet.", hint: "Versuchen Sie es noch einmal." },
    UserRejected: { message: "Sie haben nicht unterschrieben.", hint: "Es hat sich nichts geändert." },
    WrongChain: { message: "Ihre Wallet ist in einem anderen Netz.", hint: "Wechseln Sie das Netz in der Wallet." },
    NoSigner: {
      message: "Die Wallet hat dieser Seite kein Konto geöffnet.",
      hint: "Öffnen Sie eines in der Wallet und versuchen Sie es noch einmal.",
    },
    RelayerGone: {
      message: "Der Zustelldienst ist nicht erreichbar.",
      hint: "Was Sie unterschrieben haben, bleibt hier und wird zugestellt, sobald es geht.",
    },
    InvalidSignature: {
      message: "Die Unterschrift ist ungültig.",
      hint: "Kopieren oder scannen Sie sie noch einmal, oder lassen Sie neu unterschreiben.",
    },
    InvalidStatement: {
      message: "Das ist beschädigt oder etwas anderes.",
      hint: "Kopieren Sie es vollständig, oder scannen Sie es noch einmal.",
    },
    NotAcceptedBy: {
      message: "Der neue Schlüssel hat nicht zugestimmt, diese Daten zu übernehmen.",
      hint: "Unterschreiben Sie auf dem neuen Gerät neu.",
    },
    NotControllerOf: {
      message: "Ihr Schlüssel hat keine Kontrolle über diese Daten.",
      hint: "Verwenden Sie den, der sie hat.",
    },
    DeadlinePassed: { message: "Das ist abgelaufen.", hint: "Unterschreiben Sie es neu." },
    StatementVoid: {
      message: "Das wurde unterschrieben, bevor die Kontrolle wechselte.",
      hint: "Unterschreiben Sie es neu.",
    },
    InvalidController: {
      message: "Dieser Schlüssel hat die Kontrolle schon.",
      hint: "Geben Sie die Adresse des neuen Schlüssels an.",
    },
    WrongGuardians: {
      message: "Das sind nicht die jetzigen Vertrauenspersonen.",
      hint: "Verwenden Sie die Datei, die zuletzt gesichert wurde.",
    },
    NotGuardian: {
      message: "Jemand, der zugestimmt hat, ist keine der Vertrauenspersonen.",
      hint: "Lassen Sie diese Zustimmung weg.",
    },
    TooFewApprovals: { message: "Zu wenige Vertrauenspersonen haben zugestimmt.", hint: "Fragen Sie weitere." },
    ApprovalsCancelled: {
      message: "Die Zustimmungen wurden ungültig gemacht.",
      hint: "Schlagen Sie die Wiederherstellung neu vor.",
    },
    RecoveryUnderWay: {
      message: "Es läuft schon eine Wiederherstellung.",
      hint: "Schließen Sie sie ab, oder lassen Sie sie abbrechen.",
    },
    NoRecovery: {
      message: "Es läuft keine Wiederherstellung.",
      hint: "Vielleicht wurde sie abgebrochen oder abgeschlossen.",
    },
    RecoveryNotReady: {
      message: "Die Wiederherstellung hat noch nicht lange genug gewartet.",
      hint: "Versuchen Sie es, wenn es so weit ist.",
    },
  },
};
