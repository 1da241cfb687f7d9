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

record-title = { $count ->
    [0] Ihnen wurde bisher keine Frage gestellt.
    [one] Ihre letzte Frage, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
   *[other] Ihre letzten { $count } Fragen, neueste zuerst, Stand { $at }. Mit Namen sehen das nur Sie und die Programmleitung.
}

streaks-title = Beantwortet, von allem, was seit { $from } fällig war, Stand { $at }. Was geantwortet wurde, spielt keine Rolle.
streaks-empty = Keine Daten, Stand { $at }: bisher war keine Frage fällig.
streaks-note = Entschuldigte, zurückgenommene und nicht zugestellte Fragen stehen in keiner der Zahlen. Wochen in Folge zählen rechtzeitige Antworten; Wochen, die spät, entschuldigt oder nicht zutreffend waren, halten. Die Liste folgt der Discord-Kennung, nicht dem Verdienst.
streaks-line = { $member }: { $figure }, { $on_time } rechtzeitig; { $started ->
    [yes] Wochen in Folge: jetzt { $current }, längste { $longest }, gehalten { $holds }
   *[no] Wochen in Folge: noch nicht begonnen
}{ $provisional ->
    [yes] {" "}(vorläufig)
   *[no] {""}
}

# What figures and records are worth.
tables-held = Mit dem Nachweisprotokoll verglichen am { $at }: es stimmte überein.
tables-not-held = Noch nicht mit dem Nachweisprotokoll verglichen.
tables-differ = **Verlassen Sie sich nicht darauf:** Beim Vergleich mit dem Nachweisprotokoll am { $at } stimmte es nicht überein. Bitte sagen Sie dem Betrieb, `bellwether evidence verify` auszuführen.
