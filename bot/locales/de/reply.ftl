# Quittungen, Absagen und Entschuldigungen.

receipt-thanks = { $choice ->
    [not-yet] Danke für die offene Antwort.
    [need-help] Danke, dass Sie sagen, was im Weg steht.
   *[done] Danke. Das ist festgehalten.
}
receipt-what = Festgehalten: **{ $label }**
receipt-when = { $late ->
    [yes] { $at }, nach der Frist { $due }. Eine späte Antwort bleibt erhalten und zählt als Antwort.
   *[no] { $at }, rechtzeitig.
}
receipt-record = Eintrag `{ $record }`
receipt-help = Was oft hilft: { $help }

refused-answered = Das haben Sie { $at } beantwortet: **{ $label }**. Diese Antwort gilt.
refused-ended = Diese Frage wurde zurückgenommen; eine Antwort ist nicht nötig.
refused-removed = Die Organisation, die das gefragt hat, ist hier nicht mehr eingerichtet; eine Antwort ist nicht nötig.
refused-not-yours = Diese Frage wurde jemand anderem gestellt. `/offen` zeigt Ihre Fragen.
refused-unknown = Diese Frage gibt es hier nicht mehr. `/offen` zeigt, was offen ist.
refused-stale = Dieser Knopf stammt aus einer anderen Fassung des Bots. `/offen` zeigt dieselbe Frage mit neuen Knöpfen.
refused-too-long = Der Text ist { $length } Zeichen lang; { $limit } passen. Hier ist er noch einmal, damit nichts verloren geht:
refused-missing = { $choice ->
    [not-yet] Es braucht drei kurze Zeilen: wann, was und bis zu welchem Tag. Oder eine Zeile nach „keine Zusage, weil“. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
    [not-applicable] Es braucht einen kurzen Grund. Bisher ist nichts festgehalten.
    [need-help] Es braucht eine Zeile dazu, was im Weg stand. Bisher ist nichts festgehalten.
   *[done] Diesmal braucht es eine Zeile dazu, woran man es sieht. Bisher ist nichts festgehalten.
}
refused-date = „{ $found }“ ist kein Datum. Ein Datum sieht so aus: { $example }. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-date-past = { $found } liegt in der Vergangenheit. Hier ist Ihr Text noch einmal, damit nichts verloren geht:
refused-role = { $role ->
    [manager] Dieser Befehl ist für Führungskräfte, denen Fragen gestellt werden. Wenn Sie dazugehören sollten, weiß die Programmleitung, welche Rolle Sie brauchen.
    [handler] Dieser Befehl ist für die, die Anliegen bearbeiten.
   *[owner] Dieser Befehl ist für die Programmleitung.
}
refused-organisation = In Direktnachrichten kennt dieser Bot Menschen an ihrer Rolle im Programm und findet keine von Ihnen. `/offen` und `/abwesend` sind für Führungskräfte, denen Fragen gestellt werden, `/serien` ist für die Programmleitung, `/fall` für die, die Anliegen bearbeiten. `/übersicht` zeigt, was Sie gefragt wurden und geantwortet haben; auf dem Server der eigenen Organisation können ihn alle nutzen, und nur Sie sehen die Antwort. Wenn Sie eine Rolle haben sollten, weiß die Programmleitung, welche.
refused-server = Dieser Server ist für diesen Bot nicht eingerichtet. Der Betreiber kann seine Kennung in die Konfiguration aufnehmen.
refused-several = Sie gehören zu mehr als einer Organisation, die diesen Bot nutzt. Nutzen Sie den Befehl auf dem Server, den Sie meinen; die Antwort sehen auch dort nur Sie.
refused-unsure = Ob Sie zur Programmleitung gehören, lässt sich gerade nicht nachsehen, weil Discord nicht antwortet. Bitte versuchen Sie es in einigen Minuten noch einmal, oder nutzen Sie den Befehl auf dem Server Ihrer Organisation; auch dort sehen nur Sie die Antwort.

refused-text-again = Hier ist, was Sie eingegeben haben, damit es nicht verloren geht:

apology = Auf unserer Seite ist etwas schiefgegangen. Was Ihnen bestätigt wurde, ist nicht verloren. Kennzeichen: `{ $reference }`
apology-text = Ihre Antwort konnte nicht festgehalten werden; das liegt an uns. Bitte antworten Sie später noch einmal. Kennzeichen: `{ $reference }`. Hier ist Ihr Text, damit nichts verloren geht:
apology-unknown-command = Dieser Befehl gehört zu einer anderen Fassung des Bots. Versuchen Sie es in einigen Minuten noch einmal.

hint-plain-text = Text wird hier nicht gelesen. Um zu antworten, drücken Sie einen der vier Knöpfe der Frage; `/offen` zeigt, was offen ist.
button-again = Noch einmal antworten

noted-after-closing = Diese Frage wurde { $at } geschlossen. Ihre Worte stehen als datierte Notiz beim Eintrag; die Zahlen bleiben, wie sie waren.
