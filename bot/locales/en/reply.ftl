# Receipts, refusals and apologies.

receipt-thanks = { $choice ->
    [not-yet] Thank you for the straight answer.
    [need-help] Thank you for saying what is in the way.
   *[done] Thank you. This is recorded.
}
receipt-what = Recorded: **{ $label }**
receipt-when = { $late ->
    [yes] { $at }, after the due time { $due }. A late answer is kept and counts as an answer.
   *[no] { $at }, on time.
}
receipt-record = Record `{ $record }`
receipt-help = What often helps: { $help }

refused-answered = You answered this one { $at }: **{ $label }**. That answer stands.
refused-ended = This question was taken back, so no answer is needed.
refused-removed = The organisation that asked this is not set up here any more, so no answer is needed.
refused-not-yours = This question was put to somebody else. `/pending` shows yours.
refused-unknown = This question is no longer here. `/pending` shows what is open.
refused-stale = This button comes from another version of the bot. `/pending` shows the same question with fresh buttons.
refused-too-long = That text is { $length } characters long; { $limit } fit. Here it is again, so that nothing is lost:
refused-missing = { $choice ->
    [not-yet] Three short lines are needed: when, what, and by which date. Or one line after "no commitment, because". Here is your text again, so that nothing is lost:
    [not-applicable] One short reason is needed. Nothing is recorded so far.
    [need-help] One line on what got in the way is needed. Nothing is recorded so far.
   *[done] One line on what shows it is needed this time. Nothing is recorded so far.
}
refused-date = "{ $found }" is no date. A date looks like { $example }. Here is your text again, so that nothing is lost:
refused-date-past = { $found } lies in the past. Here is your text again, so that nothing is lost:
refused-role = { $role ->
    [manager] This command is for managers who are asked questions. If you should be one of them, the programme owner can say which role you need.
    [handler] This command is for those who handle concerns.
   *[owner] This command is for the programme owner.
}
refused-organisation = In direct messages this bot knows people by their role in its programme, and it finds none of yours. `/pending` and `/away` are for managers who are asked questions, `/streaks` is for the programme owner, `/case` for those who handle concerns. `/record` shows what you were asked and answered; everybody can use it in the server of their organisation, and only you see the reply. If you should have a role, the programme owner can say which one.
refused-server = This server is not set up to use this bot. The operator can add its id to the configuration.
refused-several = You belong to more than one organisation that uses this bot. Use the command in the server that you mean; there only you see the answer.
refused-unsure = Whether you are the programme owner cannot be looked up just now, because Discord does not answer. Please try again in a few minutes, or use the command in your organisation's server; there, too, only you see the reply.

refused-text-again = Here is what you typed, so that it is not lost:

apology = Something went wrong on our side. Nothing that was confirmed to you is lost. Reference: `{ $reference }`
apology-text = Your answer could not be recorded, and that is our fault. Please answer again later. Reference: `{ $reference }`. Here is your text, so that nothing is lost:
apology-unknown-command = This command belongs to another version of the bot. Try again in a few minutes.

hint-plain-text = Text sent here is not read. To answer a question, press one of its four buttons; `/pending` shows what is open.
button-again = Answer again

noted-after-closing = This one closed { $at }. Your words are kept with the record as a dated note; the figures stay as they were.
