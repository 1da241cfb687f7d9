# Die Seite der Ansprechpersonen: Eingang, Fall, Schlüssel, und was nicht geht und warum.

command-case = fall
command-case-about = Anliegen, für die Sie Ansprechperson sind; nur Sie sehen die Antwort
command-case-inbox = eingang
command-case-inbox-about = Die Fälle, die Sie sehen dürfen
command-case-open = öffnen
command-case-open-about = Einen Fall mit seiner Nummer öffnen
command-case-open-number = nummer
command-case-open-number-about = Die Fallnummer, etwa K7Q-2MX
command-case-key = schlüssel
command-case-key-about = Schlüssel, für die Meldungen versiegelt werden: eigenen eintragen, anderen zustimmen
command-case-figures = zahlen
command-case-figures-about = Zahlen nach Quartal; kleine werden nicht gezeigt; keine einzelnen Fälle, keine Teams
command-case-drill = übung
command-case-drill-about = Eine Übung starten, für Programmleitung und unabhängige Ansprechpersonen

case-inbox = { $count ->
    [0] Sie haben keine offenen Fälle, Stand { $at }.
    [one] Sie haben einen offenen Fall, Stand { $at }.
   *[other] Sie haben { $count } offene Fälle, Stand { $at }.
}
case-inbox-closed = { $count ->
    [one] Ein Fall wurde in den letzten 30 Tagen abgeschlossen und lässt sich wieder öffnen:
   *[other] { $count } Fälle wurden in den letzten 30 Tagen abgeschlossen und lassen sich wieder öffnen:
}
case-inbox-rest = { $count ->
    [one] 1 weiterer Fall wird nicht angezeigt. `/fall öffnen` öffnet ihn mit seiner Nummer.
   *[other] { $count } weitere Fälle werden nicht angezeigt. `/fall öffnen` öffnet einen Fall mit seiner Nummer.
}
case-inbox-withheld = { $count ->
    [one] 1 Fall wird niemandem gezeigt: Was in der Datenbank über ihn steht, hat nicht dieser Bot geschrieben. Bitte informieren Sie den Betreiber des Bots.
   *[other] { $count } Fälle werden niemandem gezeigt: Was in der Datenbank über sie steht, hat nicht dieser Bot geschrieben. Bitte informieren Sie den Betreiber des Bots.
}
case-inbox-choose = Einen Fall öffnen
case-line = `{ $number }` { $category } · { $state } · { $urgency } · eingegangen { $received } · { $who }
case-next = { $what ->
    [first-word] erste Antwort fällig { $relative }
   *[feedback] Rückmeldung fällig { $relative }
}
case-who = { $who ->
    [nobody] noch nicht übernommen
    [you] bei Ihnen
   *[other] bei { $handler }
}
case-state = { $state ->
    [new] neu
    [acknowledged] bestätigt
    [in-review] in Bearbeitung
    [resolved] gelöst
   *[dismissed] nicht weiterverfolgt
}
case-urgency = { $urgency ->
    [now] sofort
    [today] heute
    [this-week] diese Woche
   *[routine] ohne Eile
}

case-title = **Fall { $number }: { $category }**
case-where = { $state } · Dringlichkeit: { $urgency } · eingegangen { $received } · { $who }
case-mode = { $mode ->
    [named] Mit Namen gemeldet. Der Name steht in der Meldung.
    [confidential] Vertraulich gemeldet. Nur { $confidant } darf je erfahren, wer die meldende Person ist, und erst, wenn zwei Personen zugestimmt haben.
   *[anonymous] Anonym gemeldet. Niemand kann sagen, wer die meldende Person ist. Bitte versuchen Sie nicht, es herauszufinden.
}
case-first-word = { $done ->
    [yes] Erste Antwort gegeben am { $at }.
   *[no] Erste Antwort fällig { $at }. Nur eine Antwort an die meldende Person zählt. Übernehmen oder Lesen zählt nicht.
}
case-feedback = { $done ->
    [yes] Rückmeldung zum Ergebnis gegeben { $at }.
   *[no] Rückmeldung zum Ergebnis fällig { $at }.
}
case-formal = Das kann unter das Hinweisgeberrecht fallen. Darüber entscheidet ein dafür geschulter Mensch, nie dieser Bot.
case-talk = Die meldende Person bittet um ein Gespräch. Schlagen Sie eine Zeit und einen Weg vor, der keinen Namen braucht.
case-no-contact = Die meldende Person wünscht keinen Kontakt. Was Sie schreiben, liegt hier, bis sie nachsieht.
case-withdrawn = Die meldende Person hat die Meldung zurückgezogen. Eine erste Antwort ist trotzdem fällig.
case-drill = Das war eine Übung, gestartet von der Programmleitung oder einer unabhängigen Ansprechperson. Niemand ist in Not. Danke, dass Sie geantwortet haben.
case-joined-to = Verbunden mit Fall { $number }; dort geht die Arbeit weiter. Dieser Fall behält seine Fristen und seine meldende Person.
case-joined-from = Mit diesem Fall verbunden: { $numbers }. Jeder behält seine Fristen und seine meldende Person.
case-contents = Versiegelt für alle, die den Fall lesen dürfen: { $entries ->
    [one] 1 Eintrag
   *[other] { $entries } Einträge
}{ $files ->
    [0] {""}
    [one] , 1 Datei
   *[other] , { $files } Dateien
}.
case-asked = { $asker } beantragt, dass { $confidant } die Identität öffnen darf. Eine zweite Person muss zustimmen. Der Grund steht bei den Einträgen.
case-way-on = Zurück zum Fall

button-case-read = Lesen
button-case-take = Übernehmen
button-case-reply = Antworten
button-case-note = Notiz
button-case-status = Status
button-case-hand-over = Übergeben
button-case-conflict = Ich bin befangen
button-case-conflicted = Ja, ich trete zurück
button-case-join = Verbinden mit
button-case-identity = Identität
button-case-unseal = Öffnung beantragen
button-case-agree = Der Öffnung zustimmen
button-case-unlock = Meinen Schlüssel entsperren
button-case-lock = Meinen Schlüssel sperren
button-case-again = Noch einmal schreiben

case-files = { $count ->
    [one] Eine versiegelte Datei.
   *[other] { $count } versiegelte Dateien.
} Öffnen Sie sie mit Ihrem eigenen age-Schlüssel auf Ihrem eigenen Rechner: `age -d -i SCHLÜSSELDATEI NAME.age`. Im Fall wird vermerkt, dass Sie sie abgerufen haben und wann. Die meldende Person erfährt es nicht.
case-opened = { $count ->
    [one] Ein Eintrag, mit Ihrem Schlüssel geöffnet.
   *[other] { $count } Einträge, mit Ihrem Schlüssel geöffnet.
} Im Fall wird vermerkt, dass Sie ihn gelesen haben und wann. Die meldende Person erfährt es nicht.
case-entry = { $kind ->
    [report] **Meldung**
    [addition] **Von der meldenden Person ergänzt**
    [reply] **An die meldende Person**, von { $who }
    [note] **Notiz für die Ansprechpersonen**, von { $who }
    [reason] **Status**, von { $who }
   *[notice] **Hinweis an die meldende Person**
}, { $day }
case-entry-from = Gemeldet von { $who } ({ $name }).
case-entry-about = Ausgangspunkt war diese Nachricht:
case-entry-long = Der Text ist lang. Vollständig steht er in `{ $file }`.
case-entry-altered = Das hat nicht der Bot geschrieben: Jemand hat es außerhalb des Bots geändert oder eingefügt. Handeln Sie nicht danach, und informieren Sie den Betreiber des Bots.
case-entry-closed = Dieser Eintrag ist nicht für Ihren Schlüssel versiegelt: Er wurde geschrieben, bevor Ihr Schlüssel gültig war oder während Sie den Fall nicht lesen durften.
case-empty = In diesem Fall gibt es nichts Versiegeltes mehr.
case-locked = Der Bot verwahrt Ihren Schlüssel, und der Schlüssel ist gesperrt. Ihre Passphrase entsperrt ihn für 15 Minuten. Passphrase und Text gehen dabei durch Discord; ein Schlüssel auf dem eigenen Rechner ist sicherer.
case-unlocked = Ihr Schlüssel ist entsperrt bis { $until }.
case-lock-done = Ihr Schlüssel ist wieder gesperrt.
case-no-key = Sie haben keinen gültigen Schlüssel, darum kann Ihnen kein Fall gezeigt werden. Tragen Sie mit `/fall schlüssel` einen ein; eine zweite Person muss zustimmen.

case-taken = Sie bearbeiten jetzt Fall { $number }. Die Fristen bleiben, wie sie sind. Nur eine Antwort an die meldende Person wahrt die erste Frist.
case-taken-already = Sie bearbeiten Fall { $number } bereits.
case-taken-by = { $handler } hat Fall { $number } übernommen. Wenn Sie ihn weiterführen wollen, drücken Sie Übergeben und wählen Sie sich selbst.
case-given = { $handler } bearbeitet jetzt Fall { $number }. Die Fristen bleiben, wie sie sind.
case-given-same = { $handler } bearbeitet Fall { $number } bereits.
case-given-not = Diese Person kann den Fall nicht übernehmen: Sie darf ihn nicht lesen oder hat keinen gültigen Schlüssel.
case-give-choose = Wer übernimmt?
case-give = Wer bearbeitet ab jetzt Fall { $number }? Die Fristen bleiben, wie sie sind. In der Liste stehen nur Personen mit gültigem Schlüssel, die den Fall lesen dürfen:
case-give-nobody = Sonst darf niemand mit gültigem Schlüssel diesen Fall lesen.

case-say = Was möchten Sie der meldenden Person von Fall { $number } sagen? Beginnen Sie mit einer Vorlage; Sie können jedes Wort ändern. Sagen Sie, was geschehen ist und wie es weitergeht, nicht, wer schuld ist.
case-say-choose = Wie möchten Sie beginnen?
case-say-free = In eigenen Worten
case-say-free-feedback = Rückmeldung zum Ergebnis, in eigenen Worten
case-say-kind = { $kind ->
    [acknowledge] Erste Antwort
    [ask] Frage
    [update] Zwischenstand
    [feedback] Rückmeldung
    [close] Abschluss
    [protect] Schutz
   *[repair] Wir sind spät dran
}
case-said = { $first ->
    [yes] Ihre Nachricht liegt für die meldende Person von Fall { $number } bereit. Sie zählt als erste Antwort.
   *[no] Ihre Nachricht liegt für die meldende Person von Fall { $number } bereit.
}{ $feedback ->
    [yes] {" "}Sie zählt als Rückmeldung zum Ergebnis.
   *[no] {""}
} Ob sie gelesen wurde, erfahren Sie nicht.
case-noted = Notiz zu Fall { $number } hinzugefügt, versiegelt für alle, die den Fall lesen dürfen. Die meldende Person sieht sie nicht.

modal-case-say-title = An die meldende Person von { $number }
modal-case-say-label = Was die meldende Person lesen wird
modal-case-say-hint = Was geschehen ist, was als Nächstes kommt und bis wann. Tatsachen, keine Vorwürfe.
modal-case-fill = { $what ->
    [change] Was sich geändert hat
    [reason] Der Grund
    [question] Ihre Frage
    [handler] Wer (die meldende Person liest es)
    [first_word_by] Erste Antwort bis (Datum)
    [feedback_by] Nächste Nachricht bis (Datum)
   *[other] Für „{ $what }“
}
modal-case-fill-hint = Kommt im Text an die Stelle von { $place }
modal-case-note-title = Notiz für die Ansprechpersonen
modal-case-note-label = Nur wer den Fall lesen darf, sieht sie
modal-case-note-hint = Was Sie herausgefunden haben, wen Sie gefragt haben, was ansteht.
modal-case-move-title = { $state ->
    [in-review] In Bearbeitung
    [resolved] Gelöst
   *[dismissed] Nicht weiterverfolgt
}
modal-case-move-label = Der Grund (die meldende Person liest ihn)
modal-case-move-hint = Was unternommen wurde oder wie es weitergeht. Tatsachen, keine Vorwürfe.
modal-case-join-title = Zwei Fälle verbinden
modal-case-join-label = Nummer des Falls, der weitergeführt wird
modal-case-join-hint = K7Q-2MX
modal-case-unseal-title = Die Identität öffnen
modal-case-unseal-label = Warum es nötig ist (die Person liest es)
modal-case-unseal-hint = Was nicht geht, solange niemand weiß, wer die meldende Person ist
modal-case-unlock-title = Schlüssel für 15 Minuten entsperren
modal-case-passphrase-label = Ihre Passphrase
modal-case-passphrase-hint = Mindestens { $least } Zeichen
modal-case-again-label = Dieselbe Passphrase noch einmal
modal-case-own-title = Eigenen Schlüssel eintragen
modal-case-own-label = Ihr age-Empfänger (der öffentliche Teil)
modal-case-own-hint = age1...

case-status = Status von Fall { $number }: { $state }. Welcher Status gilt ab jetzt?
case-status-none = { $state ->
    [new] Fall { $number } ist neu. Der Status ändert sich mit der ersten Antwort an die meldende Person: Drücken Sie Antworten.
   *[other] Fall { $number } wurde vor mehr als 30 Tagen abgeschlossen und bleibt es.
}
case-moved = Neuer Status von Fall { $number }: { $state }. Die meldende Person wird den Grund lesen.
case-moved-illegal = Der Status kann nicht von „{ $from }“ zu „{ $to }“ wechseln. Es wurde nichts geändert.
case-moved-late = Fall { $number } ließ sich bis { $until } wieder öffnen. Er bleibt abgeschlossen. Ein neues Anliegen lässt sich mit ihm verbinden.

case-conflict-sure = Sind Sie bei Fall { $number } befangen? Wenn Sie von ihm zurücktreten, verschwindet der Fall für Sie: aus dem Eingang, aus Zahlen, Hinweisen und Antworten. Nichts Neues wird für Sie versiegelt. Was Sie schon haben, können Sie weiterhin öffnen; bitte löschen Sie es. Zurück führt nur ein neues Anliegen.
case-conflict-done = Sie sind von diesem Fall zurückgetreten. Sie sehen ihn ab jetzt nicht mehr.
case-conflict-last = Nur Sie können diesen Fall lesen. Erst braucht jemand anderes einen gültigen Schlüssel, dann können Sie zurücktreten. Bis dahin lassen Sie den Fall bitte ruhen; wenn er nicht warten kann, nutzen Sie { $way }.

case-joined = Fall { $number } ist jetzt mit { $other } verbunden. Jeder behält seine Fristen und seine meldende Person.
case-joined-same = Ein Fall lässt sich nicht mit sich selbst verbinden.
case-joined-crossed = Fall { $other } ist bereits mit diesem verbunden.

case-identity-named = Die meldende Person hat ihren Namen genannt. Er steht in der Meldung.
case-identity-anonymous = Es gibt keine Identität zu öffnen: Es wurde nichts gespeichert, was zur meldenden Person führt.
case-identity = Die Identität der meldenden Person von Fall { $number } ist allein für { $confidant } versiegelt. Sie lässt sich öffnen, wenn zwei Personen übereinstimmen, dass es im Fall ohne sie nicht weitergeht. Die meldende Person findet dann einen Hinweis mit dem Grund.
case-identity-asked = Antrag gestellt. Eine zweite Person, die den Fall lesen darf, muss zustimmen. Dann erfährt es die meldende Person.
case-identity-asked-already = { $asker } hat das bereits beantragt. Jemand anderes muss zustimmen.
case-identity-own = Sie haben das selbst beantragt. Eine zweite Person muss zustimmen.
case-identity-agreed = Sie haben zugestimmt. { $confidant } kann die Identität jetzt abrufen. Die meldende Person findet einen Hinweis mit dem Grund.
case-identity-agreed-already = { $agreed } hat dem bereits zugestimmt.
case-identity-lapsed = { $asker } hat das beantragt, darf den Fall aber nicht mehr lesen. Darum ist der Antrag hinfällig. Es wurde nichts geöffnet. Wer den Fall lesen darf, kann es mit eigener Begründung neu beantragen.
case-identity-open-already = Zwei Personen haben dem bereits zugestimmt.
case-identity-gone = Die einzige Ansprechperson, die die Identität öffnen könnte, darf diesen Fall nicht mehr lesen. Darum kann sie niemand öffnen.
case-identity-not-yours = Nur { $confidant } kann die Identität abrufen.
case-identity-file = Hier ist die versiegelte Identität. Öffnen Sie sie mit Ihrem eigenen age-Schlüssel. Im Fall wird vermerkt, dass Sie sie abgerufen haben. Verwenden Sie sie nur für diesen Fall.
case-identity-open = Gemeldet von { $who } ({ $name }). Im Fall wird vermerkt, dass Sie es gelesen haben. Verwenden Sie es nur für diesen Fall.

keys-title = Für diese Schlüssel werden Meldungen versiegelt. Nur wer einen davon hat, kann lesen, was an ihn geht; eine Kopie der Datenbank reicht nicht.
keys-none = Noch ist kein Schlüssel gültig.
keys-line = { $member } · `{ $recipient }` · { $custody ->
    [own] auf dem eigenen Rechner
   *[kept] beim Bot verwahrt, mit einer Passphrase gesperrt
}
keys-idle = { $member } · `{ $recipient }` · zurzeit keine Ansprechperson, darum wird nichts für diesen Schlüssel versiegelt
keys-waiting = Eine zweite Person muss noch zustimmen:
keys-waiting-line = { $member } · `{ $recipient }` · neu, wartet auf Zustimmung
keys-ending-line = { $member } · `{ $recipient }` · { $by } schlägt vor, ihn zu beenden
keys-needed = { $missing ->
    [one] Anliegen lassen sich melden, sobald ein weiterer Schlüssel gültig ist.
   *[other] Anliegen lassen sich melden, sobald { $missing } weitere Schlüssel gültig sind.
}
keys-check = Vergleichen Sie vor dem Zustimmen den ganzen Schlüssel am Telefon oder persönlich mit der Person, der er gehört. Mit einem falschen Schlüssel liest jemand Fremdes mit.
keys-agree-choose = Einem Schlüssel zustimmen
keys-end-choose = Einen Schlüssel beenden
button-keys-own = Eigenen Schlüssel eintragen
button-keys-keep = Schlüssel vom Bot verwahren lassen
keys-how-own = Ein eigener Schlüssel ist sicherer: Erzeugen Sie ihn mit `age-keygen -o bellwether.key`, heben Sie die Datei sicher auf, und tragen Sie die Zeile ein, die mit `age1` beginnt.
keys-how-keep = Ein beim Bot verwahrter Schlüssel ist bequemer: Fälle öffnen sich in Discord, jeweils für 15 Minuten. Discord und dieser Bot sehen dann Passphrase und Text.
keys-proposed = Vorgeschlagen: `{ $recipient }`. Eine zweite Person, eine andere Ansprechperson oder die Programmleitung, muss mit `/fall schlüssel` zustimmen.
keys-agreed = Sie haben zugestimmt: Der Schlüssel ist gültig, ein älterer derselben Person ist beendet. Die Änderung steht im Nachweisprotokoll und wird bekannt gemacht.
keys-ended = Der Schlüssel ist beendet: Für ihn wird nichts mehr versiegelt. Frühere Meldungen lassen sich damit weiter öffnen. Die Änderung steht im Nachweisprotokoll und wird bekannt gemacht.
keys-end-proposed = Vorgeschlagen. Eine zweite Person muss zustimmen, dann endet der Schlüssel.
keys-taken-back = Der Vorschlag ist zurückgezogen. Für diesen Schlüssel wurde nichts versiegelt.
keys-not-a-recipient = Das ist kein age-Empfänger. Ein Empfänger beginnt mit `age1` und hat 62 Zeichen; `age-keygen -y SCHLÜSSELDATEI` zeigt ihn. Schicken Sie nie die Zeile, die mit `AGE-SECRET-KEY` beginnt.
keys-a-secret = Das war der geheime Teil eines Schlüssels, und er ist durch Discord gegangen. Bitte werfen Sie diesen Schlüssel weg, erzeugen Sie einen neuen, und schicken Sie die Zeile, die mit `age1` beginnt.
keys-known = Dieser Schlüssel ist bereits eingetragen.
keys-short = Die Passphrase braucht mindestens { $least } Zeichen. Mehrere Wörter hintereinander merken sich leicht.
keys-differ = Die beiden Passphrasen sind verschieden. Es wurde nichts gespeichert.
keys-own-proposal = Sie haben das vorgeschlagen, oder der Schlüssel gehört Ihnen. Eine zweite Person muss zustimmen.
keys-gone = Darüber ist bereits entschieden.
keys-role = Für einen Schlüssel brauchen Sie die Rolle einer Ansprechperson. Die Programmleitung darf Schlüsseln zustimmen, aber keinen haben.
keys-altered = Die Schlüssel in der Datenbank sind nicht die, denen zwei Personen zugestimmt haben. Es wird nichts versiegelt, bis der Betreiber `bellwether evidence verify` ausgeführt und das behoben hat.

unlock-wrong = Das ist nicht die Passphrase. In dieser Stunde { $left ->
    [one] bleibt noch 1 Versuch
   *[other] bleiben noch { $left } Versuche
}.
unlock-often = Zu viele falsche Passphrasen. Sie können es ab { $at } wieder versuchen.
unlock-none = Der Bot verwahrt keinen gültigen Schlüssel für Sie.

refused-case = Diesen Fall gibt es für Sie nicht. `/fall eingang` zeigt die Fälle, die Sie sehen dürfen.
refused-case-number = `{ $found }` ist keine Fallnummer. Eine Fallnummer hat sechs Buchstaben und Ziffern, etwa K7Q-2MX.
refused-case-empty = Sie haben nichts geschrieben, darum wurde nichts gespeichert.
refused-case-long = Ihr Text ist { $length } Zeichen lang; höchstens { $limit } sind möglich. Hier ist er noch einmal, damit nichts verloren geht:
refused-case-open-places = Bitte füllen Sie die Lücken aus: { $places }. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-case-lost = Das konnte nicht gespeichert werden, und das liegt an uns. Referenz: `{ $reference }`. Hier ist Ihr Text, damit nichts verloren geht:

drill-about = Eine Übung kommt bei den Ansprechpersonen als gewöhnliches anonymes Anliegen an. Mit der ersten Antwort erfahren sie, dass es eine Übung war; bis dahin sagen Sie es bitte niemandem. Sie wird getrennt gezählt, mit der Zeit bis zu dieser Antwort. Worum geht es?
drill-choose = Eine Kategorie wählen
drill-begun = Die Übung hat als Fall { $number } begonnen. Sie endet mit der ersten Antwort.
drill-role = Nur die Programmleitung und unabhängige Ansprechpersonen können eine Übung starten.
drill-closed = Die Übung hat nicht begonnen: Niemand mit gültigem Schlüssel könnte sie jetzt lesen, oder der Kanal ist geschlossen. `/fall schlüssel` zeigt die Schlüssel. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
modal-drill-title = Eine Übung
modal-drill-label = Was die Ansprechpersonen lesen werden
modal-drill-hint = Etwas, das wirklich geschehen könnte, aber ohne eine wirkliche Person
