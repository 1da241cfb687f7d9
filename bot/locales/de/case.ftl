# Die Seite der Ansprechpersonen: Eingang, Fall, Schlüssel, und was nicht geht und warum.

command-case = fall
command-case-about = Die Anliegen, die zu Ihnen kamen; nur Sie sehen die Antwort
command-case-inbox = eingang
command-case-inbox-about = Die Fälle, die Sie sehen dürfen
command-case-open = öffnen
command-case-open-about = Ein Fall, mit seiner Nummer
command-case-open-number = nummer
command-case-open-number-about = Die Fallnummer, etwa K7Q-2MX
command-case-key = schlüssel
command-case-key-about = Für welche Schlüssel versiegelt wird: den eigenen eintragen, einem anderen zustimmen
command-case-figures = zahlen
command-case-figures-about = Zahlen nach Quartal, kleine zurückgehalten; kein Fall und kein Team
command-case-drill = übung
command-case-drill-about = Eine Übung ansetzen, für Programmleitung und unabhängige Ansprechpersonen

case-inbox = { $count ->
    [0] Kein Fall ist für Sie offen, Stand { $at }.
    [one] Ein Fall ist für Sie offen, Stand { $at }.
   *[other] { $count } Fälle sind für Sie offen, Stand { $at }.
}
case-inbox-closed = { $count ->
    [one] Einer wurde in den letzten 30 Tagen abgeschlossen und lässt sich wieder öffnen:
   *[other] { $count } wurden in den letzten 30 Tagen abgeschlossen und lassen sich wieder öffnen:
}
case-inbox-rest = { $count ->
    [one] Einer hat hier keinen Platz; `/fall öffnen` nimmt seine Nummer.
   *[other] { $count } haben hier keinen Platz; `/fall öffnen` nimmt eine Nummer.
}
case-inbox-withheld = { $count ->
    [one] 1 Fall wird niemandem gezeigt: Was in der Datenbank über ihn steht, hat nicht dieser Bot geschrieben. Bitte sagen Sie denen Bescheid, die den Bot betreiben.
   *[other] { $count } Fälle werden niemandem gezeigt: Was in der Datenbank über sie steht, hat nicht dieser Bot geschrieben. Bitte sagen Sie denen Bescheid, die den Bot betreiben.
}
case-inbox-choose = Einen Fall öffnen
case-line = `{ $number }` { $category } · { $state } · { $urgency } · eingegangen { $received } · { $who }
case-next = { $what ->
    [first-word] erstes Wort fällig { $relative }
   *[feedback] Rückmeldung fällig { $relative }
}
case-who = { $who ->
    [nobody] noch von niemandem übernommen
    [you] Ihrer
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
    [confidential] Vertraulich gemeldet. Wer es ist, darf nur { $confidant } je erfahren, und erst, wenn zwei Personen zugestimmt haben.
   *[anonymous] Ohne Namen gemeldet. Niemand kann sagen, wer es ist; bitte versuchen Sie nicht, es herauszufinden.
}
case-first-word = { $done ->
    [yes] Erstes Wort gegeben { $at }.
   *[no] Erstes Wort fällig { $at }. Nur ein Wort an die meldende Person zählt; Übernehmen oder Lesen zählt nicht.
}
case-feedback = { $done ->
    [yes] Rückmeldung gegeben { $at }.
   *[no] Rückmeldung fällig { $at }.
}
case-formal = Das kann unter das Hinweisgeberrecht fallen. Darüber entscheidet ein dafür geschulter Mensch, nie dieser Bot.
case-talk = Die meldende Person bittet um ein Gespräch. Nennen Sie eine Zeit und einen Weg, der keinen Namen braucht.
case-no-contact = Die meldende Person wünscht keinen Kontakt. Was Sie schreiben, wartet hier, bis sie nachsieht.
case-withdrawn = Die meldende Person hat das zurückgezogen. Ein erstes Wort ist trotzdem fällig.
case-drill = Das war eine Übung, angesetzt von der Programmleitung oder der unabhängigen Ansprechperson. Niemand ist in Not. Danke, dass Sie geantwortet haben.
case-joined-to = Verbunden mit Fall { $number }, dort geht die Arbeit weiter. Dieser hier behält seine Fristen und seine meldende Person.
case-joined-from = Damit verbunden: { $numbers }. Jeder behält seine Fristen und seine meldende Person.
case-contents = Versiegelt für die, die ihn lesen dürfen: { $entries ->
    [one] ein Eintrag
   *[other] { $entries } Einträge
}{ $files ->
    [0] {""}
    [one] , eine Datei
   *[other] , { $files } Dateien
}.
case-asked = { $asker } bittet darum, dass { $confidant } die Identität erfährt. Eine zweite Person muss zustimmen; der Grund steht bei den Einträgen.
case-way-on = Zurück zum Fall

button-case-read = Lesen
button-case-take = Übernehmen
button-case-reply = Antworten
button-case-note = Notiz
button-case-status = Stand
button-case-hand-over = Übergeben
button-case-conflict = Befangen
button-case-conflicted = Ja, ich trete zurück
button-case-join = Verbinden mit
button-case-identity = Identität
button-case-unseal = Um Öffnung bitten
button-case-agree = Der Öffnung zustimmen
button-case-unlock = Meinen Schlüssel öffnen
button-case-lock = Meinen Schlüssel schließen
button-case-again = Noch einmal schreiben

case-files = { $count ->
    [one] Eine versiegelte Datei.
   *[other] { $count } versiegelte Dateien.
} Ihr eigener age-Schlüssel öffnet sie auf Ihrem eigenen Rechner: `age -d -i SCHLÜSSELDATEI NAME.age`. Im Fall steht, dass Sie sie geholt haben und wann. Die meldende Person erfährt es nicht.
case-opened = { $count ->
    [one] Ein Eintrag, mit Ihrem Schlüssel geöffnet.
   *[other] { $count } Einträge, mit Ihrem Schlüssel geöffnet.
} Im Fall steht, dass Sie ihn gelesen haben und wann. Die meldende Person erfährt es nicht.
case-entry = { $kind ->
    [report] **Meldung**
    [addition] **Von der meldenden Person ergänzt**
    [reply] **An die meldende Person**, von { $who }
    [note] **Notiz für die Ansprechpersonen**, von { $who }
    [reason] **Stand**, von { $who }
   *[notice] **Hinweis an die meldende Person**
}, { $day }
case-entry-from = Gemeldet von { $who } ({ $name }).
case-entry-about = Es begann mit dieser Nachricht:
case-entry-long = Der Text ist lang; vollständig steht er in `{ $file }`.
case-entry-altered = Das ist nicht, was dieser Bot dort geschrieben hat: Jemand hat es am Bot vorbei geändert oder hingelegt. Handeln Sie nicht danach, und sagen Sie es denen, die den Bot betreiben.
case-entry-closed = Das ist nicht für Ihren Schlüssel versiegelt: Es wurde geschrieben, bevor Ihr Schlüssel galt oder während Sie es nicht lesen durften.
case-empty = In diesem Fall ist nichts Versiegeltes mehr.
case-locked = Ihren Schlüssel verwahrt dieser Bot, und er ist geschlossen. Ihre Passphrase öffnet ihn für 15 Minuten. Passphrase und Text gehen dabei durch Discord; ein Schlüssel auf dem eigenen Rechner ist der stärkere Weg.
case-unlocked = Ihr Schlüssel ist offen bis { $until }.
case-lock-done = Ihr Schlüssel ist wieder geschlossen.
case-no-key = Für Sie gilt kein Schlüssel, darum lässt sich Ihnen kein Fall zeigen. `/fall schlüssel` trägt einen ein; eine zweite Person muss zustimmen.

case-taken = Fall { $number } ist jetzt Ihrer. Die Fristen bleiben, wie sie sind; nur ein Wort an die meldende Person hält die erste an.
case-taken-already = Fall { $number } ist schon Ihrer.
case-taken-by = { $handler } hat Fall { $number } übernommen. Wollen Sie ihn selbst weiterführen, wählen Sie bei Übergeben sich selbst.
case-given = { $handler } kümmert sich jetzt um Fall { $number }. Die Fristen bleiben, wie sie sind.
case-given-same = { $handler } kümmert sich schon um Fall { $number }.
case-given-not = Diese Person kann den Fall nicht übernehmen: Sie darf ihn nicht lesen, oder für sie gilt kein Schlüssel.
case-give-choose = Wer übernimmt?
case-give = Wer kümmert sich ab jetzt um Fall { $number }? Die Fristen bleiben, wie sie sind. Genannt sind nur die, die ihn lesen dürfen und für die ein Schlüssel gilt:
case-give-nobody = Sonst darf niemand mit geltendem Schlüssel diesen Fall lesen.

case-say = Was wollen Sie der meldenden Person von Fall { $number } sagen? Eine Vorlage hilft beim Anfang; jedes Wort lässt sich ändern. Sagen Sie, was war und wie es weitergeht, nicht, wer schuld ist.
case-say-choose = Wie wollen Sie beginnen?
case-say-free = In eigenen Worten
case-say-free-feedback = Rückmeldung, in eigenen Worten
case-say-kind = { $kind ->
    [acknowledge] Erstes Wort
    [ask] Frage
    [update] Zwischenstand
    [feedback] Rückmeldung
    [close] Abschluss
    [protect] Schutz
   *[repair] Wir sind spät
}
case-said = { $first ->
    [yes] Ihre Worte liegen für die meldende Person von Fall { $number } bereit. Damit ist das erste Wort gegeben.
   *[no] Ihre Worte liegen für die meldende Person von Fall { $number } bereit.
}{ $feedback ->
    [yes] {" "}Sie zählen als Rückmeldung.
   *[no] {""}
} Ob sie gelesen wurden, erfahren Sie nicht.
case-noted = In Fall { $number } notiert, versiegelt für die, die ihn lesen dürfen. Die meldende Person sieht es nicht.

modal-case-say-title = An die meldende Person von { $number }
modal-case-say-label = Was die meldende Person lesen wird
modal-case-say-hint = Was war, was kommt, und bis wann. Tatsachen, keine Vorwürfe.
modal-case-fill = { $what ->
    [change] Was sich geändert hat
    [reason] Der Grund
    [question] Ihre Frage
    [handler] Wer, so wie sie die Person kennen darf
    [first_word_by] Erstes Wort bis zu welchem Tag
    [feedback_by] Nächstes Wort bis zu welchem Tag
   *[other] Für »{ $what }«
}
modal-case-fill-hint = Steht im Text dort, wo { $place } steht
modal-case-note-title = Notiz für die Ansprechpersonen
modal-case-note-label = Nur wer den Fall lesen darf, sieht sie
modal-case-note-hint = Was Sie herausgefunden haben, wen Sie fragten, was ansteht.
modal-case-move-title = { $state ->
    [in-review] In Bearbeitung
    [resolved] Gelöst
   *[dismissed] Nicht weiterverfolgt
}
modal-case-move-label = Der Grund (die meldende Person liest ihn)
modal-case-move-hint = Was daraus wurde oder wie es weitergeht. Tatsachen, keine Vorwürfe.
modal-case-join-title = Zwei Fälle verbinden
modal-case-join-label = Nummer des Falls, der weitergeführt wird
modal-case-join-hint = K7Q-2MX
modal-case-unseal-title = Die Identität öffnen
modal-case-unseal-label = Warum es nötig ist (die Person liest es)
modal-case-unseal-hint = Was nicht geht, solange niemand weiß, wer es ist
modal-case-unlock-title = Ihren Schlüssel für 15 Minuten öffnen
modal-case-passphrase-label = Ihre Passphrase
modal-case-passphrase-hint = Mindestens { $least } Zeichen
modal-case-again-label = Noch einmal dieselbe
modal-case-own-title = Eigenen Schlüssel eintragen
modal-case-own-label = Ihr age-Empfänger (der öffentliche Teil)
modal-case-own-hint = age1...

case-status = Fall { $number } ist { $state }. Was ist er ab jetzt?
case-status-none = { $state ->
    [new] Fall { $number } ist neu. Weiter geht es mit dem ersten Wort an die meldende Person: Antworten.
   *[other] Fall { $number } wurde vor mehr als 30 Tagen abgeschlossen und bleibt es.
}
case-moved = Fall { $number } ist jetzt { $state }. Die meldende Person wird den Grund lesen.
case-moved-illegal = Ein Fall, der { $from } ist, kann nicht { $to } werden. Es wurde nichts geändert.
case-moved-late = Fall { $number } ließ sich bis { $until } wieder öffnen. Er bleibt abgeschlossen; ein neues Anliegen lässt sich mit ihm verbinden.

case-conflict-sure = Sind Sie bei Fall { $number } befangen? Treten Sie zurück, verschwindet er für Sie: aus dem Eingang, aus Zahlen, Hinweisen und Antworten. Nichts Neues wird für Sie versiegelt. Was Sie schon haben, können Sie weiterhin öffnen; bitte löschen Sie es. Zurück führt nur ein neues Anliegen.
case-conflict-done = Sie sind zurückgetreten. Der Fall ist für Sie ab jetzt nicht mehr da.
case-conflict-last = Nur Sie können diesen Fall lesen. Erst muss für jemand anderen ein Schlüssel gelten, dann können Sie zurücktreten. Bis dahin lassen Sie den Fall bitte ruhen und nehmen den anderen Weg: { $way }

case-joined = Fall { $number } ist mit { $other } verbunden. Jeder behält seine Fristen und seine meldende Person.
case-joined-same = Ein Fall lässt sich nicht mit sich selbst verbinden.
case-joined-crossed = Fall { $other } ist schon mit diesem verbunden.

case-identity-named = Die meldende Person hat ihren Namen genannt. Er steht in der Meldung.
case-identity-anonymous = Es gibt keine Identität zu öffnen: Es wurde nichts aufbewahrt, was zu der meldenden Person führt.
case-identity = Wer Fall { $number } gemeldet hat, ist allein für { $confidant } versiegelt. Es lässt sich öffnen, wenn zwei Personen meinen, dass es ohne nicht weitergeht. Die meldende Person findet dann einen Hinweis mit dem Grund.
case-identity-asked = Gebeten. Eine zweite Person, die den Fall lesen darf, muss zustimmen. Geschieht es, erfährt es die meldende Person.
case-identity-asked-already = { $asker } hat schon darum gebeten. Jemand anders muss zustimmen.
case-identity-own = Sie haben selbst darum gebeten. Eine zweite Person muss zustimmen.
case-identity-agreed = Zugestimmt. { $confidant } kann die Identität jetzt holen; die meldende Person findet einen Hinweis mit dem Grund.
case-identity-agreed-already = Dem hat schon { $agreed } zugestimmt.
case-identity-lapsed = { $asker } hat darum gebeten und darf den Fall nicht mehr lesen. Darum ist die Bitte hinfällig, und nichts wurde geöffnet. Wer den Fall lesen darf, kann neu darum bitten, mit eigener Begründung.
case-identity-open-already = Zwei Personen haben dem schon zugestimmt.
case-identity-gone = Wer die Identität als Einziger öffnen konnte, darf diesen Fall nicht mehr lesen; darum kann es niemand.
case-identity-not-yours = Nur { $confidant } kann die Identität holen.
case-identity-file = Hier ist die versiegelte Identität. Ihr eigener age-Schlüssel öffnet sie. Im Fall steht, dass Sie sie geholt haben. Verwenden Sie sie nur für diesen Fall.
case-identity-open = Gemeldet von { $who } ({ $name }). Im Fall steht, dass Sie es gelesen haben. Verwenden Sie es nur für diesen Fall.

keys-title = Für diese Schlüssel werden Meldungen versiegelt. Wer einen hat, kann lesen, was zu ihm kommt; sonst niemand, auch nicht mit einer Kopie der Datenbank.
keys-none = Es gilt kein Schlüssel.
keys-line = { $member } · `{ $recipient }` · { $custody ->
    [own] auf dem eigenen Rechner
   *[kept] von diesem Bot unter einer Passphrase verwahrt
}
keys-idle = { $member } · `{ $recipient }` · hat jetzt keine passende Rolle, darum wird nichts für ihn versiegelt
keys-waiting = Diese warten auf eine zweite Person:
keys-waiting-line = { $member } · `{ $recipient }` · soll gelten
keys-ending-line = { $member } · `{ $recipient }` · soll enden, so schlägt es { $by } vor
keys-needed = { $missing ->
    [one] Anliegen lassen sich melden, sobald noch ein Schlüssel gilt.
   *[other] Anliegen lassen sich melden, sobald noch { $missing } Schlüssel gelten.
}
keys-check = Vergleichen Sie vor dem Zustimmen den ganzen Schlüssel auf einem anderen Weg mit der Person, der er gehört. Mit einem falschen Schlüssel liest jemand Fremdes mit.
keys-agree-choose = Einem Schlüssel zustimmen
keys-end-choose = Einen Schlüssel beenden
button-keys-own = Eigenen Schlüssel eintragen
button-keys-keep = Den Bot einen verwahren lassen
keys-how-own = Der eigene Schlüssel ist der stärkere Weg: Erzeugen Sie ihn mit `age-keygen -o bellwether.key`, heben Sie die Datei sicher auf und tragen Sie die Zeile ein, die mit `age1` beginnt.
keys-how-keep = Ein hier verwahrter Schlüssel ist der bequemere Weg: Fälle öffnen sich in Discord für je 15 Minuten. Discord und dieser Bot sehen dann Passphrase und Text.
keys-proposed = Vorgeschlagen: `{ $recipient }`. Eine zweite Person, die Anliegen bearbeitet oder das Programm leitet, muss mit `/fall schlüssel` zustimmen.
keys-agreed = Zugestimmt: Der Schlüssel gilt, ein älterer derselben Person ist beendet. Die Änderung steht in den Nachweisen und wird bekannt gemacht.
keys-ended = Beendet: Für diesen Schlüssel wird nichts mehr versiegelt. Was er vorher öffnen konnte, öffnet er weiterhin. Die Änderung steht in den Nachweisen und wird bekannt gemacht.
keys-end-proposed = Vermerkt. Eine zweite Person muss zustimmen, dann endet der Schlüssel.
keys-taken-back = Der Vorschlag ist zurückgenommen. Für diesen Schlüssel wurde nichts versiegelt.
keys-not-a-recipient = Das ist kein age-Empfänger. Er beginnt mit `age1` und hat 62 Zeichen; `age-keygen -y SCHLÜSSELDATEI` zeigt ihn. Schicken Sie nie die Zeile, die mit `AGE-SECRET-KEY` beginnt.
keys-a-secret = Das war der geheime Teil eines Schlüssels, und Discord hat ihn befördert. Bitte werfen Sie diesen Schlüssel weg, erzeugen Sie einen neuen und schicken Sie die Zeile, die mit `age1` beginnt.
keys-known = Dieser Schlüssel ist schon eingetragen.
keys-short = Die Passphrase braucht mindestens { $least } Zeichen. Mehrere Wörter hintereinander merken sich leicht.
keys-differ = Die beiden Passphrasen sind verschieden. Es wurde nichts aufbewahrt.
keys-own-proposal = Sie haben das vorgeschlagen, oder es ist Ihrer; eine zweite Person muss zustimmen.
keys-gone = Dieser Schlüssel wartet nicht mehr.
keys-role = Für einen Schlüssel brauchen Sie die Rolle einer Ansprechperson. Die Programmleitung darf Schlüsseln zustimmen, aber keinen haben.
keys-altered = Die Schlüssel in der Datenbank sind nicht die, denen zwei Personen zugestimmt haben. Es wird nichts versiegelt, bis der Betrieb nachgesehen hat: `bellwether evidence verify`.

unlock-wrong = Das ist nicht die Passphrase. In dieser Stunde { $left ->
    [one] bleibt noch ein Versuch
   *[other] bleiben noch { $left } Versuche
}.
unlock-often = Zu viele falsche Passphrasen. Der nächste Versuch geht { $at }.
unlock-none = Dieser Bot verwahrt keinen geltenden Schlüssel für Sie.

refused-case = Einen solchen Fall gibt es für Sie nicht. `/fall eingang` zeigt die, die Sie sehen dürfen.
refused-case-number = `{ $found }` ist keine Fallnummer. Sie hat sechs Buchstaben und Ziffern, etwa K7Q-2MX.
refused-case-empty = Es wurde nichts geschrieben, darum wurde nichts aufbewahrt.
refused-case-long = Dieser Text ist { $length } Zeichen lang; { $limit } haben Platz. Hier ist er noch einmal, damit nichts verloren geht:
refused-case-open-places = Einige Stellen sind noch offen: { $places }. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-case-lost = Das ließ sich nicht aufbewahren, und das liegt an uns. Kennzeichen: `{ $reference }`. Hier ist Ihr Text, damit nichts verloren geht:

drill-about = Eine Übung kommt bei den Ansprechpersonen als gewöhnliches anonymes Anliegen an. Mit dem ersten Wort erfahren sie, dass es eine war; bis dahin sagen Sie es bitte niemandem. Sie zählt neben den Zahlen, mit der Zeit bis zu diesem Wort. Worum geht es?
drill-choose = Eine Kategorie wählen
drill-begun = Die Übung hat als Fall { $number } begonnen. Sie endet mit dem ersten Wort.
drill-role = Übungen setzen die Programmleitung und unabhängige Ansprechpersonen an.
drill-closed = Die Übung hat nicht begonnen: Niemand mit geltendem Schlüssel könnte sie jetzt lesen, oder der Kanal ist geschlossen. `/fall schlüssel` zeigt die Schlüssel. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
modal-drill-title = Eine Übung
modal-drill-label = Was die Ansprechpersonen lesen werden
modal-drill-hint = Etwas, das wirklich geschehen könnte, ohne eine wirkliche Person
