# Was die Befehle zeigen.

pending-title = { $count ->
    [0] Es ist nichts offen. Die nächste Frage kommt am üblichen Tag.
    [one] Eine Frage ist offen.
   *[other] { $count } Fragen sind offen.
}
pending-rest = { $count ->
    [one] Eine weitere ist offen; sie erscheint hier, sobald eine davon beantwortet ist.
   *[other] { $count } weitere sind offen; sie erscheinen hier, sobald einige davon beantwortet sind.
}

record-title = { $count ->
    [0] Ihnen wurde bisher keine Frage gestellt.
    [one] Ihre letzte Frage, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
   *[other] Ihre letzten { $count } Fragen, neueste zuerst, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
}
record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, rechtzeitig { $at }
    [late] { $label }, spät { $at }
    [open] noch offen, fällig { $at }
    [missed] ohne Antwort geschlossen { $at }
    [excused] entschuldigt: abwesend
    [cancelled] zurückgenommen
    [scheduled] öffnet { $at }
   *[undelivered] konnte nicht zugestellt werden
}

streaks-title = Rechtzeitig geantwortet, { $from } bis { $to }, Stand { $at }. Mit Namen; was geantwortet wurde, spielt keine Rolle.
streaks-empty = Keine Daten: in diesem Zeitraum war keine Frage fällig.
streaks-note = n von N ist der Anteil rechtzeitiger Antworten. Entschuldigte, zurückgenommene und nicht zugestellte Fragen stehen in keiner der Zahlen; späte und noch nicht fällige halten eine Serie. Vorläufige Wochen sind noch offen. Keine Rangfolge: die Liste folgt der Discord-Kennung.
streaks-line = { $member }: { $figure } rechtzeitig; { $current ->
    [0] { $longest ->
        [0] noch nicht begonnen
       *[other] jetzt 0, längste { $longest } { $longest ->
            [one] Woche
           *[other] Wochen
        }
    }
   *[other] jetzt { $current }, längste { $longest } { $longest ->
        [one] Woche
       *[other] Wochen
    }
}{ $holds ->
    [0] {""}
    [one] , 1-mal gehalten
   *[other] , { $holds }-mal gehalten
}{ $provisional ->
    [yes] , vorläufig
   *[no] {""}
}
streaks-rest = { $count ->
    [one] Eine weitere Person ist hier nicht gezeigt. `/serien` zeigt eine einzelne.
   *[other] { $count } weitere Personen sind hier nicht gezeigt. `/serien` zeigt eine einzelne.
}
figure-none = keine Daten
figure-few = { $n } von { $total }
figure-share = { $n } von { $total } ({ $percent } %)

away-recorded = Festgehalten: Sie sind von { $from } bis { $to } abwesend, beide Tage eingeschlossen. Fragen, deren Arbeitszeit überwiegend darin liegt, sind entschuldigt.
away-known = Diese Abwesenheit ist schon festgehalten: { $from } bis { $to }, beide Tage eingeschlossen.
away-no-date = „{ $found }“ ist kein Datum. Ein Datum sieht so aus: { $example }.
away-order = Die Abwesenheit würde enden ({ $to }), bevor sie beginnt ({ $from }).
away-too-long = Eine Abwesenheit kann höchstens { $limit } Tage dauern. Für eine längere fragen Sie die Programmleitung.
away-too-late = Diese Abwesenheit liegt zu weit zurück, um sie selbst einzutragen. Die Programmleitung kann einzelne Fragen noch entschuldigen.
