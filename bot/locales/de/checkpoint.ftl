# Veröffentlichte Prüfpunkte des Nachweisprotokolls, im Kanal für Nachweise.

checkpoint-title = **Nachweisprotokoll { $origin }**: { $size } Einträge, { $at }
checkpoint-keep = Die angehängte Datei ist dieser Prüfpunkt, Byte für Byte. Heben Sie eine Kopie auf: Wer eine hat, kann später zeigen, dass kein Eintrag davor geändert oder entfernt wurde.
checkpoint-key = Der Schlüssel, der ihn prüft, steht nur einmal hier. Bewahren Sie ihn dort auf, wo ihn hier niemand ändern kann: { $vkey }
checkpoint-in-file = Der Prüfpunkt steht in der angehängten Datei.
