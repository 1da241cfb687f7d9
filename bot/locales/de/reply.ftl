# Quittungen, Absagen und Entschuldigungen.

receipt-thanks = { $choice ->
    [not-yet] Danke für die offene Antwort.
    [need-help] Danke, dass Sie uns sagen, was im Weg steht.
   *[done] Danke. Das ist festgehalten.
}
receipt-what = Festgehalten: **{ $label }**
receipt-when = { $late ->
    [yes] { $at }, nach der Frist ({ $due }). Eine verspätete Antwort bleibt erhalten und zählt als Antwort.
   *[no] { $at }, rechtzeitig.
}
receipt-record = Eintrag `{ $record }`
receipt-help = Was oft hilft: { $help }

refused-answered = Das haben Sie am { $at } beantwortet: **{ $label }**. Diese Antwort zählt.
refused-ended = Diese Frage ist entfallen; eine Antwort ist nicht nötig.
refused-removed = Die Organisation, die das gefragt hat, ist hier nicht mehr eingerichtet; eine Antwort ist nicht nötig.
refused-not-yours = Diese Frage ist für jemand anderen. `/offen` zeigt Ihre Fragen.
refused-unknown = Diese Frage gibt es hier nicht mehr. `/offen` zeigt, was offen ist.
refused-stale = Dieser Knopf stammt aus einer anderen Version des Bots. `/offen` zeigt dieselbe Frage mit neuen Knöpfen.
refused-too-long = Ihr Text ist { $length } Zeichen lang; höchstens { $limit } sind möglich. Hier ist er noch einmal, damit nichts verloren geht:
refused-missing = { $choice ->
    [not-yet] Bitte füllen Sie drei kurze Zeilen aus: wann, was und bis zu welchem Tag. Oder eine Zeile nach „keine Zusage, weil“. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
    [not-applicable] Bitte geben Sie einen kurzen Grund an. Bisher ist nichts festgehalten.
    [need-help] Bitte sagen Sie in einer Zeile, was im Weg steht. Bisher ist nichts festgehalten.
   *[done] Bitte sagen Sie diesmal in einer Zeile, woran man es sieht. Bisher ist nichts festgehalten.
}
refused-date = „{ $found }“ lässt sich nicht als Datum lesen. Bitte schreiben Sie es so: { $example }. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-date-past = { $found } liegt in der Vergangenheit. Bitte geben Sie einen späteren Tag an. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-role = { $role ->
    [manager] Dieser Befehl ist für Führungskräfte, die Fragen bekommen. Wenn Sie dazugehören sollten, fragen Sie die Programmleitung, welche Rolle Sie brauchen.
    [handler] Dieser Befehl ist für Ansprechpersonen für Anliegen.
   *[owner] Dieser Befehl ist für die Programmleitung.
}
refused-organisation = In Direktnachrichten richtet sich dieser Bot nach Ihrer Rolle im Programm und findet keine. `/offen` und `/abwesend` sind für Führungskräfte, die Fragen bekommen, `/serien` ist für die Programmleitung, `/fall` für Ansprechpersonen. `/übersicht` können alle auf dem Server ihrer Organisation nutzen, um zu sehen, was sie gefragt wurden und geantwortet haben; nur Sie sehen die Antwort. Wenn Sie eine Rolle haben sollten, fragen Sie die Programmleitung, welche.
refused-server = Dieser Server ist für diesen Bot nicht eingerichtet. Der Betreiber kann seine ID in die Konfiguration aufnehmen.
refused-several = Sie gehören zu mehr als einer Organisation, die diesen Bot nutzt. Bitte nutzen Sie den Befehl auf dem Server, den Sie meinen; die Antwort sehen auch dort nur Sie.
refused-unsure = Discord antwortet gerade nicht, darum lässt sich nicht feststellen, ob Sie zur Programmleitung gehören. Bitte versuchen Sie es in einigen Minuten noch einmal, oder nutzen Sie den Befehl auf dem Server Ihrer Organisation; die Antwort sehen auch dort nur Sie.

refused-text-again = Hier ist, was Sie eingegeben haben, damit es nicht verloren geht:

apology = Auf unserer Seite ist etwas schiefgegangen. Nichts, was Ihnen bestätigt wurde, ist verloren. Bitte versuchen Sie es in einigen Minuten noch einmal. Referenz: `{ $reference }`
apology-text = Ihre Antwort konnte nicht festgehalten werden, und das liegt an uns. Bitte antworten Sie später noch einmal. Referenz: `{ $reference }`. Hier ist Ihr Text, damit nichts verloren geht:
apology-unknown-command = Dieser Befehl gehört zu einer anderen Version des Bots. Bitte versuchen Sie es in einigen Minuten noch einmal.

hint-plain-text = Der Bot liest keinen Text, der hier geschickt wird. Um eine Frage zu beantworten, drücken Sie einen ihrer vier Knöpfe. `/offen` zeigt, was offen ist.
button-again = Noch einmal antworten

noted-after-closing = Diese Frage wurde am { $at } geschlossen. Was Sie geschrieben haben, steht als datierte Notiz beim Eintrag. Die Zahlen bleiben, wie sie waren.
