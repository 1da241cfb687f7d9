# Namen und Beschreibungen, die Discord zeigt: Namen klein, Beschreibungen höchstens 100 Zeichen.

command-pending = offen
command-pending-about = Ihre offenen Fragen mit ihren Knöpfen
command-record = übersicht
command-record-about = Ihre bisherigen Antworten; nur Sie sehen die Antwort des Bots
command-streaks = serien
command-streaks-about = Wer rechtzeitig antwortet, für die Programmleitung; nur Sie sehen die Antwort
command-streaks-member = person
command-streaks-member-about = Nur diese Person
command-away = abwesend
command-away-about = Eine Abwesenheit eintragen, damit Fragen warten; ohne Daten: was eingetragen ist
command-away-from = von
command-away-from-about = Erster Tag, etwa 2026-12-21
command-away-to = bis
command-away-to-about = Letzter Tag, etwa 2027-01-03
command-away-member = person
command-away-member-about = Die Abwesenheit einer anderen Person, für die Programmleitung
