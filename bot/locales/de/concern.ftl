# Ein Anliegen melden und darauf zurückkommen. Für Menschen, die Angst haben können: kurz, genau, nur was gehalten wird.

# Namen, die Discord zeigt: der des Befehls klein, Beschreibungen höchstens 100 Zeichen, der Eintrag im Menü 32.
command-concern = anliegen
command-concern-about = Etwas ansprechen, oder mit dem Fallschlüssel zurückkommen; nur Sie sehen die Antwort
command-concern-message = Dazu ein Anliegen melden

concern-apology = Auf unserer Seite ist etwas schiefgegangen, und wir können nicht sagen, ob Ihr letzter Schritt gespeichert wurde. Nichts, was zeigt, wer Sie sind oder was Sie geschrieben haben, wurde protokolliert. Bitte versuchen Sie es in einigen Minuten noch einmal.
concern-unkept = Das wurde nicht gespeichert: Auf unserer Seite ist etwas schiefgegangen. Nichts, was zeigt, wer Sie sind oder was Sie geschrieben haben, wurde protokolliert. Bitte versuchen Sie es in einigen Minuten noch einmal.

# Die erste Seite: was jede Art verspricht, wer liest, was nicht geschützt ist.
concern-title = Etwas ansprechen
concern-intro = Das sehen nur Sie. Nichts wird gespeichert, bevor Sie am Ende das Formular absenden, und bis dahin können Sie jederzeit aufhören. Wählen Sie zuerst, was mit Ihrem Namen geschieht.
concern-intro-message = Ausgangspunkt ist die Nachricht, die Sie gewählt haben. Sie können sie noch weglassen.
concern-mode = { $mode ->
    [named] Mit Namen
    [confidential] Vertraulich
   *[anonymous] Für uns anonym
}
concern-promise = { $mode ->
    [named] Die Menschen, die Ihre Meldung lesen, sehen Ihren Namen; sonst kann ihn niemand öffnen. Der Bot speichert außerdem Ihr Konto unversiegelt beim Fall, damit er Ihnen schreiben kann. Wer den Bot betreibt, könnte es sehen.
    [confidential] In Ihrer Meldung steht nicht, wer Sie sind. Ihr Name wird gespeichert, aber so versiegelt, dass nur eine Person ihn lesen kann. Diese Person wählen Sie. Sie darf Ihren Namen nur für diese Meldung verwenden. Gesetz oder Gericht können sie verpflichten, ihn zu nennen.
   *[anonymous] Wir speichern weder Ihren Namen noch Ihr Konto noch die genaue Zeit noch sonst etwas, das von der Meldung zu Ihnen führt. Den Tag speichern wir. Dateien können Sie so nicht mitschicken, weil sie zu viel verraten.
}
concern-sealed-title = Bei allen drei Arten
concern-sealed = Ihr Text wird versiegelt: Nur die unten genannten Personen können ihn lesen, und eine gestohlene Kopie unserer Datenbank allein zeigt ihn nicht. Sie bekommen einen Fallschlüssel. Er wird **einmal** gezeigt. Er ist Ihr einziger Weg zurück zum Gespräch, und wir können ihn nicht wiederherstellen.
concern-readers-title = Wer es lesen kann
concern-reader = { $custody ->
    [own] { $person } `{ $mark }`, eigener Schlüssel
   *[kept] { $person } `{ $mark }`, beim Bot verwahrt
}
concern-readers = Neben jedem Namen stehen der Fingerabdruck des Schlüssels dieser Person und wo der Schlüssel liegt. **Eigener Schlüssel**: Er liegt nur bei dieser Person. **Beim Bot verwahrt**: Er ist mit der Passphrase dieser Person und mit einer Datei gesperrt, die beim Bot liegt. Eine Kopie der Datenbank allein öffnet ihn nicht. Wer den Server dieses Bots betreibt, könnte ihn öffnen: durch Ausprobieren von Passphrasen, oder während er zum Lesen entsperrt ist. Wer von diesen Personen Ihre Meldung liest, hängt davon ab, worum es geht. Sie sehen die Namen, bevor Sie schreiben, und können Personen ausschließen.
concern-open-title = Was nicht geschützt ist
concern-open =
    Discord (das Unternehmen) kann sehen, dass Sie dieses Formular benutzt und was Sie getippt haben. Wer den Server dieses Bots betreibt, könnte es auch sehen: indem er das Programm ändert oder dessen Arbeitsspeicher liest, während Sie hier sind und einige Zeit danach. Wer die Datenbank betreut oder Kopien der Festplatte hat, kann herausfinden, wann etwas eingegangen ist.
    Unversiegelt gespeichert wird:
    - welche der drei Arten Sie gewählt haben, um welche Art Anliegen es geht und wie dringend es ist
    - ob Sie eine Antwort möchten, lieber sprechen würden oder die Meldung zurückgezogen haben
    - wen Sie ausgeschlossen haben und wer allein Ihren Namen lesen kann
    - an welchen Tagen Sie etwas getan haben, etwa den Fall wieder geöffnet
    - ob Sie später sagen, dass etwas für Sie schlechter geworden ist
    - mit welchem Fall die Meldung verbunden wurde, wie viele Dateien dabei waren und ungefähr, wie viel Sie geschrieben haben
    Wer darauf achtet, wer online ist, wie Sie schreiben oder was nur Sie wissen können, kann Sie vielleicht erraten. Wenn weniger als { $few } Menschen das geschrieben haben könnten, rechnen Sie damit, erraten zu werden.
concern-way-title = Wenn Sie mehr Abstand brauchen
concern-way = Wenn Sie Schutz vor der IT des Unternehmens oder vor Discord brauchen, nutzen Sie stattdessen: { $way }
concern-way-none = Wenn Sie Schutz vor der IT des Unternehmens oder vor Discord brauchen, nutzen Sie dieses Formular nicht. Ihre Organisation hat diesem Bot keinen anderen Weg genannt. Sie können sich an eine Ombudsperson, den Betriebsrat oder eine externe Behörde wenden.
concern-way-word = einen anderen Weg, den Sie kennen
concern-few-title = Hier könnte man Sie erraten
concern-few = { $people ->
    [0] Soweit dieser Bot weiß, könnte es hier außer Ihnen niemand geschrieben haben. Rechnen Sie bei jeder der drei Arten damit, erkannt zu werden.
    [1] Soweit dieser Bot weiß, könnte es hier außer Ihnen nur eine weitere Person geschrieben haben. Rechnen Sie bei jeder der drei Arten damit, erkannt zu werden.
   *[other] Soweit dieser Bot weiß, könnten es hier außer Ihnen nur { $people } weitere Personen geschrieben haben. Rechnen Sie bei jeder der drei Arten damit, erraten zu werden.
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
concern-what = Worum geht es? Wählen Sie, was am ehesten passt. Sie müssen nicht sicher sein: Eine Ansprechperson klärt es mit Ihnen.
concern-choose-category = Worum geht es?

# Wer es liest, wie dringend es ist, und der Weg zum Formular.
concern-read-by-title = Wer es lesen wird
concern-read-by-nobody = Es bleibt niemand übrig. Schließen Sie weniger Personen aus, oder wählen Sie etwas anderes.
concern-bar-them = Bevor Sie schreiben können, wählen Sie unten, wer es nicht sehen darf. Wenn jemand in dieser Liste steht, um den es geht, oder Ihre eigene Führungskraft, schließen Sie diese Person aus.
concern-barred = Ausgeschlossen, und sie erfahren nicht, dass es die Meldung gibt: { $people }
concern-barred-nobody = Niemand aus dieser Liste
concern-barred-none = Sie haben niemanden ausgeschlossen.
concern-confidant = Nur { $person } kann Ihren Namen erfahren.
concern-confidant-missing = Wählen Sie unten die eine Person, die Ihren Namen erfahren darf.
concern-choose-barred = { $needed ->
    [yes] Wer darf es nicht sehen?
   *[no] Wer darf es nicht sehen? (optional)
}
concern-choose-confidant = Wer allein darf Ihren Namen erfahren?
concern-choose-urgency = Wie dringend ist es?
concern-urgency-title = Wie schnell
concern-urgency = { $urgency ->
    [now] Sofort: jemanden benachrichtigen
    [today] Heute
    [this-week] Diese Woche
   *[routine] Wenn Zeit dafür ist
}
concern-urgency-means = { $urgency ->
    [now] Die Ansprechpersonen werden sofort benachrichtigt und wissen dadurch auf die Minute, wann Sie die Meldung abgeschickt haben.
    [today] Die Ansprechpersonen werden zur nächsten festen Zeit ({ $times }) benachrichtigt, dass es etwas Neues gibt. Diese sehen, dass Sie „heute“ gewählt haben.
    [this-week] Die Ansprechpersonen werden zur nächsten festen Zeit ({ $times }) benachrichtigt, dass es etwas Neues gibt. Diese sehen, dass Sie „diese Woche“ gewählt haben.
   *[routine] Die Ansprechpersonen werden zur nächsten festen Zeit ({ $times }) benachrichtigt, dass es etwas Neues gibt. Diese sehen, dass es warten kann.
}
concern-calls = { $role ->
    [incident-team] Auch das Notfallteam wird benachrichtigt. Es erfährt nur, dass es etwas gibt, nicht was.
   *[other] Auch andere werden benachrichtigt. Diese erfahren nur, dass es etwas gibt, nicht was.
}
concern-message-title = Die Nachricht, von der Sie ausgehen
concern-message-goes = { $link } geht mit Ihrer Meldung mit: der Wortlaut und wer sie geschrieben hat. Wer die Meldung liest, sieht, wo die Nachricht stand. Wenn dort nur wenige mitlesen, kann das zeigen, wer Sie sind.
concern-message-private = Die Nachricht geht nicht mit: Sie ist Ihre eigene, oder sie steht in Ihren Direktnachrichten, und sie würde zeigen, wer Sie sind. Beschreiben Sie sie mit eigenen Worten.
concern-message-gone = Die Nachricht ist vergessen: Der Bot merkt sie sich 15 Minuten lang. Beginnen Sie bei der Nachricht neu, oder beschreiben Sie sie mit eigenen Worten.
concern-files = { $count ->
    [0] Sie hat keine Dateien.
    [one] Ihre Datei geht mit, wenn sie ein Bild (PNG, JPEG, WebP) oder reiner Text ist. Was Kameras und Programme in Bilder schreiben, wird entfernt.
   *[other] Ihre { $count } Dateien gehen mit, höchstens { $most }, wenn sie Bilder (PNG, JPEG, WebP) oder reiner Text sind. Was Kameras und Programme in Bilder schreiben, wird entfernt.
}
concern-files-not = Ihre Dateien gehen nicht mit: Bei dieser Art sind keine möglich.
concern-no-contact = Sie möchten keine Antwort. Die Ansprechpersonen sehen das.
concern-before-title = Bevor Sie schreiben
concern-before = Gleich nach dem Absenden sehen Sie Ihren Fallschlüssel. Er wird einmal gezeigt und nie wieder: Halten Sie Stift und Papier bereit. Sagen Sie, was Sie gesehen haben, wann und wo. Wenn niemand Sie erkennen soll, lassen Sie weg, was nur Sie wissen können.
concern-button-write = Schreiben
concern-button-unlink = Nachricht weglassen
concern-button-no-contact = { $no ->
    [yes] Ich möchte doch eine Antwort
   *[no] Ich brauche keine Antwort
}
modal-concern-title = Ihr Anliegen
modal-concern-label = Was ist geschehen?
modal-concern-hint = Was Sie gesehen haben, wann, wo, und was es zeigen könnte. Eine Vermutung genügt.

# Nach dem Absenden.
concern-sent = Eingegangen: Fall { $case }
concern-key = Ihr **Fallschlüssel**. Er wird jetzt gezeigt und nie wieder:
concern-key-keep = Schreiben Sie ihn auf, bevor Sie irgendetwas anderes tun: Wenn diese Nachricht weg ist, ist auch der Schlüssel weg. Um zurückzukommen, tippen Sie `/anliegen` und drücken **Ich habe einen Fallschlüssel**. Dort können Sie die Antworten lesen und mehr sagen. Niemand wird Sie nach dem Schlüssel fragen.
concern-sent-read = Nur diese Personen können es lesen: { $people }
concern-sent-handlers = { $begins ->
    [yes] Eine Ansprechperson ({ $people })
   *[no] eine Ansprechperson ({ $people })
}
concern-sent-now = Sie werden jetzt benachrichtigt.
concern-sent-files = { $count ->
    [one] Eine Datei ging mit.
   *[other] { $count } Dateien gingen mit.
}
concern-file-left = { $why ->
    [large] Datei { $number } wurde weggelassen: Sie ist größer als { $most } MB.
    [form] Datei { $number } wurde weggelassen: Sie ist weder ein stehendes Bild (PNG, JPEG, WebP) noch reiner Text.
    [damaged] Datei { $number } wurde weggelassen: Sie sieht aus wie ein Bild, lässt sich aber nicht als Bild lesen.
    [many] Datei { $number } wurde weggelassen: Zu einem Anliegen gehören höchstens { $most } Dateien.
   *[gone] Datei { $number } wurde weggelassen: Discord hat sie uns nicht gegeben.
}

# Wenn es nicht angenommen werden kann.
concern-closed = { $why ->
    [off] Hier können keine Anliegen gemeldet werden.
    [keys] Dieser Kanal ist noch nicht offen. Nötige Schlüssel von Ansprechpersonen: { $needed }; bisher gültig: { $found }. Bis genug gültig sind, werden keine Anliegen angenommen.
   *[doubtful] Dieser Kanal ist vorerst geschlossen: Die Schlüssel der Ansprechpersonen in der Datenbank stimmen nicht mit dem Nachweisprotokoll überein. Bis das geklärt ist, wird nichts für sie versiegelt.
}
concern-changed = Seit Sie begonnen haben, hat sich etwas geändert: wer Anliegen lesen kann, oder was Sie wählen können. Es wurde nichts gespeichert. Bitte beginnen Sie neu, damit Sie sehen, wie es jetzt ist.
concern-nobody = Es bleibt niemand übrig, der das lesen darf. Es wurde nichts gespeichert. Beginnen Sie neu und schließen Sie weniger Personen aus, oder nutzen Sie einen anderen Weg.
concern-today = { $mode ->
    [anonymous] Sie haben heute { $most } anonyme Meldungen geschickt; mehr sind am Tag nicht möglich. Die Zählung steht nur im Arbeitsspeicher und ist binnen eines Tages vergessen. Es wurde nichts gespeichert. Versuchen Sie es morgen wieder, wählen Sie eine andere Art, oder nutzen Sie einen anderen Weg.
   *[other] Sie haben heute { $most } namentliche und vertrauliche Meldungen geschickt; mehr sind am Tag nicht möglich. Die Zählung steht nur im Arbeitsspeicher und ist binnen eines Tages vergessen. Es wurde nichts gespeichert. Versuchen Sie es morgen wieder, ergänzen Sie einen Fall mit seinem Fallschlüssel, oder nutzen Sie einen anderen Weg.
}
concern-busy = { $minutes ->
    [one] Für diese Stunde ist das Limit erreicht. Es wurde nichts gespeichert. Bitte schicken Sie es in einer Minute noch einmal ab.
   *[other] Für diese Stunde ist das Limit erreicht. Es wurde nichts gespeichert. Bitte schicken Sie es in { $minutes } Minuten noch einmal ab.
}
concern-empty = Sie haben nichts geschrieben, darum wurde nichts abgeschickt.
concern-too-long = Ihr Text ist { $length } Zeichen lang; höchstens { $limit } sind möglich. Es wurde nichts gespeichert.
concern-text-back = Ihr Text, damit er Ihnen nicht verloren geht

# Zurückkommen.
modal-key-title = Zurück zu Ihrem Fall
modal-key-label = Ihr Fallschlüssel
modal-key-hint = XNBT-7EAK-WHNN-Z82Q-883D
visit-no-key = Das ist kein Fallschlüssel. Ein Fallschlüssel hat 20 Buchstaben und Ziffern, etwa XNBT-7EAK-WHNN-Z82Q-883D.
visit-none = Mit diesem Schlüssel öffnet sich kein Fall. Bitte vergleichen Sie ihn mit dem, was Sie aufgeschrieben haben. O und 0 gelten als gleich, ebenso I, L und 1.
visit-wait = { $minutes ->
    [one] Es wurden zu viele Schlüssel versucht, die keinen Fall öffnen. Bitte warten Sie eine Minute.
   *[other] Es wurden zu viele Schlüssel versucht, die keinen Fall öffnen. Bitte warten Sie { $minutes } Minuten.
}
visit-over = Ihre Sitzung ist beendet, oder Ihr Fall lässt sich gerade nicht öffnen. Eine Sitzung dauert 15 Minuten. Bitte geben Sie Ihren Fallschlüssel noch einmal ein.
visit-title = Fall { $case }
visit-state = { $state ->
    [new] Noch hat Ihnen niemand geschrieben.
    [acknowledged] Ein Mensch hat Ihnen geschrieben.
    [in-review] Der Fall wird bearbeitet.
    [resolved] Der Fall ist abgeschlossen: Es wurde etwas unternommen.
   *[dismissed] Der Fall ist abgeschlossen, ohne dass sich etwas ändert.
}
visit-due = { $what ->
    [first] Die erste Antwort ist bis { $day } fällig.
   *[feedback] Die Rückmeldung zum Ergebnis ist bis { $day } fällig.
}
visit-received = Eingegangen { $day }. { $category }.
visit-handler = { $person } kümmert sich darum.
visit-closed = Abgeschlossen { $day }.
visit-talk = Sie haben gesagt, dass Sie lieber sprechen würden.
visit-withdrawn = Sie haben die Meldung zurückgezogen. Eine Ansprechperson schreibt Ihnen trotzdem eine erste Antwort.
visit-no-record = Niemand erfährt, dass Sie nachgesehen haben, und es wird nicht aufgeschrieben.
visit-said = { $who ->
    [you] Sie, { $day }
    [reply] { $person }, { $day }
    [reason] { $person }, { $day }: der Grund
   *[notice] Hinweis, { $day }
}
visit-earlier = { $count ->
    [one] Ein früherer Eintrag steht in der Datei.
   *[other] { $count } frühere Einträge stehen in der Datei.
}
visit-check = Ist bei der Arbeit für Sie etwas schlechter geworden, seit Sie das angesprochen haben, und könnte es damit zu tun haben? { $hears ->
    [independent] Wenn ja, erfährt es die unabhängige Ansprechperson.
    [readers] Wenn ja, erfahren es die Personen, die Ihren Fall lesen können. Eine unabhängige Ansprechperson kann ihn nicht lesen.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen. Ihre Antwort wird aufbewahrt und weitergegeben, sobald es jemand darf.
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
    [close] Das ist erledigt
    [reopen] Wieder öffnen
   *[proof] Beleg
}
modal-add-title = Mehr sagen
modal-add-label = Was Sie hinzufügen möchten
modal-add-hint = Eine Antwort, etwas Neues, ein Wunsch
visit-readers = Was Sie hinzufügen, wird nur für diese Personen versiegelt und für niemanden sonst: { $people }.
visit-readers-none = Es bleibt niemand übrig, der lesen könnte, was Sie hinzufügen würden.
visit-readers-changed = Seit diese Seite gezeigt wurde, hat sich geändert, wer Ihren Fall liest; darum wurde nichts gespeichert. Sehen Sie den Fall noch einmal an: Er nennt diese Personen, und Sie können jemanden ausschließen.
visit-choose-barred = Jemanden endgültig ausschließen
visit-barred = { $person } findet diesen Fall nicht mehr, und nichts, was Sie hinzufügen, wird für diese Person versiegelt. Was sie schon gelesen hat, weiß sie weiterhin. { $confidant ->
    [yes] Nur diese Person konnte Ihren Namen öffnen: Jetzt kann es niemand.
   *[no] Das lässt sich nicht rückgängig machen.
}
visit-barred-last = Dann könnte niemand sonst Ihren Fall lesen; darum hat sich nichts geändert.
visit-barred-already = Diese Person liest Ihren Fall nicht.
visit-added = Hinzugefügt, und für die Personen versiegelt, die Ihren Fall lesen.
visit-talked = Die Ansprechpersonen sehen, dass Sie lieber sprechen würden. Schreiben Sie unter **Mehr sagen**, wann und wie Sie zu erreichen sind. Wenn Sie ohne Namen gekommen sind, kann ein Gespräch zeigen, wer Sie sind.
visit-withdraw-sure = Zurückziehen? Die Ansprechpersonen sehen es. Was Sie geschrieben haben, bleibt bei ihnen, denn vielleicht müssen sie handeln.
visit-done = { $what ->
    [withdrawn] Zurückgezogen. Die Ansprechpersonen sehen es.
    [closed] Abgeschlossen, wie Sie es wollten. Mit Ihrem Fallschlüssel können Sie den Fall 30 Tage lang wieder öffnen.
    [reopened] Der Fall ist wieder offen.
    [unsaid] Notiert. Das ist alles.
    [fine] Danke. Das ist notiert, und weiter geschieht nichts.
   *[worse] Danke, dass Sie uns das sagen.
}
visit-worse = { $hears ->
    [independent] Die unabhängige Ansprechperson erfährt davon. Unter **Mehr sagen** können Sie schildern, was geschehen ist.
    [readers] Die Personen, die Ihren Fall lesen können, erfahren davon. Eine unabhängige Ansprechperson kann ihn nicht lesen. Unter **Mehr sagen** können Sie schildern, was geschehen ist.
   *[nobody] Zurzeit darf niemand Ihren Fall lesen. Ihre Antwort wird weitergegeben, sobald es jemand darf. Wenn Sie vorher Hilfe brauchen, nutzen Sie einen anderen Weg.
}
visit-unreadable = (Dieser Eintrag kann nicht gezeigt werden: Er ist beschädigt, oder jemand hat ihn außerhalb dieses Bots geändert oder eingefügt.)
visit-already = Keine Änderung nötig: Das war schon erledigt.
visit-not-now = Das ist im jetzigen Status des Falls nicht möglich.
visit-nobody = Es bleibt niemand übrig, der einen Zusatz zu diesem Fall lesen darf. Es wurde nichts gespeichert.
visit-doubtful = Was in der Datenbank zu diesem Fall steht, hat nicht dieser Bot geschrieben; jemand hat es vielleicht geändert. Darum zeigt der Bot vorerst nichts von dem Fall und fügt nichts hinzu. Verloren ist dadurch nichts: Behalten Sie Ihren Fallschlüssel. Sobald die Menschen, die den Bot betreiben, es in Ordnung gebracht haben, öffnet sich der Fall wieder. Bis dahin können Sie einen anderen Weg nutzen.
