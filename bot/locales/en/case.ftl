# The handlers' side of concerns: inbox, case, keys, and what cannot be done and why.

command-case = case
command-case-about = The concerns that were routed to you; only you see the reply
command-case-inbox = inbox
command-case-inbox-about = The cases that you may see
command-case-open = open
command-case-open-about = One case, by its number
command-case-open-number = number
command-case-open-number-about = The case number, such as K7Q-2MX
command-case-key = key
command-case-key-about = The keys that reports are sealed to: register yours, agree to another's
command-case-figures = figures
command-case-figures-about = Counts by quarter, small ones withheld; no case and no team
command-case-drill = drill
command-case-drill-about = Declare an exercise, for the programme owner and independent handlers

case-inbox = { $count ->
    [0] No case is open for you, as of { $at }.
    [one] One case is open for you, as of { $at }.
   *[other] { $count } cases are open for you, as of { $at }.
}
case-inbox-closed = { $count ->
    [one] One was closed in the last 30 days and can be opened again:
   *[other] { $count } were closed in the last 30 days and can be opened again:
}
case-inbox-rest = { $count ->
    [one] One more finds no room here; `/case open` takes its number.
   *[other] { $count } more find no room here; `/case open` takes a number.
}
case-inbox-withheld = { $count ->
    [one] 1 case is withheld from everybody: its row in the database is not what this bot wrote. Please tell the people who run the bot.
   *[other] { $count } cases are withheld from everybody: their rows in the database are not what this bot wrote. Please tell the people who run the bot.
}
case-inbox-choose = Open a case
case-line = `{ $number }` { $category } · { $state } · { $urgency } · received { $received } · { $who }
case-next = { $what ->
    [first-word] first word due { $relative }
   *[feedback] feedback due { $relative }
}
case-who = { $who ->
    [nobody] taken by nobody yet
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
    [named] Raised by name. The name stands in the report.
    [confidential] Raised confidentially. Who it is, only { $confidant } may ever learn, and only after two people have agreed to it.
   *[anonymous] Raised without a name. Nobody can say who it is; please do not try to find out.
}
case-first-word = { $done ->
    [yes] First word given { $at }.
   *[no] First word due { $at }. Only a word to the reporter counts; taking or reading the case does not.
}
case-feedback = { $done ->
    [yes] Feedback given { $at }.
   *[no] Feedback due { $at }.
}
case-formal = This may fall under whistleblower law. A person trained for it decides that, never this bot.
case-talk = The reporter asks to talk. Name a time and a way that needs no name.
case-no-contact = The reporter wants no contact. What you write waits here until they look.
case-withdrawn = The reporter has withdrawn this. A first word is due all the same.
case-drill = This was a drill, announced by the programme owner or the independent handler. Nobody is in difficulty. Thank you for answering.
case-joined-to = Joined with case { $number }, where the work goes on. This one keeps its own dates and its own reporter.
case-joined-from = Joined with it: { $numbers }. Each keeps its own dates and its own reporter.
case-contents = Sealed to its readers: { $entries ->
    [one] one entry
   *[other] { $entries } entries
}{ $files ->
    [0] {""}
    [one] , one file
   *[other] , { $files } files
}.
case-asked = { $asker } asks to open the identity to { $confidant }. A second person must agree; the reason is among the entries.
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
    [one] One sealed file. Your own age key opens it, on your own machine: `age -d -i KEY-FILE NAME.age`. The case notes that you fetched it, and when.
   *[other] { $count } sealed files. Your own age key opens them, on your own machine: `age -d -i KEY-FILE NAME.age`. The case notes that you fetched them, and when.
} The reporter is not told.
case-opened = { $count ->
    [one] One entry, opened with your key.
   *[other] { $count } entries, opened with your key.
} The case notes that you read it, and when. The reporter is not told.
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
case-entry-long = The text is long; the whole of it is in `{ $file }`.
case-entry-altered = This is not what this bot wrote there: somebody has changed it, or put it there, past the bot. Do not act on it, and tell the people who run the bot.
case-entry-closed = This one is not sealed to your key: it was written before your key came into force, or while you were not among the readers.
case-empty = There is nothing sealed in this case any more.
case-locked = Your key is kept by this bot and locked. Your passphrase unlocks it for 15 minutes. Discord carries both passphrase and text to you; a key on your own machine is the stronger way.
case-unlocked = Your key is unlocked until { $until }.
case-lock-done = Your key is locked again.
case-no-key = You have no key in force, so no case can be shown to you. `/case key` registers one; a second person has to agree.

case-taken = Case { $number } is yours now. The dates stay as they are; only a word to the reporter stops the first clock.
case-taken-already = Case { $number } is yours already.
case-taken-by = { $handler } has taken case { $number }. To take it over, use Hand over and choose yourself.
case-given = { $handler } looks after case { $number } now. The dates stay as they are.
case-given-same = { $handler } looks after case { $number } already.
case-given-not = That person cannot take the case: they may not read it, or have no key in force.
case-give-choose = Who takes it?
case-give = Who looks after case { $number } from now on? The dates stay as they are. Only those are listed who may read it and have a key in force:
case-give-nobody = Nobody else may read this case and has a key in force.

case-say = What do you want to tell the reporter of case { $number }? A template gives a start; every word can be changed. Say what happened and what comes next, not who is at fault.
case-say-choose = Choose how to begin
case-say-free = In your own words
case-say-free-feedback = Feedback, in your own words
case-say-kind = { $kind ->
    [acknowledge] First word
    [ask] Question
    [update] Update
    [feedback] Feedback
    [close] Closing
    [protect] Protection
   *[repair] We are late
}
case-said = { $first ->
    [yes] Your words wait for the reporter of case { $number }. With them the first word is given.
   *[no] Your words wait for the reporter of case { $number }.
}{ $feedback ->
    [yes] {" "}They count as feedback.
   *[no] {""}
} You will not learn whether they were read.
case-noted = Noted in case { $number }, sealed to its readers. The reporter does not see it.

modal-case-say-title = To the reporter of { $number }
modal-case-say-label = What the reporter will read
modal-case-say-hint = What happened, what comes next, and by when. Facts, no blame.
modal-case-fill = { $what ->
    [change] What changed
    [reason] The reason
    [question] Your question
    [handler] Who, as the reporter may know them
    [first_word_by] First word by which date
    [feedback_by] Next word by which date
   *[other] For "{ $what }"
}
modal-case-fill-hint = Stands in the text where it says { $place }
modal-case-note-title = Note for the handlers
modal-case-note-label = Only readers of this case see it
modal-case-note-hint = What you found out, whom you asked, what is next.
modal-case-move-title = { $state ->
    [in-review] In review
    [resolved] Resolved
   *[dismissed] Dismissed
}
modal-case-move-label = The reason (the reporter reads it)
modal-case-move-hint = What came of it, or what comes next. Facts, no blame.
modal-case-join-title = Join two cases
modal-case-join-label = Number of the case where the work goes on
modal-case-join-hint = K7Q-2MX
modal-case-unseal-title = Open the identity
modal-case-unseal-label = Why it is needed (the reporter reads it)
modal-case-unseal-hint = What cannot be done without knowing who it is
modal-case-unlock-title = Unlock your key for 15 minutes
modal-case-passphrase-label = Your passphrase
modal-case-passphrase-hint = At least { $least } characters
modal-case-again-label = The same once more
modal-case-own-title = Register your own key
modal-case-own-label = Your age recipient (the public half)
modal-case-own-hint = age1...

case-status = Case { $number } is { $state }. What is it from now on?
case-status-none = { $state ->
    [new] Case { $number } is new. It moves on with the first word to the reporter: use Reply.
   *[other] Case { $number } was closed more than 30 days ago and stays closed.
}
case-moved = Case { $number } is { $state } now. The reporter will read the reason.
case-moved-illegal = A case that is { $from } cannot become { $to }. Nothing was changed.
case-moved-late = Case { $number } could be opened again until { $until }. It stays closed; a new concern can be joined with it.

case-conflict-sure = Do you have a conflict of interest in case { $number }? If you step back, the case vanishes for you: from the inbox, from counts, notices and replies. Nothing new is sealed to you. What you already hold you can still open; please delete it. Only a new concern brings you back.
case-conflict-done = You have stepped back. The case is gone for you from now on.
case-conflict-last = You are the only one who can read this case. First somebody else needs a key in force; then you can step back. Until then, please do nothing with the case and use the other way: { $way }

case-joined = Case { $number } is joined with { $other }. Each keeps its own dates and its own reporter.
case-joined-same = A case cannot be joined with itself.
case-joined-crossed = Case { $other } is joined with this one already.

case-identity-named = The reporter gave their name. It stands in the report.
case-identity-anonymous = There is no identity to open: nothing was kept that leads to the reporter.
case-identity = Who raised case { $number } is sealed for { $confidant } alone. It can be opened when two people agree that the case cannot go on without it. The reporter then finds a notice with the reason.
case-identity-asked = Asked. A second person who may read the case has to agree. The reporter is told when it happens.
case-identity-asked-already = { $asker } has asked already. Somebody else has to agree.
case-identity-own = You asked for this yourself. A second person has to agree.
case-identity-agreed = Agreed. { $confidant } can fetch the identity now; the reporter finds a notice with the reason.
case-identity-agreed-already = This was agreed to already, by { $agreed }.
case-identity-lapsed = { $asker } asked for this, and may read the case no longer. So the request is gone, and nothing was opened. Whoever may read the case can ask anew, with a reason of their own.
case-identity-open-already = Two people have agreed to it already.
case-identity-gone = The one handler who could open the identity can no longer read this case, so nobody can.
case-identity-not-yours = Only { $confidant } can fetch the identity.
case-identity-file = Here is the sealed identity. Your own age key opens it. The case notes that you fetched it. Use it only to handle this case.
case-identity-open = Raised by { $who } ({ $name }). The case notes that you read it. Use it only to handle this case.

keys-title = Reports are sealed to these keys. Who holds one can read what is routed to them; nobody else can, also not with a copy of the database.
keys-none = No key is in force.
keys-line = { $member } · `{ $recipient }` · { $custody ->
    [own] on their own machine
   *[kept] kept by this bot under a passphrase
}
keys-idle = { $member } · `{ $recipient }` · holds no handler's role now, so nothing is sealed to it
keys-waiting = These wait for a second person:
keys-waiting-line = { $member } · `{ $recipient }` · is to come into force
keys-ending-line = { $member } · `{ $recipient }` · is to end, as { $by } proposes
keys-needed = { $missing ->
    [one] Concerns can be raised when one more key is in force.
   *[other] Concerns can be raised when { $missing } more keys are in force.
}
keys-check = Compare the whole key with its owner over another way before you agree. A wrong key here lets a stranger read along.
keys-agree-choose = Agree to a key
keys-end-choose = End a key
button-keys-own = Register my own key
button-keys-keep = Let the bot keep a key
keys-how-own = Your own key is the stronger way: make it with `age-keygen -o bellwether.key`, keep that file safe, and register the line that begins with `age1`.
keys-how-keep = A key kept here is the easier way: cases open in Discord for 15 minutes at a time. Discord and this bot then see passphrase and text.
keys-proposed = Proposed: `{ $recipient }`. A second person who handles concerns or owns the programme has to agree with `/case key`.
keys-agreed = Agreed: the key is in force, and an older one of the same person has ended. The change is in the evidence log and is announced.
keys-ended = Ended: nothing more is sealed to that key. What it could open before it still opens. The change is in the evidence log and is announced.
keys-end-proposed = Noted. It takes a second person to agree before the key ends.
keys-taken-back = The proposal is taken back. Nothing was sealed to that key.
keys-not-a-recipient = This is no age recipient. It begins with `age1` and has 62 characters; `age-keygen -y KEY-FILE` shows it. Never send the line that begins with `AGE-SECRET-KEY`.
keys-a-secret = This was the secret half of a key, and Discord has carried it. Please throw that key away, make a new one, and send the line that begins with `age1`.
keys-known = This key is registered already.
keys-short = The passphrase needs at least { $least } characters. Several words in a row are easy to keep.
keys-differ = The two passphrases differ. Nothing was kept.
keys-own-proposal = You proposed this or it is yours; a second person has to agree.
keys-gone = This key no longer waits.
keys-role = To hold a key one needs a handler's role. Owners may agree to keys, not hold them.
keys-altered = The keys in the database are not those that two people agreed to. Nothing is sealed until the operator has looked: `bellwether evidence verify`.

unlock-wrong = That is not the passphrase. { $left ->
    [one] One more try
   *[other] { $left } more tries
} in this hour.
unlock-often = Too many wrong passphrases. The next try is possible { $at }.
unlock-none = This bot keeps no key for you in force.

refused-case = There is no such case for you. `/case inbox` shows those that you may see.
refused-case-number = `{ $found }` is no case number. It has six letters and digits, such as K7Q-2MX.
refused-case-empty = Nothing was written, so nothing was kept.
refused-case-long = That text is { $length } characters long; { $limit } fit. Here it is again, so that nothing is lost:
refused-case-open-places = Some places are still to be filled: { $places }. Here is your text again, so that nothing is lost:
refused-case-lost = This could not be kept, and that is our fault. Reference: `{ $reference }`. Here is your text, so that nothing is lost:

drill-about = A drill reaches the handlers as an ordinary anonymous concern. They learn that it was one with the first word; until then please tell nobody. It is counted apart from the figures, with the time until that word. What is it about?
drill-choose = Choose a category
drill-begun = The drill has begun as case { $number }. It ends with the first word.
drill-role = Drills are declared by the programme owner and by independent handlers.
drill-closed = The drill did not begin: nobody with a key in force could read it now, or the channel is closed. `/case key` shows the keys. Here is your text again, so that nothing is lost:
modal-drill-title = A drill
modal-drill-label = What handlers will read
modal-drill-hint = Something that could really happen, with no real person in it
