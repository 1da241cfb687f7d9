# Veröffentlichte Prüfpunkte des Nachweisprotokolls, im Kanal für Nachweise.

checkpoint-title = **Nachweisprotokoll { $origin }**: { $size } Einträge, { $at }
checkpoint-keep = Die angehängte Datei ist dieser Prüfpunkt, Byte für Byte. Heben Sie eine Kopie auf: Wer eine hat, kann später zeigen, dass kein Eintrag davor geändert oder entfernt wurde.
checkpoint-key = Der Schlüssel, der ihn prüft, steht nur einmal hier. Bewahren Sie ihn dort auf, wo ihn hier niemand ändern kann: { $vkey }
checkpoint-in-file = Der Prüfpunkt steht in der angehängten Datei.

# Die wöchentliche Prüfung des ganzen Protokolls hat etwas gefunden; an die Verantwortlichen.
log-broken = **Das Nachweisprotokoll stimmt nicht.** Eine Prüfung des ganzen Protokolls hat ergeben, dass darin etwas geändert wurde, nachdem es unterschrieben war. Bis das behoben ist, wird nichts mehr unterschrieben, und keine Antwort kann festgehalten werden. Bitte sagen Sie dem Betrieb, die Datenbank so zu lassen, wie sie ist, und `bellwether evidence verify` auszuführen; das nennt die Stelle.
tables-falsified = **Was die Befehle zeigen, ist nicht das, was im Nachweisprotokoll steht.** Ein Vergleich der Tabellen mit dem Protokoll hat Zeilen gefunden, die am Bot vorbei geändert wurden. Das Protokoll selbst stimmt, und Antworten werden weiter festgehalten; verlassen Sie sich aber nicht auf `/streaks` und `/record`, bis das behoben ist. Bitte sagen Sie dem Betrieb, `bellwether evidence verify` auszuführen; das nennt jede Zeile.

# Nur an die Programmleitung.
unreached = { $member } wurde zwei Wochen lang nicht erreicht: Keine Frage konnte zugestellt werden. Meist sind Direktnachrichten aus diesem Server abgeschaltet, oder der Bot ist blockiert. Bitte sprechen Sie miteinander. Das wird nur einmal gesagt; `/serien` mit `person` zeigt, wie viele Fragen nicht angekommen sind.
removed = Der Bot wurde aus dem Server „{ $organisation }“ entfernt. Dort wird niemand mehr gefragt, und dort kann niemand mehr ein Anliegen vorbringen. War das ein Versehen, bitten Sie den Betrieb, den Bot wieder einzuladen; alles Festgehaltene bleibt erhalten.

# The keys that concerns are sealed to have changed; to everybody, followed by a line for each holder.
handler-keys-changed = **Die Schlüssel für Anliegen haben sich geändert.** Vorgeschlagen hat es { $proposed }, zugestimmt hat { $agreed }. Ein neues Anliegen können von jetzt an nur diese Personen öffnen; die vollständigen Schlüssel stehen im Nachweisprotokoll:
