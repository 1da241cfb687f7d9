# Ein Anliegen vorbringen und darauf zurückkommen. Für Menschen, die Angst haben können: kurz, genau, nur was gehalten wird.

# Namen, die Discord zeigt: der des Befehls klein, Beschreibungen höchstens 100 Zeichen, der Eintrag im Menü 32.
command-concern = anliegen
command-concern-about = Etwas ansprechen, oder mit dem Fallschlüssel zurückkommen; nur Sie sehen die Antwort
command-concern-message = Dazu ein Anliegen vorbringen

concern-apology = Auf unserer Seite ist etwas schiefgegangen, und wir können nicht sagen, ob Ihr letzter Schritt angekommen ist. Nichts, was zeigt, wer Sie sind oder was Sie geschrieben haben, wurde protokolliert. Bitte versuchen Sie es in einigen Minuten noch einmal.
concern-unkept = Das wurde nicht aufbewahrt: Auf unserer Seite ist etwas schiefgegangen. Nichts, was zeigt, wer Sie sind oder was Sie geschrieben haben, wurde protokolliert. Bitte versuchen Sie es in einigen Minuten noch einmal.

# Die erste Seite: was jede Art verspricht, wer liest, was nicht geschützt ist.
concern-title = Etwas ansprechen
concern-intro = Das sehen nur Sie. Nichts wird behalten, bevor Sie am Ende das Formular absenden; aufhören können Sie jederzeit. Wählen Sie zuerst, was mit Ihrem Namen geschieht.
concern-intro-message = Ausgangspunkt ist die Nachricht, die Sie gewählt haben. Sie können sie noch weglassen.
concern-mode = { $mode ->
    [named] Mit Namen
    [confidential] Vertraulich
   *[anonymous] Anonym uns gegenüber
}
concern-promise = { $mode ->
    [named] Ihren Namen sehen die Menschen, die Ihre Meldung lesen; sonst kann sie niemand öffnen. Außerdem behält der Bot Ihr Konto unversiegelt beim Fall, damit er Ihnen schreiben kann.
    [confidential] In Ihrer Meldung steht nicht, wer Sie sind. Ihr Name wird gespeichert, so versiegelt, dass nur die eine Person ihn lesen kann, die Sie wählen. Sie darf ihn nur für diese Meldung verwenden. Gesetz oder Gericht können sie verpflichten, ihn zu nennen.
   *[anonymous] Wir speichern weder Ihren Namen noch Ihr Konto noch die genaue Zeit noch sonst etwas, das von der Meldung zu Ihnen führt; wir behalten den Tag. Dateien nehmen wir auf diesem Weg nicht an, weil sie zu viel verraten.
}
concern-sealed-title = In allen drei Fällen
concern-sealed = Der Text wird versiegelt: Nur die unten Genannten können ihn lesen, und eine gestohlene Kopie unserer Datenbank allein zeigt ihn nicht. Sie bekommen einen Fallschlüssel. Er wird **einmal** gezeigt. Er ist der einzige Weg zurück zum Gespräch, und wir können ihn nicht wiederherstellen.
concern-readers-title = Wer es lesen kann
concern-reader = { $custody ->
    [own] { $person } `{ $mark }`, eigener Schlüssel
   *[kept] { $person } `{ $mark }`, beim Bot verwahrt
}
concern-readers = Neben jedem Namen steht das Kennzeichen des Schlüssels dieser Person, und wo er liegt. **Eigener Schlüssel**: Nur sie hat ihn. **Beim Bot verwahrt**: Er ist mit ihrer Passphrase und einer Datei beim Bot verschlossen. Eine Kopie der Datenbank allein öffnet ihn nicht; wer den Server dieses Bots betreibt, könnte es, indem er Passphrasen probiert, oder solange er zum Lesen entsperrt ist. Wer davon Ihre Meldung liest, hängt davon ab, worum es geht; Sie sehen es, bevor Sie schreiben, und können Menschen ausnehmen.
concern-open-title = Was nicht geschützt ist
concern-open = Discord (das Unternehmen) kann sehen, dass Sie dieses Formular benutzt und was Sie getippt haben. Wer den Server dieses Bots betreibt, könnte es auch sehen: indem er das Programm ändert, oder indem er dessen Arbeitsspeicher liest, während Sie hier sind und einige Zeit danach. Wer die Datenbank betreut oder Kopien der Festplatte hat, kann herausfinden, wann etwas kam. Unversiegelt gespeichert sind: welche der drei Arten Sie gewählt haben, worum es der Art nach geht, wie dringend es ist, ob Sie eine Antwort möchten, lieber sprechen würden oder es zurückgezogen haben, wen Sie ausgenommen haben, wer allein Ihren Namen lesen kann, an welchen Tagen Sie etwas getan haben, etwa es wieder geöffnet, ob Sie später sagen, dass etwas für Sie schlechter wurde, mit welchem Fall es verbunden wurde, wie viele Dateien dabei waren, und ungefähr, wie viel Sie geschrieben haben. Wer darauf achtet, wer online ist, wie Sie schreiben oder was nur Sie wissen können, kann auf Sie kommen. Wenn weniger als { $few } Menschen das geschrieben haben könnten, rechnen Sie damit, erraten zu werden.
concern-way-title = Wenn Sie mehr Abstand brauchen
concern-way = Wenn Sie Schutz vor der IT des Unternehmens oder vor Discord brauchen, nutzen Sie stattdessen: { $way }
concern-way-none = Wenn Sie Schutz vor der IT des Unternehmens oder vor Discord brauchen, nutzen Sie dieses Formular nicht. Ihre Organisation hat diesem Bot keinen anderen Weg genannt; eine Ombudsperson, der Betriebsrat oder eine Behörde außerhalb kann einer sein.
concern-way-word = einen anderen Weg, den Sie kennen
concern-few-title = Hier könnte man Sie erraten
concern-few = { $people ->
    [0] Soweit dieser Bot weiß, könnte es hier außer Ihnen niemand geschrieben haben. Rechnen Sie auf jedem der drei Wege damit, erkannt zu werden.
    [1] Soweit dieser Bot weiß, könnte es hier außer Ihnen nur ein Mensch geschrieben haben. Rechnen Sie auf jedem der drei Wege damit, erkannt zu werden.
   *[other] Soweit dieser Bot weiß, könnten es hier außer Ihnen nur { $people } Menschen geschrieben haben. Rechnen Sie auf jedem der drei Wege damit, erraten zu werden.
}
concern-place = Dieser Bot arbeitet für mehr als eine Organisation. Um welche geht es?
concern-choose-place = Organisation wählen
concern-button-mode = { $mode ->
    [named] Mit Namen
    [confidential] Vertraulich
   *[anonymous] Anonym
}
concern-button-key = Ich habe einen Fallschlüssel
concern-button-start = Neu beginnen
concern-button-back = Zurück

# Worum es geht.
concern-what = Worum geht es? Wählen Sie, was am nächsten kommt; sicher sein müssen Sie nicht, das wird mit Ihnen sortiert.
concern-choose-category = Worum geht es?

# Wer es liest, wie dringend es ist, und der Weg zum Formular.
concern-read-by-title = Wer es lesen wird
concern-read-by-nobody = Es bleibt niemand. Nehmen Sie weniger Menschen aus, oder wählen Sie etwas anderes.
concern-bar-them = Bevor Sie schreiben können: Wählen Sie unten, wer es nicht sehen darf. Nehmen Sie aus, um wen es geht, und Ihre eigene Führungskraft, falls sie in dieser Liste stehen.
concern-barred = Ausgenommen, und sie erfahren nicht, dass es das gibt: { $people }
concern-barred-nobody = Niemand aus dieser Liste
concern-barred-none = Sie haben niemanden ausgenommen.
concern-confidant = Ihren Namen kann nur { $person } erfahren.
concern-confidant-missing = Wählen Sie unten die eine Person, die Ihren Namen erfahren darf.
concern-choose-barred = { $needed ->
    [yes] Wer darf es nicht sehen?
   *[no] Wer darf es nicht sehen? (freiwillig)
}
concern-choose-confidant = Wer allein darf Ihren Namen erfahren?
concern-choose-urgency = Wie dringend ist es?
concern-urgency-title = Wie schnell
concern-urgency = { $urgency ->
    [now] Jetzt: jemanden rufen
    [today] Heute
    [this-week] Diese Woche
   *[routine] Wenn Zeit dafür ist
}
concern-urgency-means = { $urgency ->
    [now] Es wird sofort jemand gerufen. Dadurch wissen die Gerufenen auf die Minute, wann Sie es abgeschickt haben.
    [today] Zur nächsten festen Zeit ({ $times }) erfahren die Lesenden, dass es Neues gibt. Sie sehen, dass Sie um heute gebeten haben.
    [this-week] Zur nächsten festen Zeit ({ $times }) erfahren die Lesenden, dass es Neues gibt. Sie sehen, dass Sie um diese Woche gebeten haben.
   *[routine] Zur nächsten festen Zeit ({ $times }) erfahren die Lesenden, dass es Neues gibt. Sie sehen, dass es bis zu ihrer nächsten Runde warten kann.
}
concern-calls = { $role ->
    [incident-team] Auch das Notfallteam wird gerufen; es erfährt, dass etwas ist, nicht was.
   *[other] Auch andere werden gerufen; sie erfahren, dass etwas ist, nicht was.
}
concern-message-title = Die Nachricht, von der Sie ausgehen
concern-message-goes = { $link } geht mit, samt Wortlaut und Verfasser. Wer es liest, sieht, wo sie stand; wenn dort nur wenige mitlesen, kann das verraten, wer Sie sind.
concern-message-private = Sie geht nicht mit: Es ist Ihre eigene, oder sie steht in Ihren Direktnachrichten, und sie würde verraten, wer Sie sind. Beschreiben Sie sie mit eigenen Worten.
concern-message-gone = Sie ist vergessen: Eine Nachricht wartet 15 Minuten. Beginnen Sie bei der Nachricht neu, oder beschreiben Sie sie mit eigenen Worten.
concern-files = { $count ->
    [0] Sie hat keine Dateien.
    [one] Ihre Datei geht mit, wenn sie ein Bild (PNG, JPEG, WebP) oder reiner Text ist; was Kameras und Programme in Bilder schreiben, wird entfernt.
   *[other] Ihre { $count } Dateien gehen mit, höchstens { $most }, wenn sie Bilder (PNG, JPEG, WebP) oder reiner Text sind; was Kameras und Programme in Bilder schreiben, wird entfernt.
}
concern-files-not = Ihre Dateien gehen nicht mit: auf diesem Weg keine.
concern-no-contact = Sie möchten keine Antwort. Die Ansprechpersonen sehen das.
concern-before-title = Bevor Sie schreiben
concern-before = Gleich nach dem Absenden sehen Sie den Fallschlüssel, einmal und nie wieder: Halten Sie Stift und Papier bereit. Sagen Sie, was Sie gesehen haben, wann und wo. Lassen Sie weg, was nur Sie wissen können, wenn Sie niemand erkennen soll.
concern-button-write = Schreiben
concern-button-unlink = Nachricht weglassen
concern-button-no-contact = { $no ->
    [yes] Ich möchte doch eine Antwort
   *[no] Ich möchte keine Antwort
}
modal-concern-title = Ihr Anliegen
modal-concern-label = Was ist geschehen?
modal-concern-hint = Was Sie gesehen haben, wann, wo, und was es zeigen könnte. Eine Vermutung genügt.

# Nach dem Absenden.
concern-sent = Angekommen: Fall { $case }
concern-key = Ihr **Fallschlüssel**. Er wird jetzt gezeigt und nie wieder:
concern-key-keep = Schreiben Sie ihn auf, bevor Sie irgendetwas anderes tun; mit dieser Nachricht ist er weg. Um zurückzukommen, tippen Sie `/anliegen` und drücken **Ich habe einen Fallschlüssel**: Dort lesen Sie, was geantwortet wurde, und sagen mehr. Niemand wird Sie nach dem Schlüssel fragen.
concern-sent-read = Versiegelt für: { $people }
concern-sent-handlers = { $begins ->
    [yes] Jemand ({ $people })
   *[no] jemand ({ $people })
}
concern-sent-now = Sie werden jetzt gerufen.
concern-sent-files = { $count ->
    [one] Eine Datei ging mit.
   *[other] { $count } Dateien gingen mit.
}
concern-file-left = { $why ->
    [large] Datei { $number } blieb weg: Sie ist größer als { $most } MB.
    [form] Datei { $number } blieb weg: Sie ist weder ein stehendes Bild (PNG, JPEG, WebP) noch reiner Text.
    [damaged] Datei { $number } blieb weg: Sie lässt sich nicht als das Bild lesen, als das sie beginnt.
    [many] Datei { $number } blieb weg: { $most } gehen mit einem Anliegen.
   *[gone] Datei { $number } blieb weg: Discord hat sie uns nicht gegeben.
}

# Wenn es nicht angenommen werden kann.
concern-closed = { $why ->
    [off] Hier werden keine Anliegen angenommen.
    [keys] Dieser Weg ist noch nicht offen. Nötige Schlüssel von Ansprechpersonen: { $needed }; bisher da: { $found }. Was niemand lesen könnte, wird nicht angenommen.
   *[doubtful] Dieser Weg ist vorerst geschlossen: Die Schlüssel der Ansprechpersonen in der Datenbank sind nicht die, für die die Nachweise bürgen. Bis das geklärt ist, wird nichts für sie versiegelt.
}
concern-changed = Seit Sie begonnen haben, hat sich etwas geändert: wer Anliegen lesen kann, oder was zur Wahl steht. Nichts wurde behalten. Bitte beginnen Sie neu, damit Sie sehen, wie es jetzt ist.
concern-nobody = Es bleibt niemand, der das lesen darf. Nichts wurde behalten. Beginnen Sie neu und nehmen Sie weniger Menschen aus, oder nutzen Sie einen anderen Weg.
concern-today = { $mode ->
    [anonymous] { $most } anonyme Meldungen am Tag gehen von einer Person. So viele kamen heute von Ihnen; die Zählung steht nur im Arbeitsspeicher und ist binnen eines Tages vergessen. Nichts wurde behalten. Versuchen Sie es morgen wieder, wählen Sie eine andere Art, oder nutzen Sie einen anderen Weg.
   *[other] { $most } namentliche und vertrauliche Meldungen am Tag gehen von einer Person. So viele kamen heute von Ihnen; die Zählung steht nur im Arbeitsspeicher und ist binnen eines Tages vergessen. Nichts wurde behalten. Versuchen Sie es morgen wieder, ergänzen Sie einen Fall mit seinem Fallschlüssel, oder nutzen Sie einen anderen Weg.
}
concern-busy = { $minutes ->
    [one] In dieser Stunde kam mehr, als dieser Weg annimmt. Nichts wurde behalten. Bitte schicken Sie es in einer Minute noch einmal ab.
   *[other] In dieser Stunde kam mehr, als dieser Weg annimmt. Nichts wurde behalten. Bitte schicken Sie es in { $minutes } Minuten noch einmal ab.
}
concern-empty = Es wurde nichts geschrieben, also auch nichts abgeschickt.
concern-too-long = Der Text ist { $length } Zeichen lang; { $limit } passen. Nichts wurde behalten.
concern-text-back = Ihr Text, damit er Ihnen nicht verloren geht

# Zurückkommen.
modal-key-title = Zurück zu Ihrem Fall
modal-key-label = Ihr Fallschlüssel
modal-key-hint = XNBT-7EAK-WHNN-Z82Q-883D
visit-no-key = Das ist kein Fallschlüssel. Ein Fallschlüssel hat 20 Buchstaben und Ziffern, etwa XNBT-7EAK-WHNN-Z82Q-883D.
visit-none = Mit diesem Schlüssel öffnet sich kein Fall. Bitte vergleichen Sie ihn noch einmal mit dem, was Sie aufgeschrieben haben; O und 0 gelten als gleich, ebenso I, L und 1.
visit-wait = { $minutes ->
    [one] Es wurden zu viele Schlüssel versucht, die nichts öffnen. Bitte warten Sie eine Minute.
   *[other] Es wurden zu viele Schlüssel versucht, die nichts öffnen. Bitte warten Sie { $minutes } Minuten.
}
visit-over = Dieser Besuch ist zu Ende: Er dauert 15 Minuten. Bitte tippen Sie Ihren Fallschlüssel noch einmal ein.
visit-title = Fall { $case }
visit-state = { $state ->
    [new] Noch hat Ihnen niemand geschrieben.
    [acknowledged] Ein Mensch hat Ihnen geschrieben.
    [in-review] Daran wird gearbeitet.
    [resolved] Der Fall ist geschlossen: Es ist etwas daraus geworden.
   *[dismissed] Der Fall ist geschlossen, ohne dass sich etwas ändert.
}
visit-due = { $what ->
    [first] Das erste Wort ist bis { $day } fällig.
   *[feedback] Die Nachricht, was daraus wurde, ist bis { $day } fällig.
}
visit-received = Angekommen { $day }. { $category }.
visit-handler = { $person } kümmert sich darum.
visit-closed = Geschlossen { $day }.
visit-talk = Sie haben gesagt, dass Sie lieber sprechen würden.
visit-withdrawn = Sie haben es zurückgezogen. Ein erstes Wort bekommen Sie trotzdem.
visit-no-record = Niemand erfährt, dass Sie nachgesehen haben, und es wird nicht aufgeschrieben.
visit-said = { $who ->
    [you] Sie, { $day }
    [reply] { $person }, { $day }
    [reason] { $person }, { $day }: der Grund
   *[notice] Mitteilung, { $day }
}
visit-earlier = { $count ->
    [one] Ein früherer Eintrag steht in der Datei.
   *[other] { $count } frühere Einträge stehen in der Datei.
}
visit-check = Ist bei der Arbeit für Sie etwas schlechter geworden, seit Sie das angesprochen haben, und könnte es damit zu tun haben? { $hears ->
    [independent] Wenn ja, erfährt es die unabhängige Ansprechperson.
    [readers] Wenn ja, erfahren es die, die Ihren Fall lesen können; eine unabhängige Ansprechperson kann ihn nicht lesen.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen: Ihre Antwort wird aufbewahrt und gesagt, sobald es jemand darf.
}
visit-check-button = { $answer ->
    [fine] Nein, nichts
    [unsaid] Das möchte ich nicht sagen
   *[worse] Ja, etwas
}
visit-button = { $what ->
    [add] Mehr sagen
    [look] Den Fall noch einmal ansehen
    [talk] Ich würde lieber sprechen
    [withdraw] Zurückziehen
    [withdrawn] Ja, zurückziehen
    [close] Damit ist es erledigt
    [reopen] Wieder öffnen
   *[proof] Beleg
}
modal-add-title = Mehr sagen
modal-add-label = Was Sie hinzufügen möchten
modal-add-hint = Eine Antwort, etwas Neues, ein Wunsch
visit-readers = Was Sie hinzufügen, wird für diese Menschen versiegelt und für niemanden sonst: { $people }.
visit-readers-none = Es bleibt niemand, der lesen könnte, was Sie hinzufügen würden.
visit-readers-changed = Wer Ihren Fall liest, hat sich geändert, seit die Seite gezeigt wurde; darum wurde nichts behalten. Sehen Sie den Fall noch einmal an: Er nennt diese Menschen, und Sie können jemanden ausnehmen.
visit-choose-barred = Jemanden endgültig ausnehmen
visit-barred = { $person } findet diesen Fall nicht mehr, und was Sie hinzufügen, wird nicht mehr dafür versiegelt. Schon Gelesenes bleibt bekannt. { $confidant ->
    [yes] Nur diese Person konnte Ihren Namen öffnen: Jetzt kann es niemand.
   *[no] Rückgängig machen lässt sich das nicht.
}
visit-barred-last = Dann könnte niemand sonst Ihren Fall lesen; darum hat sich nichts geändert.
visit-barred-already = Diese Person liest Ihren Fall nicht.
visit-added = Hinzugefügt, und für die versiegelt, die Ihren Fall lesen.
visit-talked = Die Ansprechpersonen sehen, dass Sie lieber sprechen würden. Sagen Sie unter **Mehr sagen**, wann und wie Sie zu erreichen sind. Wenn Sie ohne Namen gekommen sind, kann ein Gespräch verraten, wer Sie sind.
visit-withdraw-sure = Zurückziehen? Die Ansprechpersonen sehen es; was Sie geschrieben haben, bleibt bei ihnen, denn vielleicht müssen sie handeln.
visit-done = { $what ->
    [withdrawn] Zurückgezogen. Die Ansprechpersonen sehen es.
    [closed] Geschlossen, wie Sie es wollten. Mit Ihrem Fallschlüssel lässt es sich 30 Tage lang wieder öffnen.
    [reopened] Der Fall ist wieder offen.
    [unsaid] Notiert. Das ist alles.
    [fine] Danke. Das ist vermerkt, und weiter geschieht nichts.
   *[worse] Danke, dass Sie das sagen.
}
visit-worse = { $hears ->
    [independent] Die unabhängige Ansprechperson erfährt davon. Unter **Mehr sagen** können Sie schildern, was geschehen ist.
    [readers] Die Menschen, die Ihren Fall lesen können, erfahren davon; eine unabhängige Ansprechperson kann ihn nicht lesen. Unter **Mehr sagen** können Sie schildern, was geschehen ist.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen: Es wird gesagt, sobald es jemand darf. Wenn Sie vorher Hilfe brauchen, nutzen Sie einen anderen Weg.
}
visit-unreadable = (Dieser Eintrag kann nicht gezeigt werden: Er ist beschädigt, oder er wurde an diesem Bot vorbei geändert oder hingelegt.)
visit-already = So war es schon.
visit-not-now = Das geht in dem Zustand nicht, in dem der Fall ist.
visit-nobody = Es bleibt niemand, der einen Zusatz zu diesem Fall lesen darf. Nichts wurde behalten.
visit-doubtful = Was in der Datenbank über diesen Fall steht, ist nicht, was dieser Bot dort geschrieben hat; jemand kann es geändert haben. Darum zeigt er vorerst nichts davon und fügt nichts hinzu. Verloren ist dadurch nichts: Behalten Sie Ihren Fallschlüssel. Sobald die Menschen, die den Bot betreiben, es in Ordnung gebracht haben, öffnet sich der Fall wieder. Bis dahin können Sie einen anderen Weg nutzen.
