# The handlers' side of concerns: inbox, case, keys, and what cannot be done and why.

command-case = case
command-case-about = Concerns routed to you; only you see the reply
command-case-inbox = inbox
command-case-inbox-about = The cases that you may see
command-case-open = open
command-case-open-about = Open one case by its number
command-case-open-number = number
command-case-open-number-about = The case number, such as K7Q-2MX
command-case-key = key
command-case-key-about = The keys that reports are sealed to: register yours, or agree to somebody else's
command-case-figures = figures
command-case-figures-about = Counts by quarter; small ones are hidden; no single cases, no teams
command-case-drill = drill
command-case-drill-about = Start a drill, for the programme owner and independent handlers

case-inbox = { $count ->
    [0] You have no open cases, as of { $at }.
    [one] You have one open case, as of { $at }.
   *[other] You have { $count } open cases, as of { $at }.
}
case-inbox-closed = { $count ->
    [one] One case was closed in the last 30 days and can be reopened:
   *[other] { $count } cases were closed in the last 30 days and can be reopened:
}
case-inbox-rest = { $count ->
    [one] 1 more case is not shown. `/case open` opens it by its number.
   *[other] { $count } more cases are not shown. `/case open` opens a case by its number.
}
case-inbox-withheld = { $count ->
    [one] 1 case is withheld from everybody: its row in the database is not what this bot wrote. Please tell the people who run the bot.
   *[other] { $count } cases are withheld from everybody: their rows in the database are not what this bot wrote. Please tell the people who run the bot.
}
case-inbox-choose = Open a case
case-line = `{ $number }` { $category } · { $state } · { $urgency } · received { $received } · { $who }
case-next = { $what ->
    [first-word] first reply due { $relative }
   *[feedback] feedback due { $relative }
}
case-who = { $who ->
    [nobody] not taken yet
    [you] yours
   *[other] with { $handler }
}
case-state = { $state ->
    [new] new
    [acknowledged] acknowledged
    [in-review] in review
    [resolved] resolved
   *[dismissed] dismissed
}
case-urgency = { $urgency ->
    [now] now
    [today] today
    [this-week] this week
   *[routine] routine
}

case-title = **Case { $number }: { $category }**
case-where = { $state } · urgency: { $urgency } · received { $received } · { $who }
case-mode = { $mode ->
    [named] Raised by name. The name is in the report.
    [confidential] Raised confidentially. Only { $confidant } may ever learn who the reporter is, and only after two people have agreed.
   *[anonymous] Raised anonymously. Nobody can tell you who the reporter is. Please do not try to find out.
}
case-first-word = { $done ->
    [yes] First reply sent on { $at }.
   *[no] First reply due { $at }. Only a reply to the reporter counts. Taking or reading the case does not.
}
case-feedback = { $done ->
    [yes] Feedback on the outcome given { $at }.
   *[no] Feedback on the outcome due { $at }.
}
case-formal = This may fall under whistleblower law. A trained person decides that, never this bot.
case-talk = The reporter asks to talk. Suggest a time and a way that needs no name.
case-no-contact = The reporter wants no contact. What you write waits here until they look.
case-withdrawn = The reporter has withdrawn this. A first reply is still due.
case-drill = This was a drill, started by the programme owner or an independent handler. Nobody is in trouble. Thank you for answering.
case-joined-to = Joined with case { $number }, where the work goes on. This case keeps its own deadlines and its own reporter.
case-joined-from = Joined with this case: { $numbers }. Each keeps its own deadlines and its own reporter.
case-contents = Sealed to its readers: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}{ $files ->
    [0] {""}
    [one] , 1 file
   *[other] , { $files } files
}.
case-asked = { $asker } asks to let { $confidant } open the identity. A second person must agree. The reason is among the entries.
case-way-on = Back to the case

button-case-read = Read
button-case-take = Take
button-case-reply = Reply
button-case-note = Note
button-case-status = Status
button-case-hand-over = Hand over
button-case-conflict = Conflict of interest
button-case-conflicted = Yes, I step back
button-case-join = Join with
button-case-identity = Identity
button-case-unseal = Ask to open it
button-case-agree = Agree to open it
button-case-unlock = Unlock my key
button-case-lock = Lock my key
button-case-again = Write again

case-files = { $count ->
    [one] One sealed file. Open it with your own age key on your own machine: `age -d -i KEY-FILE NAME.age`. The case records that you fetched it, and when.
   *[other] { $count } sealed files. Open them with your own age key on your own machine: `age -d -i KEY-FILE NAME.age`. The case records that you fetched them, and when.
} The reporter is not told.
case-opened = { $count ->
    [one] One entry, opened with your key.
   *[other] { $count } entries, opened with your key.
} The case records that you read it, and when. The reporter is not told.
case-entry = { $kind ->
    [report] **Report**
    [addition] **Added by the reporter**
    [reply] **To the reporter**, by { $who }
    [note] **Note for handlers**, by { $who }
    [reason] **Status**, by { $who }
   *[notice] **Notice to the reporter**
}, { $day }
case-entry-from = Raised by { $who } ({ $name }).
case-entry-about = It began with this message:
case-entry-long = The text is long. All of it is in `{ $file }`.
case-entry-altered = This is not what the bot wrote here: somebody changed or added it outside the bot. Do not act on it, and tell the people who run the bot.
case-entry-closed = This entry is not sealed to your key: it was written before your key became active, or while you were not among the readers.
case-empty = Nothing sealed is left in this case.
case-locked = The bot keeps your key, and the key is locked. Your passphrase unlocks it for 15 minutes. Passphrase and text both pass through Discord; a key on your own machine is safer.
case-unlocked = Your key is unlocked until { $until }.
case-lock-done = Your key is locked again.
case-no-key = You have no active key, so no case can be shown to you. Register one with `/case key`; a second person has to agree.

case-taken = Case { $number } is yours now. The deadlines stay as they are. Only a reply to the reporter meets the first one.
case-taken-already = Case { $number } is already yours.
case-taken-by = { $handler } has taken case { $number }. To take it over, press Hand over and choose yourself.
case-given = { $handler } now has case { $number }. The deadlines stay as they are.
case-given-same = { $handler } already has case { $number }.
case-given-not = This person cannot take the case: they may not read it, or have no active key.
case-give-choose = Who takes it?
case-give = Who takes case { $number } from here? The deadlines stay as they are. Only people with an active key who may read the case are listed:
case-give-nobody = Nobody else with an active key may read this case.

case-say = What do you want to tell the reporter of case { $number }? Start from a template; you can change every word. Say what happened and what comes next, not who is to blame.
case-say-choose = Choose how to begin
case-say-free = In your own words
case-say-free-feedback = Feedback on the outcome, in your own words
case-say-kind = { $kind ->
    [acknowledge] First reply
    [ask] Question
    [update] Update
    [feedback] Feedback
    [close] Closing
    [protect] Protection
   *[repair] We are late
}
case-said = { $first ->
    [yes] Your message is ready for the reporter of case { $number }. It counts as the first reply.
   *[no] Your message is ready for the reporter of case { $number }.
}{ $feedback ->
    [yes] {" "}It counts as feedback on the outcome.
   *[no] {""}
} You will not be told whether it was read.
case-noted = Note added to case { $number }, sealed to its readers. The reporter does not see it.

modal-case-say-title = To the reporter of { $number }
modal-case-say-label = What the reporter will read
modal-case-say-hint = What happened, what comes next, and by when. Facts, no blame.
modal-case-fill = { $what ->
    [change] What changed
    [reason] The reason
    [question] Your question
    [handler] Who (the reporter reads it)
    [first_word_by] First reply by (date)
    [feedback_by] Next message by (date)
   *[other] For “{ $what }”
}
modal-case-fill-hint = Goes where the text says { $place }
modal-case-note-title = Note for the handlers
modal-case-note-label = Only readers of this case see it
modal-case-note-hint = What you found out, who you asked, what is next.
modal-case-move-title = { $state ->
    [in-review] In review
    [resolved] Resolved
   *[dismissed] Dismissed
}
modal-case-move-label = The reason (the reporter reads it)
modal-case-move-hint = What was done about it, or what comes next. Facts, no blame.
modal-case-join-title = Join two cases
modal-case-join-label = Number of the case where the work goes on
modal-case-join-hint = K7Q-2MX
modal-case-unseal-title = Open the identity
modal-case-unseal-label = Why it is needed (the reporter reads it)
modal-case-unseal-hint = What cannot be done without knowing who the reporter is
modal-case-unlock-title = Unlock your key for 15 minutes
modal-case-passphrase-label = Your passphrase
modal-case-passphrase-hint = At least { $least } characters
modal-case-again-label = The same passphrase again
modal-case-own-title = Register your own key
modal-case-own-label = Your age recipient (the public half)
modal-case-own-hint = age1...

case-status = Case { $number } is { $state }. What is its new status?
case-status-none = { $state ->
    [new] Case { $number } is new. Its status changes with the first reply to the reporter: press Reply.
   *[other] Case { $number } was closed more than 30 days ago and stays closed.
}
case-moved = Case { $number } is now { $state }. The reporter will read the reason.
case-moved-illegal = The status cannot change from “{ $from }” to “{ $to }”. Nothing was changed.
case-moved-late = Case { $number } could be reopened until { $until }. It stays closed. A new concern can be joined with it.

case-conflict-sure = Do you have a conflict of interest in case { $number }? If you step back, the case disappears for you: from the inbox, the figures, notices and replies. Nothing new is sealed to you. You can still open what you already have; please delete it. Only a new concern brings you back.
case-conflict-done = You have stepped back. You will not see this case any more.
case-conflict-last = You are the only one who can read this case. First somebody else needs an active key; then you can step back. Until then, please leave the case alone; if it cannot wait, use { $way }.

case-joined = Case { $number } is now joined with { $other }. Each keeps its own deadlines and its own reporter.
case-joined-same = A case cannot be joined with itself.
case-joined-crossed = Case { $other } is already joined with this one.

case-identity-named = The reporter gave their name. It is in the report.
case-identity-anonymous = There is no identity to open: nothing was kept that leads to the reporter.
case-identity = The identity of the reporter of case { $number } is sealed to { $confidant } alone. It can be opened when two people agree that the case cannot go on without it. The reporter then finds a notice with the reason.
case-identity-asked = Your request is made. A second person who may read the case has to agree. If they do, the reporter is told.
case-identity-asked-already = { $asker } has already asked for this. Somebody else has to agree.
case-identity-own = You asked for this yourself. A second person has to agree.
case-identity-agreed = You agreed. { $confidant } can now fetch the identity. The reporter finds a notice with the reason.
case-identity-agreed-already = { $agreed } has already agreed to this.
case-identity-lapsed = { $asker } asked for this but may no longer read the case, so the request has lapsed. Nothing was opened. Anybody who may read the case can ask again, with a reason of their own.
case-identity-open-already = Two people have already agreed to this.
case-identity-gone = The only handler who could open the identity may no longer read this case, so nobody can open it.
case-identity-not-yours = Only { $confidant } can fetch the identity.
case-identity-file = Here is the sealed identity. Open it with your own age key. The case records that you fetched it. Use it only to handle this case.
case-identity-open = Raised by { $who } ({ $name }). The case records that you read it. Use it only to handle this case.

keys-title = Reports are sealed to these keys. Only their holders can read what is routed to them; a copy of the database is not enough.
keys-none = No key is active yet.
keys-line = { $member } · `{ $recipient }` · { $custody ->
    [own] on their own machine
   *[kept] kept by this bot, locked with a passphrase
}
keys-idle = { $member } · `{ $recipient }` · has no handler role now, so nothing is sealed to this key
keys-waiting = Waiting for a second person:
keys-waiting-line = { $member } · `{ $recipient }` · new, waiting for approval
keys-ending-line = { $member } · `{ $recipient }` · { $by } proposes to end it
keys-needed = { $missing ->
    [one] Concerns can be raised when one more key is active.
   *[other] Concerns can be raised when { $missing } more keys are active.
}
keys-check = Before you agree, compare the whole key with its owner by phone or in person. A wrong key lets a stranger read along.
keys-agree-choose = Agree to a key
keys-end-choose = End a key
button-keys-own = Register my own key
button-keys-keep = Let the bot keep a key
keys-how-own = Your own key is safer: make it with `age-keygen -o bellwether.key`, keep that file safe, and register the line that begins with `age1`.
keys-how-keep = A key kept by the bot is easier: cases open in Discord, for 15 minutes at a time. Discord and this bot then see passphrase and text.
keys-proposed = Proposed: `{ $recipient }`. A second person, another handler or the programme owner, has to agree with `/case key`.
keys-agreed = You agreed: the key is active, and any older key of the same person has ended. The change is in the evidence log and is announced.
keys-ended = The key has ended: nothing more is sealed to it. It still opens what it could open before. The change is in the evidence log and is announced.
keys-end-proposed = Proposed. A second person has to agree before the key ends.
keys-taken-back = The proposal is withdrawn. Nothing was sealed to that key.
keys-not-a-recipient = This is not an age recipient. A recipient begins with `age1` and has 62 characters; `age-keygen -y KEY-FILE` shows it. Never send the line that begins with `AGE-SECRET-KEY`.
keys-a-secret = This was the secret half of a key, and it has passed through Discord. Please throw that key away, make a new one, and send the line that begins with `age1`.
keys-known = This key is already registered.
keys-short = The passphrase needs at least { $least } characters. Several words in a row are easy to remember.
keys-differ = The two passphrases differ. Nothing was saved.
keys-own-proposal = You proposed this, or the key is yours. A second person has to agree.
keys-gone = This has already been decided.
keys-role = To hold a key you need a handler role. Owners may agree to keys but not hold them.
keys-altered = The keys in the database are not the ones that two people agreed to. Nothing is sealed until the operator has run `bellwether evidence verify` and put this right.

unlock-wrong = That is not the passphrase. { $left ->
    [one] You have 1 more try
   *[other] You have { $left } more tries
} this hour.
unlock-often = Too many wrong passphrases. You can try again from { $at }.
unlock-none = The bot keeps no active key for you.

refused-case = You have no such case. `/case inbox` shows the cases that you may see.
refused-case-number = `{ $found }` is not a case number. A case number has six letters and digits, such as K7Q-2MX.
refused-case-empty = You wrote nothing, so nothing was saved.
refused-case-long = Your text is { $length } characters long; the limit is { $limit }. Here it is again, so that nothing is lost:
refused-case-open-places = Please fill in the blanks: { $places }. Here is your text again, so that nothing is lost:
refused-case-lost = This could not be saved, and that is our fault. Reference: `{ $reference }`. Here is your text, so that nothing is lost:

drill-about = A drill reaches the handlers as an ordinary anonymous concern. They learn that it was a drill when they send the first reply; until then please tell nobody. It is counted separately, with the time until that reply. What is it about?
drill-choose = Choose a category
drill-begun = The drill has begun as case { $number }. It ends with the first reply.
drill-role = Only the programme owner and independent handlers can start a drill.
drill-closed = The drill did not begin: nobody with an active key could read it now, or the channel is closed. `/case key` shows the keys. Here is your text again, so that nothing is lost:
modal-drill-title = A drill
modal-drill-label = What handlers will read
modal-drill-hint = Something that could really happen, but without any real person
