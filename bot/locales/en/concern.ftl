# Raising a concern and coming back to it. Read by people who may be afraid: short, exact, no promise that is not kept.

# Names that Discord shows: of the command lower case, descriptions at most 100 characters, of the menu entry 32.
command-concern = concern
command-concern-about = Speak up, or come back with your case key; only you see the reply
command-concern-message = Raise a concern about this

concern-apology = Something went wrong on our side, and we cannot say whether your last step was kept. Nothing that tells who you are or what you wrote was logged. Please try again in a few minutes.
concern-unkept = This was not kept: something went wrong on our side. Nothing that tells who you are or what you wrote was logged. Please try again in a few minutes.

# The first page: what each mode promises, who reads, what is not protected.
concern-title = Speak up
concern-intro = Only you see this. Nothing is kept until you send the form at the end, and you can stop at any time. First choose what becomes of your name.
concern-intro-message = It begins with the message that you picked. You can still leave the message out.
concern-mode = { $mode ->
    [named] Named
    [confidential] Confidential
   *[anonymous] Anonymous towards us
}
concern-promise = { $mode ->
    [named] Your name is shown to the people who read your report; nobody else can open it. Besides, the bot keeps your account with the case, unsealed, so that it can write to you.
    [confidential] Your report does not say who you are. Your name is stored, sealed so that only the one person whom you choose can read it. They may use it only to handle this report. Law or a court may oblige them to disclose it.
   *[anonymous] We do not store your name, your account, the exact time, or anything that leads from the report back to you; we keep the day. Files are not taken in this mode, because they tell too much.
}
concern-sealed-title = In all three
concern-sealed = The text is sealed: only the people named below can read it, and a stolen copy of our database alone does not show it. You get a case key. It is shown **once**. It is the only way back to the conversation, and we cannot recover it.
concern-readers-title = Who can read it
concern-reader = { $custody ->
    [own] { $person } `{ $mark }`, own key
   *[kept] { $person } `{ $mark }`, kept by this bot
}
concern-readers = Beside each name stands the mark of that person's key, and where it is. **Own key**: only they have it. **Kept by this bot**: it is locked with their passphrase and a file beside the bot. A copy of the database alone does not open it; the person who runs this bot's server could, by trying passphrases, or while it is unlocked for reading. Who of them reads yours depends on what it is about; you see that before you write, and you can leave people out.
concern-open-title = What is not protected
concern-open = Discord (the company) can see that you used this form, and what you typed. The person who runs this bot's server could see it too, by changing the program, or by reading its memory while you are here and for some time after. Whoever looks after the database or has copies of the disk can find out when something came in. Stored unsealed are: which of the three you chose, what kind of concern it is, how urgent, whether you want an answer, would rather talk or have withdrawn it, whom you left out, who alone can read your name, on which days you did something, such as opening it again, whether you say later that something got worse for you, which case it was joined with, how many files went with it, and roughly how much you wrote. Someone who watches who is online, how you write, or what only you can know may guess. If fewer than { $few } people could have written this, assume that you can be guessed.
concern-way-title = If you need more distance
concern-way = If you need protection from the company's IT or from Discord, use instead: { $way }
concern-way-none = If you need protection from the company's IT or from Discord, do not use this form. Your organisation has not told this bot of another way; an ombudsperson, a staff council or an outside authority can be one.
concern-way-word = another way that you know of
concern-few-title = Here you could be guessed
concern-few = { $people ->
    [0] As far as this bot knows, nobody here but you could have written it. Assume that you will be known, in every mode.
    [1] As far as this bot knows, only you and one other person here could have written it. Assume that you will be known, in every mode.
   *[other] As far as this bot knows, only you and { $people } other people here could have written it. Assume that you can be guessed, in every mode.
}
concern-place = You are in direct messages with a bot of more than one organisation. Which one is it about?
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
concern-what = What is it about? Choose what comes closest; you need not be sure, and a handler sorts it with you.
concern-choose-category = What is it about?

# Who reads it, how urgent it is, and the way to the form.
concern-read-by-title = Who will read it
concern-read-by-nobody = Nobody is left. Leave out fewer people, or choose something else.
concern-bar-them = Before you can write: choose below who must not see it. Leave out whoever it is about, and your own manager, if they are in this list.
concern-barred = Left out, and not told that it exists: { $people }
concern-barred-nobody = Nobody in this list
concern-barred-none = You left nobody out.
concern-confidant = Only { $person } can learn your name.
concern-confidant-missing = Choose below the one person who may learn your name.
concern-choose-barred = { $needed ->
    [yes] Who must not see it?
   *[no] Who must not see it? (optional)
}
concern-choose-confidant = Who alone may learn your name?
concern-choose-urgency = How urgent is it?
concern-urgency-title = How fast
concern-urgency = { $urgency ->
    [now] Now: call somebody
    [today] Today
    [this-week] This week
   *[routine] When there is time
}
concern-urgency-means = { $urgency ->
    [now] Handlers are called at once. So they know, to the minute, when you sent it.
    [today] Handlers hear at the next fixed time ({ $times }) that the inbox has news. They see that you asked for today.
    [this-week] Handlers hear at the next fixed time ({ $times }) that the inbox has news. They see that you asked for this week.
   *[routine] Handlers hear at the next fixed time ({ $times }) that the inbox has news. They see that it can wait for their next round.
}
concern-calls = { $role ->
    [incident-team] The incident team is called, too; it is told that there is something, not what.
   *[other] Others are called, too; they are told that there is something, not what.
}
concern-message-title = The message it began with
concern-message-goes = { $link } goes with it, with what it says and who wrote it. Whoever reads it sees where it was posted; if few people can read that place, this can tell who you are.
concern-message-private = It is not taken along: it is your own, or stands in your direct messages, and would tell who you are. Describe it in your own words.
concern-message-gone = It has been forgotten: a message waits for 15 minutes. Begin again at the message, or describe it in your own words.
concern-files = { $count ->
    [0] It has no files.
    [one] Its file goes with it, if it is a picture (PNG, JPEG, WebP) or plain text; what cameras and programs wrote into a picture is taken out.
   *[other] Its { $count } files go with it, up to { $most }, if they are pictures (PNG, JPEG, WebP) or plain text; what cameras and programs wrote into pictures is taken out.
}
concern-files-not = Its files are not taken: in this mode none are.
concern-no-contact = You asked for no answer. Handlers see that you did.
concern-before-title = Before you write
concern-before = Right after you send it you see the case key, once and never again: have pen and paper ready. Say what you saw, when and where. Leave out what only you can know, if nobody should recognise you.
concern-button-write = Write
concern-button-unlink = Leave the message out
concern-button-no-contact = { $no ->
    [yes] I do want an answer
   *[no] I want no answer
}
modal-concern-title = Your concern
modal-concern-label = What happened?
modal-concern-hint = What you saw, when and where, and what could show it. A guess is enough.

# After it was sent.
concern-sent = Received: case { $case }
concern-key = Your **case key**. It is shown now and never again:
concern-key-keep = Write it down before you do anything else; when this message goes, it is gone. To come back, type `/concern` and press **I have a case key**: there you read what is answered, and say more. Nobody will ask you for the key.
concern-sent-read = Sealed to: { $people }
concern-sent-handlers = { $begins ->
    [yes] A handler ({ $people })
   *[no] a handler ({ $people })
}
concern-sent-now = They are being called now.
concern-sent-files = { $count ->
    [one] One file went with it.
   *[other] { $count } files went with it.
}
concern-file-left = { $why ->
    [large] File { $number } was left out: it is larger than { $most } MB.
    [form] File { $number } was left out: it is neither a still picture (PNG, JPEG, WebP) nor plain text.
    [damaged] File { $number } was left out: it cannot be read as the picture that it begins like.
    [many] File { $number } was left out: { $most } go with one concern.
   *[gone] File { $number } was left out: Discord did not give it to us.
}

# When it cannot be taken.
concern-closed = { $why ->
    [off] No concerns are taken here.
    [keys] This channel is not open yet. Handlers' keys that it takes: { $needed }; there so far: { $found }. What nobody could read is not taken.
   *[doubtful] This channel is closed for now: the handlers' keys in the database are not those that the evidence log vouches for. Until that is cleared up, nothing is sealed to them.
}
concern-changed = Something has changed since you began: who can read concerns, or what can be chosen. Nothing was kept. Please begin again, so that you see how it is now.
concern-nobody = Nobody is left who may read this. Nothing was kept. Begin again and leave out fewer people, or use another way.
concern-today = { $mode ->
    [anonymous] { $most } anonymous reports a day go from one person. So many came from you today; the count is only in memory, and is forgotten within a day. Nothing was kept. Try again tomorrow, choose another mode, or use another way.
   *[other] { $most } named and confidential reports a day go from one person. So many came from you today; the count is only in memory, and is forgotten within a day. Nothing was kept. Try again tomorrow, add to a case with its case key, or use another way.
}
concern-busy = { $minutes ->
    [one] More came within this hour than the channel takes. Nothing was kept. Please send it again in a minute.
   *[other] More came within this hour than the channel takes. Nothing was kept. Please send it again in { $minutes } minutes.
}
concern-empty = Nothing was written, so nothing was sent.
concern-too-long = The text is { $length } characters long; { $limit } fit. Nothing was kept.
concern-text-back = Your text, so that you do not lose it

# Coming back.
modal-key-title = Back to your case
modal-key-label = Your case key
modal-key-hint = XNBT-7EAK-WHNN-Z82Q-883D
visit-no-key = That is not a case key. A case key has 20 letters and digits, such as XNBT-7EAK-WHNN-Z82Q-883D.
visit-none = No case opens with this key. Please compare it once more with what you wrote down; O and 0 count as the same, and so do I, L and 1.
visit-wait = { $minutes ->
    [one] Too many keys were tried that open nothing. Please wait a minute.
   *[other] Too many keys were tried that open nothing. Please wait { $minutes } minutes.
}
visit-over = This visit has ended: it lasts 15 minutes. Please type your case key again.
visit-title = Case { $case }
visit-state = { $state ->
    [new] Nobody has written to you yet.
    [acknowledged] A person has written to you.
    [in-review] It is being worked on.
    [resolved] It is closed: something came of it.
   *[dismissed] It is closed without a change.
}
visit-due = { $what ->
    [first] A first word is due by { $day }.
   *[feedback] What came of it is due by { $day }.
}
visit-received = Received { $day }. { $category }.
visit-handler = { $person } works on it.
visit-closed = Closed { $day }.
visit-talk = You said that you would rather talk.
visit-withdrawn = You withdrew it. A handler still says a first word.
visit-no-record = Nobody is told that you looked, and it is not written down.
visit-said = { $who ->
    [you] You, { $day }
    [reply] { $person }, { $day }
    [reason] { $person }, { $day }: why
   *[notice] Notice, { $day }
}
visit-earlier = { $count ->
    [one] One earlier entry is in the file.
   *[other] { $count } earlier entries are in the file.
}
visit-check = Since you spoke up, has anything at work become worse for you that might be linked to it? { $hears ->
    [independent] If so, the independent handler is told.
    [readers] If so, those who can read your case are told; no independent handler can read it.
   *[nobody] Nobody may read your case at present: your answer is kept, and told as soon as somebody may.
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
    [close] That settles it
    [reopen] Open it again
   *[proof] Proof
}
modal-add-title = Say more
modal-add-label = What you want to add
modal-add-hint = An answer, something new, a wish
visit-readers = What you add is sealed to { $people }; and to nobody else.
visit-readers-none = Nobody is left who could read what you would add.
visit-readers-changed = Who reads your case has changed since the page was shown, so nothing was kept. Look at the case again: it names them, and you can leave somebody out.
visit-choose-barred = Leave somebody out for good
visit-barred = { $person } no longer finds this case, and nothing you add is sealed to them. What they have read they still know. { $confidant ->
    [yes] They alone could open your name: now nobody can.
   *[no] Neither you nor they can undo this.
}
visit-barred-last = Nobody else could read your case then, so nothing has changed.
visit-barred-already = They do not read your case.
visit-added = Added, and sealed to those who read your case.
visit-talked = The handlers see that you would rather talk. Say under **Say more** when and how you can be reached. If you came without your name, talking may tell who you are.
visit-withdraw-sure = Withdraw it? The handlers see that you did; what you wrote stays with them, as they may have to act on it.
visit-done = { $what ->
    [withdrawn] Withdrawn. The handlers see that you did.
    [closed] Closed, as you asked. Your case key opens it again for 30 days.
    [reopened] It is open again.
    [unsaid] Noted. That is all.
    [fine] Thank you. Noted, and nothing else happens.
   *[worse] Thank you for saying so.
}
visit-worse = { $hears ->
    [independent] The independent handler is told. Under **Say more** you can describe what happened.
    [readers] Those who can read your case are told; no independent handler can read it. Under **Say more** you can describe what happened.
   *[nobody] Nobody may read your case at present: they are told as soon as somebody may. If you need help before, use another way.
}
visit-unreadable = (This entry cannot be shown: it is damaged, or it was changed or put there past this bot.)
visit-already = It was so already.
visit-not-now = That cannot be done in the state that the case is in.
visit-nobody = Nobody is left who may read an addition to this case. Nothing was kept.
visit-doubtful = What the database says about this case is not what this bot wrote there; somebody may have changed it. So the bot shows nothing of it for now, and adds nothing. Nothing is lost by this: keep your case key. Once those who run the bot have put it right, the case opens again. Until then you can use another way.
