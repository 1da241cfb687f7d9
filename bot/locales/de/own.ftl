# Die eigenen Antworten: Belege, Berichtigungen, Zurückziehen.

own-choose = Beleg abrufen, Antwort berichtigen oder zurückziehen
own-stands = Festgehalten: **{ $label }**, zuerst beantwortet am { $at }.
own-corrected = { $count ->
    [one] Einmal berichtigt, { $at }.
   *[other] { $count }-mal berichtigt, zuletzt { $at }.
}
own-withdrawn = Sie haben diese Antwort am { $at } zurückgezogen. Dass und wann Sie geantwortet haben, bleibt festgehalten.
own-erased = Was Sie in dieser Antwort gesagt haben, wurde gelöscht. Dass und wann Sie geantwortet haben, bleibt festgehalten.
own-until = Sie können sie bis { $until } berichtigen oder zurückziehen.

button-receipt = Beleg
button-correct = Berichtigen
button-retract = Zurückziehen
button-retracted = Ja, zurückziehen

correct-which = Welche Antwort ist richtig? Ihre erste Antwort und ihr Zeitpunkt bleiben in den Nachweisen; die Berichtigung kommt hinzu.
correct-done = Berichtigt: **{ $label }**, { $at }. Ihre erste Antwort vom { $first } bleibt in den Nachweisen und entscheidet, ob Sie rechtzeitig geantwortet haben.
correct-unchanged = Ihre Antwort lautet schon **{ $label }**. Es wurde nichts geändert.
modal-correct-title = Ihre Berichtigung
modal-correct-reason-label = Warum Sie berichtigen
modal-correct-reason-hint = Ich hatte die falsche Woche im Sinn

refused-reason = Bitte sagen Sie in einer Zeile, warum Sie berichtigen. Bisher wurde nichts geändert. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-correct-late = Antworten lassen sich bis 90 Tage nach der Frist berichtigen oder zurückziehen; diese bis { $until }. Wenn etwas daran falsch ist, kann es noch gelöscht werden: Fragen Sie die Programmleitung.
refused-correct-often = Sie haben diese Antwort schon { $count }-mal berichtigt; öfter geht es nicht. Es wurde nichts geändert.
refused-not-answered = Hier gibt es keine Antwort von Ihnen, die zählt. `/übersicht` zeigt Ihre Antworten.
refused-erased = Was Sie in dieser Antwort gesagt haben, wurde gelöscht; es gibt nichts zu ändern. Dass und wann Sie geantwortet haben, bleibt festgehalten.

retract-sure = { $open ->
    [yes] Diese Antwort zurückziehen? Die Frage ist dann wieder offen, bis { $until }.
   *[no] Diese Antwort zurückziehen? Die Frage ist geschlossen: Sie bleibt beantwortet, und was Sie gesagt haben, zählt nicht mehr.
} Die Nachweise zeigen weiterhin, dass es eine Antwort gab und dass sie zurückgezogen wurde.
retracted = { $open ->
    [yes] Zurückgezogen. Die Frage ist bis { $until } wieder offen; `/offen` zeigt sie.
   *[no] Zurückgezogen. Die Frage bleibt beantwortet; was Sie gesagt haben, zählt nicht mehr.
}

receipt-files = { $count ->
    [one] Hier ist Ihr Beleg: ein Eintrag des Nachweisprotokolls.
   *[other] Hier sind Ihre Belege: { $count } Einträge des Nachweisprotokolls.
} Bewahren Sie diese Dateien auf. Sie beweisen, dass der Eintrag im Protokoll war, auch wenn jemand das Protokoll später umschreibt. `.sd` enthält, was Sie gesagt haben, `.leaf` den Eintrag, `.tlog-proof` den Beweis.
receipt-check = Zum Prüfen ohne uns nutzen Sie `bellwether evidence verify-receipt ORDNER --vkey SCHLÜSSEL` oder ein anderes Programm, das C2SP tlog-proof liest. SCHLÜSSEL ist der Prüfschlüssel des Protokolls; die Programmleitung hat ihn.
receipt-left = { $count ->
    [one] Eine frühere Berichtigung fehlt hier; ihren Beleg kann der Betreiber schreiben.
   *[other] { $count } frühere Berichtigungen fehlen hier; ihre Belege kann der Betreiber schreiben.
}
receipt-emptied = Was Sie gesagt haben, wurde gelöscht, darum gibt es kein `.sd`: Der Beweis zeigt nur noch, dass es einen Eintrag gab.
