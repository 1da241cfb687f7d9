# Veröffentlichte Prüfpunkte des Nachweisprotokolls, im Kanal für Nachweise.

checkpoint-title = **Nachweisprotokoll { $origin }**: { $size } Einträge, { $at }
checkpoint-keep = Die angehängte Datei ist dieser Prüfpunkt, Byte für Byte. Heben Sie eine Kopie auf: Damit lässt sich später zeigen, dass kein Eintrag davor geändert oder entfernt wurde.
checkpoint-key = Der Schlüssel zum Prüfen, der Prüfschlüssel, wird nur einmal veröffentlicht. Bewahren Sie ihn dort auf, wo ihn hier niemand ändern kann: { $vkey }
checkpoint-in-file = Der Prüfpunkt steht in der angehängten Datei.

# Die wöchentliche Prüfung des ganzen Protokolls hat etwas gefunden; an die Programmleitung.
log-broken = **Mit dem Nachweisprotokoll stimmt etwas nicht.** Eine Prüfung des ganzen Protokolls hat ergeben, dass darin etwas nach dem Signieren geändert wurde. Bis das behoben ist, wird nichts mehr signiert, und es kann keine Antwort festgehalten werden. Bitten Sie den Betreiber, die Datenbank so zu lassen, wie sie ist, und `bellwether evidence verify` auszuführen. Das zeigt die Stelle.
tables-falsified = **Was die Befehle zeigen, stimmt nicht mit dem Nachweisprotokoll überein.** Ein Vergleich der Tabellen mit dem Protokoll hat Zeilen gefunden, die außerhalb des Bots geändert wurden. Das Protokoll selbst ist unversehrt, und Antworten werden weiter festgehalten. Verlassen Sie sich aber nicht auf `/serien` und `/übersicht`, bis das behoben ist. Bitten Sie den Betreiber, `bellwether evidence verify` auszuführen. Das nennt jede Zeile.

# Nur an die Programmleitung.
unreached = { $member } wurde zwei Wochen lang nicht erreicht: Keine Frage konnte zugestellt werden. Meist hat die Person Direktnachrichten aus diesem Server abgeschaltet oder den Bot blockiert. Bitte sprechen Sie mit ihr. Das wird Ihnen nur einmal gesagt; `/serien` mit `person` zeigt, wie viele Fragen nicht angekommen sind.
removed = Der Bot wurde aus dem Server „{ $organisation }“ entfernt. Dort wird niemand mehr gefragt, und dort kann niemand mehr ein Anliegen melden. Wenn das ein Versehen war, bitten Sie den Betreiber, den Bot wieder einzuladen. Alles Festgehaltene bleibt erhalten.

# Die Schlüssel für Anliegen haben sich geändert; an alle, danach eine Zeile für jede Person, die einen hat.
handler-keys-changed = **Die Schlüssel für Anliegen haben sich geändert.** Vorgeschlagen hat es { $proposed }, zugestimmt hat { $agreed }. Ein neues Anliegen können ab jetzt nur diese Personen öffnen. Die vollständigen Schlüssel stehen im Nachweisprotokoll:
