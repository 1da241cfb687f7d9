# Was Ansprechpersonen und meldende Personen zu festen Zeiten erfahren: Neues, Fristen, Übungen, und ob etwas schlechter wurde. Und Zahlen.

letter-news = In Ihrem Eingang für Anliegen gibt es etwas Neues: `/fall eingang`
letter-now = **Jemand hat ein Anliegen gemeldet, das nicht warten kann.** Bitte sehen Sie jetzt nach: `/fall eingang`

letter-first-word = **Fall { $number }**: { $step ->
    [over] Die erste Antwort an die meldende Person war bis { $due } fällig und wurde nicht geschickt.
    [last-day] Die erste Antwort an die meldende Person ist bis { $due } fällig. Heute ist der letzte Tag.
   *[half] Die Hälfte der Zeit für die erste Antwort an die meldende Person ist vorbei. Sie ist bis { $due } fällig.
}
letter-feedback = **Fall { $number }**: { $step ->
    [over] Die meldende Person sollte bis { $due } eine Rückmeldung zum Ergebnis bekommen und hat noch keine.
    [day-85] Die meldende Person muss bis { $due } eine Rückmeldung zum Ergebnis bekommen. 85 Tage sind vorbei.
    [day-75] Die meldende Person muss bis { $due } eine Rückmeldung zum Ergebnis bekommen. 75 Tage sind vorbei.
   *[day-60] Die meldende Person muss bis { $due } eine Rückmeldung zum Ergebnis bekommen. 60 Tage sind vorbei.
}
letter-reason = { $rung ->
    [own] { $taken ->
        [yes] Sie bearbeiten diesen Fall.
       *[no] Diesen Fall hat noch niemand übernommen.
    }
   *[others] { $taken ->
        [yes] Sie werden benachrichtigt, weil die Ansprechperson, die diesen Fall bearbeitet, das noch nicht getan hat.
       *[no] Sie werden benachrichtigt, weil diesen Fall noch niemand übernommen hat.
    }
}
letter-open = Den Fall zu öffnen verschiebt keine Frist: `/fall öffnen { $number }`
letter-worse = **Fall { $number }**: Die meldende Person sagt, dass seitdem etwas für sie schlechter geworden ist. Bitte prüfen Sie, wie sie geschützt werden kann. Es wurde kein neuer Fall angelegt.
letter-lapsed = Ihr Antrag, die Identität einer meldenden Person zu öffnen, ist hinfällig, weil Sie diesen Fall nicht mehr lesen dürfen. Es wurde nichts geöffnet.
letter-ask = **Fall { $number }** wurde vor { $days } Tagen abgeschlossen. Nur Sie können wissen, wer die meldende Person ist. Bitte fragen Sie sie selbst und persönlich, ob seitdem etwas für sie schlechter geworden ist, das damit zusammenhängen könnte. Sie kann es auch mit ihrem Fallschlüssel sagen.
letter-drill = **Fall { $number } war eine Übung.** Die Personen, die die Zahlen führen, wussten davon, und sie zählt nur bei den Übungen. Die erste Antwort kam { $hours ->
    [0] innerhalb einer Stunde
    [one] nach einer Stunde
   *[other] nach { $hours } Stunden
}. Vielen Dank.

check-question = Sie haben unter Ihrem Namen ein Anliegen gemeldet, Fall { $number }. Der Fall wurde vor { $days } Tagen abgeschlossen. Ist seitdem bei der Arbeit etwas für Sie schlechter geworden, das damit zusammenhängen könnte? Sie müssen nicht antworten. { $hears ->
    [independent] Wenn etwas schlechter wurde, erfährt es eine unabhängige Ansprechperson.
    [readers] Wenn etwas schlechter wurde, erfahren es die Personen, die Ihren Fall lesen können. Eine unabhängige Ansprechperson kann ihn nicht lesen.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen. Ihre Antwort wird aufbewahrt und weitergegeben, sobald es jemand darf.
}
check-fine = Nichts wurde schlechter
check-worse = Etwas wurde schlechter
check-unsaid = Das möchte ich nicht sagen
check-thanks = { $answer ->
    [worse] Danke, dass Sie uns das sagen. { $hears ->
        [independent] Eine unabhängige Ansprechperson erfährt es innerhalb eines Tages.
        [readers] Die Personen, die Ihren Fall lesen können, erfahren es innerhalb eines Tages.
       *[nobody] Zurzeit darf niemand Ihren Fall lesen. Ihre Antwort wird weitergegeben, sobald es jemand darf.
    } Niemand darf Sie schlechter behandeln, weil Sie etwas angesprochen haben.
    [fine] Vielen Dank. Gut zu wissen.
   *[unsaid] Vielen Dank. Das ist alles.
}
check-over = Diese Frage ist schon beantwortet, oder sie wird nicht mehr aufbewahrt.

figures-title = **Anliegen nach Quartalen**, Stand { $at }
figures-note = Nur abgeschlossene Quartale. Weniger als fünf einer Art werden mit anderen zusammengezählt, weniger als drei nicht gezählt. Nichts ist nach Teams aufgeteilt.
figures-received = eingegangen: { $total }
figures-few = weniger als 3
figures-other = andere zusammen
figures-first-word = erste Antwort innerhalb von 7 Tagen: { $figure }
figures-feedback = Rückmeldung zum Ergebnis innerhalb von 3 Monaten: { $figure }
figures-asked = später gefragt, ob etwas schlechter wurde: { $figure }
figures-closed = abgeschlossen: { $count }
figures-no-contact = wollten keinen Kontakt: { $count }
figures-drills = Übungen: { $count }
figures-drills-median = Übungen: { $count }, Zeit bis zur ersten Antwort (Median): { $hours ->
    [0] weniger als eine Stunde
    [one] 1 Stunde
   *[other] { $hours } Stunden
}

proof-files = Diese Dateien beweisen, dass es Ihre Meldung an ihrem Tag gab. Sie zeigen weder, was Sie geschrieben haben, noch wer Sie sind. `report.age` ist die versiegelte Meldung, die nur Ansprechpersonen öffnen können. Wer den Prüfschlüssel des Nachweisprotokolls hat, kann die Dateien mit `bellwether evidence verify-receipt` prüfen. **Wer die Dateien bei Ihnen sieht, weiß, dass Sie diesen Fall haben**; bewahren Sie sie dort auf, wo niemand nachsieht.
proof-later = Den Beleg können Sie ab { $from } abrufen: Erst dann steht der Tag Ihrer Meldung im Nachweisprotokoll.
