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

record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, rechtzeitig { $at }
    [late] { $label }, spät { $at }
    [open] noch offen, fällig { $at }
    [withdrawn] beantwortet, zurückgenommen
    [erased] beantwortet { $at }; das Gesagte ist gelöscht
    [missed] ohne Antwort geschlossen { $at }
    [excused] entschuldigt: abwesend
    [outage] entschuldigt: der Bot war nicht da
    [not-asked] nicht gestellt: es gab schon genug andere Fragen
    [removed] beendet: die Organisation war zeitweise nicht eingerichtet
    [cancelled] zurückgenommen
    [scheduled] öffnet { $at }
   *[undelivered] konnte nicht zugestellt werden
}

streaks-rest = { $count ->
    [one] Eine weitere Person ist hier nicht gezeigt. `/serien` mit `person` zeigt eine einzelne.
   *[other] { $count } weitere Personen sind hier nicht gezeigt. `/serien` mit `person` zeigt eine einzelne.
}
figure-none = keine Daten
figure-few = { $n } von { $total }
figure-share = { $n } von { $total } ({ $percent } %)

away-recorded = Festgehalten: Sie sind von { $from } bis { $to } abwesend, beide Tage eingeschlossen. Eine Frage ist entschuldigt, wenn mindestens die Hälfte ihrer Arbeitszeit in diese Zeit fällt.
away-no-date = „{ $found }“ ist kein Datum. Ein Datum sieht so aus: { $example }.
away-past = Eine Abwesenheit lässt sich ab heute ({ $today }) eintragen. Für frühere Tage fragen Sie bitte die Programmleitung.
away-order = Der letzte Tag ({ $to }) liegt vor dem ersten ({ $from }).
away-overlaps = Das überschneidet sich mit einer Abwesenheit, die schon festgehalten ist: { $from } bis { $to }.
away-too-long = Das sind { $days } Tage; auf einmal lassen sich bis zu { $most } Tage eintragen.
away-recorded-other = Festgehalten: { $member } ist von { $from } bis { $to } abwesend, beide Tage eingeschlossen. Eine Frage ist entschuldigt, wenn mindestens die Hälfte ihrer Arbeitszeit in diese Zeit fällt.
away-closed-stays = Fragen, die schon geschlossen sind, bleiben, wie sie sind.
away-reach = Der erste Tag muss zwischen { $earliest } und { $latest } liegen.
away-nobody = Dieser Person werden hier keine Fragen gestellt; es gibt also keine Abwesenheit einzutragen.
away-whose = Bitte sagen Sie mit `person`, wer abwesend ist.
away-both = Bitte geben Sie den ersten und den letzten Tag an, `von` und `bis`. Für einen einzelnen Tag geben Sie ihn zweimal an.
away-gone = Diese Abwesenheit ist hier nicht mehr eingetragen. `/abwesend` zeigt, was eingetragen ist.
away-list = { $whose ->
    [own] { $count ->
        [0] Für Sie ist keine Abwesenheit eingetragen. Zum Eintragen geben Sie `/abwesend` den ersten und den letzten Tag mit.
       *[other] Ihre Abwesenheiten:
    }
    [other] { $count ->
        [0] Für { $member } ist keine Abwesenheit eingetragen.
       *[other] Abwesenheiten von { $member }:
    }
   *[all] { $count ->
        [0] Für niemanden ist jetzt oder später eine Abwesenheit eingetragen.
       *[other] Wer jetzt oder später abwesend ist. `/abwesend` mit `person` zeigt eine einzelne Person und lässt Änderungen zu.
    }
}
away-entered-by = , eingetragen von { $member }
away-choose = Verkürzen oder zurücknehmen
away-fixed = Diese Tage sind vorbei. Die Programmleitung kann sie noch ändern.
away-sure = { $span } zurücknehmen? Noch offene Fragen werden dann gestellt; geschlossene bleiben, wie sie sind. Im Nachweis bleibt, dass die Abwesenheit eingetragen und zurückgenommen wurde.
away-shortened = Verkürzt: abwesend von { $from } bis { $to }, beide Tage eingeschlossen; vorher bis { $before }. Fragen, die auf das Ende gewartet haben, werden jetzt gestellt; geschlossene bleiben, wie sie sind.
away-withdrawn = Zurückgenommen: { $span }. Noch offene Fragen werden jetzt gestellt; geschlossene bleiben, wie sie sind.
away-not-shorter = Diese Abwesenheit endet am { $last }. Der neue letzte Tag muss davor liegen. Für eine längere Zeit tragen Sie die weiteren Tage mit `/abwesend` ein.
away-nothing-left = Dann bliebe nichts übrig: Diese Abwesenheit beginnt am { $first }.
away-past-change = Tage vor heute ({ $today }) bleiben, wie sie eingetragen sind. Für eine Änderung daran fragen Sie bitte die Programmleitung.
button-away-shorten = Verkürzen
button-away-withdraw = Zurücknehmen
button-away-withdrawn = Ja, zurücknehmen
modal-away-last = Neuer letzter Tag der Abwesenheit

record-title = { $count ->
    [0] Ihnen wurde bisher keine Frage gestellt.
    [one] Ihre letzte Frage, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
   *[other] Ihre letzten { $count } Fragen, neueste zuerst, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
}

streaks-title = Beantwortet, von allem, was seit { $from } fällig war, Stand { $at }. Was geantwortet wurde, spielt keine Rolle.
streaks-empty = Keine Daten, Stand { $at }: bisher war keine Frage fällig.
streaks-note = Entschuldigte, zurückgenommene und nicht zugestellte Fragen stehen in keiner der Zahlen; *nicht erreicht* zählt, was nicht rechtzeitig zugestellt werden konnte und ohne Antwort blieb. Wochen in Folge zählen rechtzeitige Antworten; Wochen, die spät, entschuldigt oder nicht zutreffend waren, halten. Die Liste folgt der Discord-Kennung, nicht dem Verdienst.
streaks-line = { $member }: { $figure }, { $on_time } rechtzeitig; { $started ->
    [yes] Wochen in Folge: jetzt { $current }, längste { $longest }, gehalten { $holds }
   *[no] Wochen in Folge: noch nicht begonnen
}{ $provisional ->
    [yes] {" "}(vorläufig)
   *[no] {""}
}{ $unreached ->
    [0] {""}
   *[other] ; nicht erreicht { $unreached }
}

# What figures and records are worth.
tables-held = Mit dem Nachweisprotokoll verglichen am { $at }: es stimmte überein.
tables-not-held = Noch nicht mit dem Nachweisprotokoll verglichen.
tables-differ = **Verlassen Sie sich nicht darauf:** Beim Vergleich mit dem Nachweisprotokoll am { $at } stimmte es nicht überein. Bitte sagen Sie dem Betrieb, `bellwether evidence verify` auszuführen.
