# Die eigenen Antworten: Belege, Berichtigungen, Zurücknehmen.

own-choose = Beleg holen, Antwort berichtigen, zurücknehmen
own-stands = Festgehalten: **{ $label }**, zuerst beantwortet { $at }.
own-corrected = { $count ->
    [one] Einmal berichtigt, { $at }.
   *[other] { $count }-mal berichtigt, zuletzt { $at }.
}
own-withdrawn = Sie haben diese Antwort { $at } zurückgenommen. Dass geantwortet wurde und wann, bleibt stehen.
own-erased = Was diese Antwort sagte, wurde gelöscht. Dass geantwortet wurde und wann, bleibt stehen.
own-until = Sie lässt sich bis { $until } berichtigen oder zurücknehmen.

button-receipt = Beleg
button-correct = Berichtigen
button-retract = Zurücknehmen
button-retracted = Ja, zurücknehmen

correct-which = Welche Antwort ist richtig? Ihre erste Antwort und ihr Zeitpunkt bleiben in den Nachweisen; die Berichtigung kommt hinzu.
correct-done = Berichtigt: **{ $label }**, { $at }. Ihre erste Antwort vom { $first } bleibt in den Nachweisen und entscheidet, ob sie rechtzeitig war.
correct-unchanged = Das steht schon so da: **{ $label }**. Es wurde nichts geändert.
modal-correct-title = Ihre Berichtigung
modal-correct-reason-label = Warum berichtigt wird
modal-correct-reason-hint = Ich hatte die falsche Woche im Sinn

refused-reason = Es braucht eine Zeile dazu, warum berichtigt wird. Bisher ist nichts geändert. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-correct-late = Antworten lassen sich bis 90 Tage nach der Frist berichtigen oder zurücknehmen; diese bis { $until }. Was daran falsch ist, kann noch gelöscht werden: Fragen Sie die Programmleitung.
refused-correct-often = Diese Antwort wurde schon { $count }-mal berichtigt; öfter geht es nicht. Es wurde nichts geändert.
refused-not-answered = Hier gibt es keine Antwort von Ihnen, die gilt. `/übersicht` zeigt, welche gelten.
refused-erased = Was diese Antwort sagte, wurde gelöscht; es gibt nichts zu ändern. Dass geantwortet wurde und wann, bleibt stehen.

retract-sure = { $open ->
    [yes] Diese Antwort zurücknehmen? Die Frage ist dann wieder offen, bis { $until }.
   *[no] Diese Antwort zurücknehmen? Die Frage ist geschlossen: Sie bleibt beantwortet, und was Sie sagten, zählt nicht mehr.
} Die Nachweise behalten, dass es eine Antwort gab und dass sie zurückgenommen wurde.
retracted = { $open ->
    [yes] Zurückgenommen. Die Frage ist bis { $until } wieder offen; `/offen` zeigt sie.
   *[no] Zurückgenommen. Die Frage bleibt beantwortet; was Sie sagten, zählt nicht mehr.
}

receipt-files = { $count ->
    [one] Hier ist Ihr Beleg: ein Eintrag der Nachweise.
   *[other] Hier sind Ihre Belege: { $count } Einträge der Nachweise.
} Bewahren Sie diese Dateien auf. Sie beweisen, dass der Eintrag da war, auch wenn jemand die Nachweise später umschreiben sollte. `.sd` enthält, was Sie gesagt haben, `.leaf` den Eintrag, `.tlog-proof` den Beweis.
receipt-check = Prüfen ohne uns: `bellwether evidence verify-receipt ORDNER --vkey SCHLÜSSEL`, oder jedes Programm, das C2SP tlog-proof liest. Der Schlüssel ist der öffentliche der Nachweise; die Programmleitung bewahrt ihn auf.
receipt-left = { $count ->
    [one] Eine frühere Berichtigung fehlt hier; ihren Beleg kann der Betreiber schreiben.
   *[other] { $count } frühere Berichtigungen fehlen hier; ihre Belege kann der Betreiber schreiben.
}
receipt-emptied = Was Sie gesagt haben, wurde gelöscht, darum gibt es kein `.sd`: Der Beweis zeigt nur noch, dass es einen Eintrag gab.
