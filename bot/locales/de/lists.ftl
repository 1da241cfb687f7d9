# Was die Befehle zeigen.

pending-title = { $count ->
    [0] Es ist nichts offen. Die nächste Frage kommt am üblichen Tag.
    [one] Eine Frage ist offen.
   *[other] { $count } Fragen sind offen.
}
pending-rest = { $count ->
    [one] Eine weitere ist offen. Sie erscheint hier, sobald eine von diesen beantwortet ist.
   *[other] { $count } weitere sind offen. Sie erscheinen hier, sobald einige von diesen beantwortet sind.
}

record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, rechtzeitig { $at }
    [late] { $label }, verspätet { $at }
    [open] noch offen, fällig { $at }
    [withdrawn] beantwortet, dann zurückgezogen
    [erased] beantwortet { $at }; Ihre Angaben wurden gelöscht
    [missed] ohne Antwort geschlossen { $at }
    [excused] entschuldigt: abwesend
    [outage] entschuldigt: der Bot lief nicht
    [not-asked] nicht gestellt: es gab schon genug andere Fragen
    [removed] beendet: die Organisation war zeitweise nicht eingerichtet
    [cancelled] entfallen
    [scheduled] öffnet { $at }
   *[undelivered] konnte nicht zugestellt werden
}

streaks-rest = { $count ->
    [one] 1 weitere Person wird nicht angezeigt. `/serien` mit `person` zeigt eine einzelne Person.
   *[other] { $count } weitere Personen werden nicht angezeigt. `/serien` mit `person` zeigt eine einzelne Person.
}
figure-none = keine Daten
figure-few = { $n } von { $total }
figure-share = { $n } von { $total } ({ $percent } %)

away-recorded = Eingetragen: Sie sind von { $from } bis { $to } abwesend, beide Tage eingeschlossen. Eine Frage ist entschuldigt, wenn mindestens die Hälfte ihrer Arbeitszeit in Ihre Abwesenheit fällt.
away-no-date = „{ $found }“ lässt sich nicht als Datum lesen. Bitte schreiben Sie es so: { $example }.
away-past = Eine Abwesenheit können Sie ab heute ({ $today }) eintragen. Für frühere Tage fragen Sie bitte die Programmleitung.
away-order = Der letzte Tag ({ $to }) liegt vor dem ersten ({ $from }).
away-overlaps = Das überschneidet sich mit einer Abwesenheit, die schon eingetragen ist: { $from } bis { $to }.
away-too-long = Das sind { $days } Tage. Auf einmal können Sie bis zu { $most } Tage eintragen.
away-recorded-other = Eingetragen: { $member } ist von { $from } bis { $to } abwesend, beide Tage eingeschlossen. Eine Frage ist entschuldigt, wenn mindestens die Hälfte ihrer Arbeitszeit in die Abwesenheit fällt.
away-closed-stays = Fragen, die schon geschlossen sind, bleiben, wie sie sind.
away-reach = Der erste Tag muss zwischen { $earliest } und { $latest } liegen.
away-nobody = Diese Person bekommt hier keine Fragen; es gibt also keine Abwesenheit einzutragen.
away-whose = Bitte geben Sie mit `person` an, wer abwesend ist.
away-both = Bitte geben Sie den ersten und den letzten Tag an, `von` und `bis`. Für einen einzelnen Tag geben Sie ihn zweimal an.
away-gone = Diese Abwesenheit ist hier nicht mehr eingetragen. `/abwesend` zeigt, was eingetragen ist.
away-list = { $whose ->
    [own] { $count ->
        [0] Für Sie ist keine Abwesenheit eingetragen. Um eine einzutragen, geben Sie `/abwesend` den ersten und den letzten Tag mit.
       *[other] Ihre Abwesenheiten:
    }
    [other] { $count ->
        [0] Für { $member } ist keine Abwesenheit eingetragen.
       *[other] Abwesenheiten von { $member }:
    }
   *[all] { $count ->
        [0] Für niemanden ist jetzt oder später eine Abwesenheit eingetragen.
       *[other] Wer jetzt oder später abwesend ist. Mit `/abwesend` und `person` sehen und ändern Sie die Einträge einer Person.
    }
}
away-entered-by = , eingetragen von { $member }
away-choose = Verkürzen oder zurückziehen
away-fixed = Diese Tage sind vorbei. Die Programmleitung kann sie noch ändern.
away-sure = { $span } zurückziehen? Noch offene Fragen werden dann gestellt. Geschlossene bleiben, wie sie sind. Die Nachweise zeigen weiterhin, dass die Abwesenheit eingetragen und zurückgezogen wurde.
away-shortened = Verkürzt: abwesend von { $from } bis { $to }, beide Tage eingeschlossen (vorher: bis { $before }). Fragen, die auf das Ende der Abwesenheit gewartet haben, werden jetzt gestellt. Geschlossene bleiben, wie sie sind.
away-withdrawn = Zurückgezogen: { $span }. Noch offene Fragen werden jetzt gestellt. Geschlossene bleiben, wie sie sind.
away-not-shorter = Diese Abwesenheit endet am { $last }. Der neue letzte Tag muss davor liegen. Für eine längere Abwesenheit tragen Sie die weiteren Tage mit `/abwesend` ein.
away-nothing-left = Dann bliebe nichts übrig: Diese Abwesenheit beginnt am { $first }.
away-past-change = Tage vor heute ({ $today }) bleiben, wie sie eingetragen sind. Für eine Änderung fragen Sie bitte die Programmleitung.
button-away-shorten = Verkürzen
button-away-withdraw = Zurückziehen
button-away-withdrawn = Ja, zurückziehen
modal-away-last = Neuer letzter Tag der Abwesenheit

record-title = { $count ->
    [0] Ihnen wurde bisher keine Frage gestellt.
    [one] Ihre letzte Frage, Stand { $at }. Mit Ihrem Namen sehen das nur Sie und die Programmleitung.
   *[other] Ihre letzten { $count } Fragen, neueste zuerst, Stand { $at }. Mit Ihrem Namen sehen das nur Sie und die Programmleitung.
}

streaks-title = Beantwortet, von allen seit { $from } fälligen Fragen, Stand { $at }. Es zählt nur, ob und wann geantwortet wurde, nicht was.
streaks-empty = Keine Daten, Stand { $at }: Bisher war keine Frage fällig.
streaks-note = Entschuldigte, entfallene und nicht zugestellte Fragen stehen in keiner der beiden Zahlen. *Nicht erreicht*: Fragen, die nicht rechtzeitig zugestellt werden konnten und ohne Antwort blieben. *Wochen in Folge*: rechtzeitige Antworten; verspätete, entschuldigte und nicht zutreffende Wochen zählen nicht mit, unterbrechen aber auch nicht (ausgesetzt). Die Reihenfolge richtet sich nach der Discord-ID und ist keine Rangfolge.
streaks-line = { $member }: { $figure }, { $on_time } rechtzeitig; { $started ->
    [yes] Wochen in Folge: { $current } (längste Serie { $longest }, ausgesetzt { $holds })
   *[no] Wochen in Folge: noch nicht begonnen
}{ $provisional ->
    [yes] {" "}(vorläufig)
   *[no] {""}
}{ $unreached ->
    [0] {""}
   *[other] ; nicht erreicht: { $unreached }
}

# Wie verlässlich die Zahlen und Übersichten sind.
tables-held = Zuletzt am { $at } mit dem Nachweisprotokoll verglichen: Es stimmte überein.
tables-not-held = Noch nicht mit dem Nachweisprotokoll verglichen.
tables-differ = **Verlassen Sie sich nicht darauf:** Am { $at } stimmte es nicht mit dem Nachweisprotokoll überein. Bitten Sie den Betreiber, `bellwether evidence verify` auszuführen.
