# Was zuständige Personen und Hinweisgebende zu festen Zeiten hören: Neues, Fristen, Übungen, und ob etwas schlechter wurde. Und Zahlen.

letter-news = Im Eingang für Anliegen gibt es Neues: `/case inbox`
letter-now = **Jemand hat ein Anliegen, das nicht warten kann.** Bitte sehen Sie jetzt nach: `/case inbox`

letter-first-word = **Fall { $number }**: { $step ->
    [over] Das erste Wort an die Person, die ihn gemeldet hat, war bis { $due } fällig und ist nicht hinausgegangen.
    [last-day] Das erste Wort an die Person, die ihn gemeldet hat, ist bis { $due } fällig. Heute ist der letzte Tag dafür.
   *[half] Die Hälfte der Zeit für das erste Wort an die Person, die ihn gemeldet hat, ist vorbei. Es ist bis { $due } fällig.
}
letter-feedback = **Fall { $number }**: { $step ->
    [over] Bis { $due } sollte die Person, die ihn gemeldet hat, erfahren, was daraus wurde. Sie weiß es noch nicht.
    [day-85] Bis { $due } soll die Person, die ihn gemeldet hat, erfahren, was daraus wurde. 85 Tage sind vorbei.
    [day-75] Bis { $due } soll die Person, die ihn gemeldet hat, erfahren, was daraus wurde. 75 Tage sind vorbei.
   *[day-60] Bis { $due } soll die Person, die ihn gemeldet hat, erfahren, was daraus wurde. 60 Tage sind vorbei.
}
letter-reason = { $rung ->
    [own] { $taken ->
        [yes] Sie haben diesen Fall.
       *[no] Noch hat niemand diesen Fall übernommen.
    }
   *[others] { $taken ->
        [yes] Sie hören davon, weil von der Person, die diesen Fall hat, kein Wort gekommen ist.
       *[no] Sie hören davon, weil noch niemand diesen Fall übernommen hat.
    }
}
letter-open = Den Fall zu öffnen verschiebt keine Frist: `/case open { $number }`
letter-worse = **Fall { $number }**: Die Person, die ihn gemeldet hat, sagt, dass seitdem etwas für sie schlechter geworden ist. Bitte sehen Sie, wie sie geschützt werden kann. Ein neuer Fall wurde nicht angelegt.
letter-lapsed = Ihre Bitte, bei einem Fall die Identität zu öffnen, ist hinfällig: Sie dürfen diesen Fall nicht mehr lesen. Nichts wurde geöffnet.
letter-ask = **Fall { $number }** wurde vor { $days } Tagen geschlossen. Nur Sie können wissen, wer ihn gemeldet hat. Bitte fragen Sie die Person selbst und persönlich, ob seitdem etwas für sie schlechter geworden ist, das damit zusammenhängen könnte. Sie kann es auch mit ihrem Fallschlüssel sagen.
letter-drill = **Fall { $number } war eine Übung.** Sie war denen angekündigt, die die Zahlen führen, und zählt nur für sich. Das erste Wort kam { $hours ->
    [0] innerhalb einer Stunde
    [one] nach einer Stunde
   *[other] nach { $hours } Stunden
}. Vielen Dank.

check-question = Sie haben unter Ihrem Namen ein Anliegen gemeldet, Fall { $number }. Er wurde vor { $days } Tagen geschlossen. Ist seitdem bei der Arbeit etwas für Sie schlechter geworden, das damit zusammenhängen könnte? Sie müssen nicht antworten. { $hears ->
    [independent] Wenn etwas schlechter wurde, erfährt es eine Person, die außerhalb der betroffenen Linien steht.
    [readers] Wenn etwas schlechter wurde, erfahren es die, die Ihren Fall lesen können; niemand außerhalb der betroffenen Linien kann ihn lesen.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen: Ihre Antwort wird aufbewahrt und gesagt, sobald es jemand darf.
}
check-fine = Nichts wurde schlechter
check-worse = Etwas wurde schlechter
check-unsaid = Das möchte ich nicht sagen
check-thanks = { $answer ->
    [worse] Danke, dass Sie es sagen. { $hears ->
        [independent] Eine Person, die außerhalb der betroffenen Linien steht, erfährt es binnen eines Tages.
        [readers] Die Menschen, die Ihren Fall lesen können, erfahren es binnen eines Tages.
       *[nobody] Zurzeit darf niemand Ihren Fall lesen: Es wird gesagt, sobald es jemand darf.
    } Niemand darf Sie schlechter behandeln, weil Sie etwas gesagt haben.
    [fine] Vielen Dank. Gut zu wissen.
   *[unsaid] Vielen Dank. Das ist alles.
}
check-over = Diese Frage ist schon beantwortet, oder sie wird nicht mehr aufbewahrt.

figures-title = **Anliegen nach Quartalen**, Stand { $at }
figures-note = Nur abgeschlossene Quartale. Weniger als fünf werden mit anderen zusammengezählt, weniger als drei nicht gezählt. Nichts ist nach Teams aufgeteilt.
figures-received = eingegangen: { $total }
figures-few = weniger als 3
figures-other = andere zusammen
figures-first-word = erstes Wort innerhalb von 7 Tagen: { $figure }
figures-feedback = innerhalb von 3 Monaten erfahren, was daraus wurde: { $figure }
figures-asked = später gefragt, ob etwas schlechter wurde: { $figure }
figures-closed = geschlossen: { $count }
figures-no-contact = wollten keine Antwort: { $count }
figures-drills = Übungen: { $count }
figures-drills-median = Übungen: { $count }, erstes Wort im Mittel nach { $hours ->
    [0] weniger als einer Stunde
    [one] einer Stunde
   *[other] { $hours } Stunden
}

proof-files = Diese Dateien beweisen, dass Ihre Meldung an ihrem Tag da war. Sie zeigen weder, was Sie geschrieben haben, noch wer Sie sind; `report.age` ist die versiegelte Meldung, die nur zuständige Personen öffnen können. Wer den öffentlichen Schlüssel des Protokolls hat, kann sie mit `bellwether evidence verify-receipt` prüfen. **Wer die Dateien bei Ihnen sieht, weiß, dass Sie diesen Fall haben**; bewahren Sie sie dort auf, wo niemand nachsieht.
proof-later = Den Beleg gibt es ab { $from }: Erst dann steht der Tag Ihrer Meldung im Nachweisprotokoll.
