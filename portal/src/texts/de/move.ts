import type { Texts } from "../en/index.js";

export const move: Texts["move"] = {
  heading: "In das neue Register umziehen",
  noticeHeading: "Ziehen Sie mit Ihren Einwilligungen in das neue Register um",
  notice:
    "Was Sie erlaubt und abgelehnt haben, steht in einem alten Register. Es gilt weiterhin, aber die anderen Seiten zeigen es erst, wenn Sie umgezogen sind.",
  noticeUnderWay:
    "Sie haben den Umzug unterschrieben. Bis die letzte Unterschrift angekommen ist, gilt das alte Register.",
  noticeLink: "Ansehen, was umzieht",
  notHere:
    "Im neuen Register steht nichts, was Sie erlaubt haben. Was Sie im alten erlaubt haben, gilt weiterhin: siehe oben, „Umziehen“.",
  nothing: "Es gibt nichts umzuziehen: In keinem älteren Register steht etwas von Ihnen, das noch gilt.",
  reading: "Was im alten Register steht, wird gelesen…",
  intro:
    "Diese Einwilligungen stehen in einem Register, das niemand ändern kann. Daneben gibt es nun ein neues. Von selbst kommt nichts dorthin: Wer die Kontrolle über diese Daten hat, erklärt es noch einmal.",
  happensHeading: "Was geschieht, wenn Sie umziehen",
  happens: [
    "Sie unterschreiben mit demselben Inhalt noch einmal, was unten steht. Niemand sieht mehr als heute.",
    "Es wird in dieser Reihenfolge in das neue Register gebracht: zuerst, was verborgen ist, dann, was Sie erlauben, dann, wer Sie vertritt, und zuletzt Ihre Vertrauenspersonen.",
    "Bis die letzte Unterschrift dort ist, gilt das alte Register.",
    "Von da an gilt nur das neue. Was im alten erklärt wurde oder später erklärt wird, gilt nicht mehr.",
  ],
  closedHeading: "Was nach dem Umzug niemand sieht",
  closed:
    "Ein unterschriebenes Dokument engt diese Einwilligungen ein, und diese Seite hat es nicht. Sie ziehen um, aber niemand bekommt darauf etwas. Wer diese Daten weiter sehen soll, muss Sie noch einmal fragen.",
  overruledHeading: "Was ersetzt ist",
  overruled:
    "Diesen haben Sie im neuen Register schon etwas erklärt, und das gilt. Was Sie ihnen im alten erlaubt hatten, endet, wenn Sie umziehen; erlauben Sie es neu, wenn es bleiben soll.",
  consentsHeading: "Wer sieht was",
  consents: "Das erlauben Sie noch einmal, genau so, wie es ist.",
  refusalsHeading: "Was verborgen bleibt",
  refusals: "Das haben Sie widerrufen oder verborgen. Es bleibt so.",
  representatives: "Sie bestellen sie noch einmal, für dieselbe Zeit.",
  guardians: "Sie bleiben dieselben. Mit dieser Unterschrift ist der Umzug abgeschlossen.",
  noGuardians:
    "Sie haben keine, und das bleibt so: Die letzte Unterschrift sagt, dass niemand Ihre Vertrauensperson ist. Mit ihr ist der Umzug abgeschlossen.",
  asks: (count) =>
    count === 1
      ? "Sie werden um eine Unterschrift gebeten."
      : `Sie werden nacheinander um ${count} Unterschriften gebeten. Jede wird Ihnen vorher gezeigt. Nichts wird gesendet, bevor Sie alle geleistet haben.`,
  begin: "Umziehen: lesen und unterschreiben",
  changes:
    "Es gilt dasselbe wie bisher, im neuen Register. Mit der letzten Unterschrift ist der Umzug abgeschlossen: Von da an gilt das alte Register nicht mehr.",
  pending: "Etwas, was Sie unterschrieben haben, ist noch unterwegs. Sobald es angekommen ist, können Sie umziehen.",
  onlyController:
    "Nur wer die Kontrolle hat, kann mit diesen Daten umziehen. Solange das nicht geschehen ist, können Sie hier nichts an deren Stelle erlauben oder widerrufen.",
  recovery:
    "Im alten Register ist jemand dabei, die Kontrolle über diese Daten zu übernehmen. Niemand kann umziehen, bis das dort abgeschlossen oder abgebrochen ist. Wenn Sie das nicht wollten, brechen Sie es sofort ab.",
  recoveryPasskey:
    "Mit einem Passkey lässt es sich auf dieser Seite nicht abbrechen: Wenden Sie sich sofort an den Betreiber dieser Seite, damit es im alten Register abgebrochen wird.",
  underWayHeading: "Ihr Umzug läuft",
  delivered: (count, of) => `${count} von ${of} sind angekommen…`,
  underWay:
    "Sie können diese Seite schließen: Es geht dort weiter, wo es aufgehört hat, wenn Sie sie wieder öffnen. Bis die letzte Unterschrift angekommen ist, gilt das alte Register.",
  stuck:
    "Es geht nicht weiter: Eine Ihrer Unterschriften konnte nicht zugestellt werden. Siehe oben, „Noch nicht zugestellt“.",
  moved: "Sie sind umgezogen.",
  movedText:
    "Für Sie gilt nur noch das neue Register, und alles, was gilt, steht auf diesen Seiten. Sie müssen nichts weiter tun.",
};
