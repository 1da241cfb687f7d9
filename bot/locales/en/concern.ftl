# Raising a concern and coming back to it. Read by people who may be afraid: short, exact, no promise that is not kept.

# Names that Discord shows: of the command lower case, descriptions at most 100 characters, of the menu entry 32.
command-concern = concern
command-concern-about = Speak up, or come back with your case key; only you see the reply
command-concern-message = Raise a concern about this

concern-apology = Something went wrong on our side, and we cannot say whether your last step was saved. Nothing that shows who you are or what you wrote was logged. Please try again in a few minutes.
concern-unkept = This was not saved: something went wrong on our side. Nothing that shows who you are or what you wrote was logged. Please try again in a few minutes.

# The first page: what each mode promises, who reads, what is not protected.
concern-title = Speak up
concern-intro = Only you see this. Nothing is saved until you send the form at the end, and you can stop at any time before. First choose what happens to your name.
concern-intro-message = It begins with the message that you picked. You can still leave the message out.
concern-mode = { $mode ->
    [named] Named
    [confidential] Confidential
   *[anonymous] Anonymous to us
}
concern-promise = { $mode ->
    [named] The people who read your report see your name; nobody else can open it. The bot also stores your account with the case, unsealed, so that it can write to you. The people who run the bot could see it.
    [confidential] Your report does not say who you are. Your name is stored, sealed so that only one person can read it. You choose that person. They may use your name only to handle this report. Law or a court may oblige them to disclose it.
   *[anonymous] We do not store your name, your account, the exact time, or anything that leads from the report back to you. We keep the day. You cannot send files this way, because they give away too much.
}
concern-sealed-title = In all three
concern-sealed = Your text is sealed: only the people named below can read it, and a stolen copy of our database alone does not show it. You get a case key. It is shown **once**. It is your only way back to the conversation, and we cannot recover it.
concern-readers-title = Who can read it
concern-reader = { $custody ->
    [own] { $person } `{ $mark }`, own key
   *[kept] { $person } `{ $mark }`, kept by this bot
}
concern-readers = Beside each name you see the fingerprint of that person's key, and where the key is. **Own key**: only they have it. **Kept by this bot**: it is locked with their passphrase and a file that is kept with the bot. A copy of the database alone does not open it. The person who runs this bot's server could open it by trying passphrases, or while it is unlocked for reading. Which of these people read your report depends on what it is about. You see their names before you write, and you can leave people out.
concern-open-title = What is not protected
concern-open =
    Discord (the company) can see that you used this form, and what you typed. The person who runs this bot's server could see it too: by changing the program, or by reading its memory while you are here and for some time after. Whoever looks after the database, or has copies of the disk, can find out when something came in.
    Stored unsealed:
    - which of the three you chose, what kind of concern it is, and how urgent
    - whether you want an answer, would rather talk, or have withdrawn it
    - who you left out, and who alone can read your name
    - on which days you did something, such as reopening the case
    - whether you say later that something got worse for you
    - which case it was joined with, how many files you sent, and roughly how much you wrote
    Someone may guess who you are from who is online, from how you write, or from what only you can know. If fewer than { $few } people could have written this, assume that you can be guessed.
concern-way-title = If you need more distance
concern-way = If you need protection from the company's IT or from Discord, use this instead: { $way }
concern-way-none = If you need protection from the company's IT or from Discord, do not use this form. Your organisation has not told this bot of another way. You could go to an ombudsperson, a staff council or an outside authority.
concern-way-word = another way that you know of
concern-few-title = Here you could be guessed
concern-few = { $people ->
    [0] As far as this bot knows, nobody here but you could have written it. Assume that people will know it was you, in every mode.
    [1] As far as this bot knows, only you and one other person here could have written it. Assume that people will know it was you, in every mode.
   *[other] As far as this bot knows, only you and { $people } other people here could have written it. Assume that you can be guessed, in every mode.
}
concern-place = This bot works for more than one organisation. Which one is this about?
concern-choose-place = Choose the organisation
concern-button-mode = { $mode ->
    [named] Named
    [confidential] Confidential
   *[anonymous] Anonymous
}
concern-button-key = I have a case key
concern-button-start = Begin again
concern-button-back = Back

# What it is about.
concern-what = What is it about? Choose what comes closest. You need not be sure: a handler sorts it out with you.
concern-choose-category = What is it about?

# Who reads it, how urgent it is, and the way to the form.
concern-read-by-title = Who will read it
concern-read-by-nobody = Nobody is left. Leave out fewer people, or choose something else.
concern-bar-them = Before you can write, choose below who must not see it. Leave out anybody in this list whom the concern is about, and your own manager.
concern-barred = Left out, and not told that it exists: { $people }
concern-barred-nobody = Nobody in this list
concern-barred-none = You left nobody out.
concern-confidant = Only { $person } can learn your name.
concern-confidant-missing = Choose below the one person who may learn your name.
concern-choose-barred = { $needed ->
    [yes] Who must not see it?
   *[no] Who must not see it? (optional)
}
concern-choose-confidant = Which one person may learn your name?
concern-choose-urgency = How urgent is it?
concern-urgency-title = How fast
concern-urgency = { $urgency ->
    [now] Now: notify somebody at once
    [today] Today
    [this-week] This week
   *[routine] When there is time
}
concern-urgency-means = { $urgency ->
    [now] Handlers are notified at once, so they know to the minute when you sent it.
    [today] Handlers are notified at the next fixed time ({ $times }) that there is something new. They see that you marked it “today”.
    [this-week] Handlers are notified at the next fixed time ({ $times }) that there is something new. They see that you marked it “this week”.
   *[routine] Handlers are notified at the next fixed time ({ $times }) that there is something new. They see that it can wait.
}
concern-calls = { $role ->
    [incident-team] The incident team is notified, too. It is told that there is something, not what.
   *[other] Others are notified, too. They are told that there is something, not what.
}
concern-message-title = The message it began with
concern-message-goes = { $link } goes with your report: what it says and who wrote it. Whoever reads the report sees where the message was posted. If few people can read that place, this can show who you are.
concern-message-private = The message does not go with your report: it is your own, or it is in your direct messages, and it would show who you are. Describe it in your own words.
concern-message-gone = The message has been forgotten: the bot remembers it for 15 minutes. Begin again from the message, or describe it in your own words.
concern-files = { $count ->
    [0] It has no files.
    [one] Its file goes with it if it is a picture (PNG, JPEG, WebP) or plain text. What cameras and programs wrote into a picture is removed.
   *[other] Its { $count } files go with it, up to { $most }, if they are pictures (PNG, JPEG, WebP) or plain text. What cameras and programs wrote into pictures is removed.
}
concern-files-not = Its files do not go with it: files cannot be sent in this mode.
concern-no-contact = You asked for no answer. Handlers see that you did.
concern-before-title = Before you write
concern-before = Right after you send it you see your case key. It is shown once and never again: have pen and paper ready. Say what you saw, when and where. If nobody should recognise you, leave out what only you can know.
concern-button-write = Write
concern-button-unlink = Leave the message out
concern-button-no-contact = { $no ->
    [yes] I do want an answer
   *[no] I don't need an answer
}
modal-concern-title = Your concern
modal-concern-label = What happened?
modal-concern-hint = What you saw, when and where, and what could show it. A guess is enough.

# After it was sent.
concern-sent = Received: case { $case }
concern-key = Your **case key**. It is shown now and never again:
concern-key-keep = Write it down before you do anything else: when this message is gone, the key is gone. To come back, type `/concern` and press **I have a case key**. There you can read the replies and say more. Nobody will ask you for the key.
concern-sent-read = Only these people can read it: { $people }
concern-sent-handlers = { $begins ->
    [yes] A handler ({ $people })
   *[no] a handler ({ $people })
}
concern-sent-now = They are being notified now.
concern-sent-files = { $count ->
    [one] One file went with it.
   *[other] { $count } files went with it.
}
concern-file-left = { $why ->
    [large] File { $number } was left out: it is larger than { $most } MB.
    [form] File { $number } was left out: it is neither a still picture (PNG, JPEG, WebP) nor plain text.
    [damaged] File { $number } was left out: it looks like a picture but cannot be read as one.
    [many] File { $number } was left out: one concern can have { $most } files.
   *[gone] File { $number } was left out: Discord did not give it to us.
}

# When it cannot be taken.
concern-closed = { $why ->
    [off] Concerns cannot be raised here.
    [keys] This channel is not open yet. Handlers' keys needed: { $needed }; active so far: { $found }. Until enough are active, it takes no concerns.
   *[doubtful] This channel is closed for now: the handlers' keys in the database do not match the evidence log. Until that is cleared up, nothing is sealed to them.
}
concern-changed = Something has changed since you began: who can read concerns, or what you can choose. Nothing was saved. Please begin again, so that you see how it is now.
concern-nobody = Nobody is left who may read this. Nothing was saved. Begin again and leave out fewer people, or use another way.
concern-today = { $mode ->
    [anonymous] You have sent { $most } anonymous reports today, the daily limit. The count is only in memory, and is forgotten within a day. Nothing was saved. Try again tomorrow, choose another mode, or use another way.
   *[other] You have sent { $most } named and confidential reports today, the daily limit. The count is only in memory, and is forgotten within a day. Nothing was saved. Try again tomorrow, add to a case with its case key, or use another way.
}
concern-busy = { $minutes ->
    [one] The channel is full for this hour. Nothing was saved. Please send it again in a minute.
   *[other] The channel is full for this hour. Nothing was saved. Please send it again in { $minutes } minutes.
}
concern-empty = You wrote nothing, so nothing was sent.
concern-too-long = Your text is { $length } characters long; the limit is { $limit }. Nothing was saved.
concern-text-back = Your text, so that you do not lose it

# Coming back.
modal-key-title = Back to your case
modal-key-label = Your case key
modal-key-hint = XNBT-7EAK-WHNN-Z82Q-883D
visit-no-key = That is not a case key. A case key has 20 letters and digits, such as XNBT-7EAK-WHNN-Z82Q-883D.
visit-none = No case opens with this key. Please compare it with what you wrote down. O and 0 count as the same, and so do I, L and 1.
visit-wait = { $minutes ->
    [one] Too many keys were tried that open no case. Please wait a minute.
   *[other] Too many keys were tried that open no case. Please wait { $minutes } minutes.
}
visit-over = Your session has ended, or your case cannot be opened at the moment. A session lasts 15 minutes. Please enter your case key again.
visit-title = Case { $case }
visit-state = { $state ->
    [new] Nobody has written to you yet.
    [acknowledged] A person has written to you.
    [in-review] It is being worked on.
    [resolved] It is closed: something was done about it.
   *[dismissed] It is closed without a change.
}
visit-due = { $what ->
    [first] The first reply is due by { $day }.
   *[feedback] Feedback on the outcome is due by { $day }.
}
visit-received = Received { $day }. { $category }.
visit-handler = { $person } works on it.
visit-closed = Closed { $day }.
visit-talk = You said that you would rather talk.
visit-withdrawn = You withdrew it. A handler still writes a first reply.
visit-no-record = Nobody is told that you looked, and it is not written down.
visit-said = { $who ->
    [you] You, { $day }
    [reply] { $person }, { $day }
    [reason] { $person }, { $day }: the reason
   *[notice] Notice, { $day }
}
visit-earlier = { $count ->
    [one] One earlier entry is in the file.
   *[other] { $count } earlier entries are in the file.
}
visit-check = Since you spoke up, has anything at work got worse for you that might be linked to it? { $hears ->
    [independent] If so, the independent handler is told.
    [readers] If so, the people who can read your case are told. No independent handler can read it.
   *[nobody] Nobody may read your case at present. Your answer is kept, and passed on as soon as somebody may.
}
visit-check-button = { $answer ->
    [fine] No, nothing
    [unsaid] I would rather not say
   *[worse] Yes, something
}
visit-button = { $what ->
    [add] Say more
    [look] Look at the case again
    [talk] I would rather talk
    [withdraw] Withdraw
    [withdrawn] Yes, withdraw it
    [close] It is settled
    [reopen] Reopen
   *[proof] Proof
}
modal-add-title = Say more
modal-add-label = What you want to add
modal-add-hint = An answer, something new, a wish
visit-readers = What you add is sealed to these people and nobody else: { $people }.
visit-readers-none = Nobody is left who could read what you would add.
visit-readers-changed = The people who read your case have changed since this page was shown, so nothing was saved. Look at the case again: it names them, and you can leave somebody out.
visit-choose-barred = Leave somebody out for good
visit-barred = { $person } no longer finds this case, and nothing that you add is sealed to them. They still know what they have already read. { $confidant ->
    [yes] Only they could open your name: now nobody can.
   *[no] Neither you nor they can undo this.
}
visit-barred-last = Then nobody else could read your case, so nothing has changed.
visit-barred-already = This person does not read your case.
visit-added = Added, and sealed to those who read your case.
visit-talked = The handlers see that you would rather talk. Use **Say more** to tell them when and how to reach you. If you came without your name, talking may show who you are.
visit-withdraw-sure = Withdraw it? The handlers see that you did. They keep what you wrote, as they may have to act on it.
visit-done = { $what ->
    [withdrawn] Withdrawn. The handlers see that you did.
    [closed] Closed, as you asked. You can reopen it with your case key for 30 days.
    [reopened] The case is open again.
    [unsaid] Noted. That is all.
    [fine] Thank you. It is noted, and nothing else happens.
   *[worse] Thank you for telling us.
}
visit-worse = { $hears ->
    [independent] The independent handler is told. Use **Say more** to describe what happened.
    [readers] The people who can read your case are told. No independent handler can read it. Use **Say more** to describe what happened.
   *[nobody] Nobody may read your case at present. Your answer is passed on as soon as somebody may. If you need help before then, use another way.
}
visit-unreadable = (This entry cannot be shown: it is damaged, or somebody changed or added it outside this bot.)
visit-already = Nothing to change: this was already done.
visit-not-now = The status of the case does not allow this now.
visit-nobody = Nobody is left who may read an addition to this case. Nothing was saved.
visit-doubtful = What the database holds for this case is not what this bot wrote; somebody may have changed it. So the bot shows nothing of the case for now, and adds nothing. Nothing is lost by this: keep your case key. Once the people who run the bot have put it right, the case opens again. Until then you can use another way.
