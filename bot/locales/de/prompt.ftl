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
prompt-came-late = Diese Frage kommt erst nach ihrer Frist; das liegt nicht an Ihnen. Bis { $closes } zählt eine Antwort als rechtzeitig.
prompt-use = Jede der vier Antworten zählt als Antwort. Sie kommt in Ihre Übersicht und in den Nachweis des Programms; mit Namen sehen sie nur Sie und die Programmleitung.
prompt-channel = Die Frage können alle in diesem Kanal sehen. Ihre Antwort wird hier nur Ihnen gezeigt.

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
modal-done-label = Eine Zeile: woran man es sieht
modal-done-hint = Ein Datum, eine Besprechung, ein Ticket oder eine Seite genügt.
modal-not-yet-title = Danke für die offene Antwort
modal-not-yet-when-label = Wenn (ein Anlass, der sicher kommt)
modal-not-yet-when-hint = Nach der Besprechung am Dienstag
modal-not-yet-act-label = Dann werde ich (etwas, das andere sehen)
modal-not-yet-act-hint = Die Prüfung der Zugriffe auf die Tagesordnung setzen
modal-not-yet-by-label = Bis (Jahr-Monat-Tag)
modal-not-yet-by-hint = 2026-12-04
modal-not-yet-because-label = Oder: keine Zusage, weil
modal-not-yet-because-hint = Die Zeilen oben leer lassen und sagen, was im Weg stand
modal-not-applicable-title = Diesmal trifft es nicht zu
modal-not-applicable-label = Ein kurzer Grund
modal-not-applicable-hint = In diesem Monat ist niemand neu ins Team gekommen
modal-need-help-title = Was im Weg stand
modal-need-help-label = Was im Weg stand und was helfen würde
modal-need-help-hint = Zwei Stunden vom Netzwerkteam vor dem Wartungsfenster
