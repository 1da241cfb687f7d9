# Receipts, refusals and apologies.

receipt-thanks = { $choice ->
    [not-yet] Thank you for the straight answer.
    [need-help] Thank you for telling us what is in the way.
   *[done] Thank you. This is recorded.
}
receipt-what = Recorded: **{ $label }**
receipt-when = { $late ->
    [yes] { $at }, after it was due ({ $due }). A late answer is kept and counts as an answer.
   *[no] { $at }, on time.
}
receipt-record = Record `{ $record }`
receipt-help = What often helps: { $help }

refused-answered = You answered this on { $at }: **{ $label }**. That answer counts.
refused-ended = This question was cancelled, so no answer is needed.
refused-removed = The organisation that asked this is no longer set up here, so no answer is needed.
refused-not-yours = This question is for somebody else. `/pending` shows yours.
refused-unknown = This question is no longer here. `/pending` shows what is open.
refused-stale = This button comes from another version of the bot. `/pending` shows the same question with new buttons.
refused-too-long = Your text is { $length } characters long; the limit is { $limit }. Here it is again, so that nothing is lost:
refused-missing = { $choice ->
    [not-yet] Please fill in three short lines: when, what, and by which date. Or one line after “no commitment, because”. Here is your text again, so that nothing is lost:
    [not-applicable] Please give one short reason. Nothing is recorded so far.
    [need-help] Please say in one line what is in the way. Nothing is recorded so far.
   *[done] This time please say in one line what shows it. Nothing is recorded so far.
}
refused-date = The bot cannot read “{ $found }” as a date. Please write it like { $example }. Here is your text again, so that nothing is lost:
refused-date-past = { $found } is in the past. Please give a later date. Here is your text again, so that nothing is lost:
refused-role = { $role ->
    [manager] This command is for managers who get questions. If you should be one of them, ask the programme owner which role you need.
    [handler] This command is for handlers of concerns.
   *[owner] This command is for the programme owner.
}
refused-organisation = In direct messages this bot goes by your role in its programme, and it finds none. `/pending` and `/away` are for managers who get questions, `/streaks` is for the programme owner, `/case` for handlers. Everybody can use `/record` in their organisation's server to see what they were asked and answered; only you see the reply. If you should have a role, ask the programme owner which one.
refused-server = This server is not set up to use this bot. The operator can add its id to the configuration.
refused-several = You belong to more than one organisation that uses this bot. Please use the command in the server that you mean; only you see the reply there.
refused-unsure = Discord does not answer just now, so the bot cannot tell whether you are the programme owner. Please try again in a few minutes, or use the command in your organisation's server; only you see the reply there, too.

refused-text-again = Here is what you typed, so that it is not lost:

apology = Something went wrong on our side. Nothing that was confirmed to you is lost. Please try again in a few minutes. Reference: `{ $reference }`
apology-text = Your answer could not be recorded, and that is our fault. Please answer again later. Reference: `{ $reference }`. Here is your text, so that nothing is lost:
apology-unknown-command = This command belongs to another version of the bot. Please try again in a few minutes.

hint-plain-text = The bot does not read text sent here. To answer a question, press one of its four buttons. `/pending` shows what is open.
button-again = Answer again

noted-after-closing = This question closed on { $at }. What you wrote is kept with the record as a dated note. The figures stay as they were.
