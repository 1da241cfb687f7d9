# Die Frage selbst und der zweite Schritt.

prompt-period = { $current ->
    [yes] { $cadence ->
        [weekly] Diese Woche: { $from } – { $to }
        [monthly] Dieser Monat: { $from } – { $to }
       *[quarterly] Dieses Quartal: { $from } – { $to }
    }
   *[no] { $cadence ->
        [weekly] Die Woche { $from } – { $to }
        [monthly] Der Monat { $from } – { $to }
       *[quarterly] Das Quartal { $from } – { $to }
    }
}
prompt-due = Fällig { $due } ({ $relative }).
prompt-came-late = Diese Frage erreicht Sie erst nach der Frist; das liegt nicht an Ihnen. Eine Antwort bis { $closes } zählt als rechtzeitig.
prompt-use = Mit jeder der vier Antworten gilt die Frage als beantwortet. Ihre Antwort steht in Ihrer Übersicht und in den Nachweisen des Programms. Mit Ihrem Namen sehen sie nur Sie und die Programmleitung.
prompt-channel = Die Frage können alle in diesem Kanal sehen. Ihre Antwort sehen hier nur Sie.

date-day = { $weekday ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
} { $day }.
date-month = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
date-with-month = { $day } { $month }
date-with-year = { $date } { $year }

# Titel und Beschriftungen von Formularen: höchstens 45 Zeichen, Beispiele höchstens 100.
modal-done-title = Woran man es sieht
modal-done-label = Woran man es sieht: Eine Zeile genügt
modal-done-hint = Ein Datum, eine Besprechung, ein Ticket oder eine Seite genügt.
modal-not-yet-title = Danke für die offene Antwort
modal-not-yet-when-label = Wann? (ein Anlass, der sicher kommt)
modal-not-yet-when-hint = Nach der Besprechung am Dienstag
modal-not-yet-act-label = Ich werde (etwas, das andere sehen)
modal-not-yet-act-hint = Die Prüfung der Zugriffe auf die Tagesordnung setzen
modal-not-yet-by-label = Bis wann? (Jahr-Monat-Tag)
modal-not-yet-by-hint = 2026-12-04
modal-not-yet-because-label = Oder: keine Zusage, weil
modal-not-yet-because-hint = Die Zeilen oben leer lassen und sagen, was im Weg stand
modal-not-applicable-title = Trifft diesmal nicht zu
modal-not-applicable-label = Ein kurzer Grund
modal-not-applicable-hint = In diesem Monat ist niemand neu ins Team gekommen
modal-need-help-title = Was im Weg steht
modal-need-help-label = Was steht im Weg, und was würde helfen?
modal-need-help-hint = Zwei Stunden vom Netzwerkteam vor dem Wartungsfenster
