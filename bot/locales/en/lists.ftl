# What the commands show.

pending-title = { $count ->
    [0] Nothing is open. The next question comes on its usual day.
    [one] One question is open.
   *[other] { $count } questions are open.
}
pending-rest = { $count ->
    [one] One more is open; it appears here once one of these is answered.
   *[other] { $count } more are open; they appear here once some of these are answered.
}

record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, on time { $at }
    [late] { $label }, late { $at }
    [open] this one is still open, due { $at }
    [withdrawn] answered, taken back
    [erased] answered { $at }; what was said is erased
    [missed] closed without an answer { $at }
    [excused] excused: away
    [outage] excused: the bot was not there
    [not-asked] not asked: there were enough other questions
    [removed] ended: the organisation was not set up for a time
    [cancelled] taken back
    [scheduled] opens { $at }
   *[undelivered] could not be delivered
}

streaks-rest = { $count ->
    [one] One more person is not shown here. `/streaks` with `member` shows a single person.
   *[other] { $count } more people are not shown here. `/streaks` with `member` shows a single person.
}
figure-none = no data
figure-few = { $n } of { $total }
figure-share = { $n } of { $total } ({ $percent } %)

away-recorded = Recorded: you are away from { $from } to { $to }, both days included. A question is excused when half or more of its working hours fall into this time.
away-no-date = "{ $found }" is no date. A date looks like { $example }.
away-past = Time away can be entered from today ({ $today }) on. For earlier days please ask the programme owner.
away-order = The last day ({ $to }) comes before the first ({ $from }).
away-overlaps = This overlaps with time away that is recorded already: { $from } to { $to }.
away-too-long = That is { $days } days; up to { $most } days can be entered in one go.
away-recorded-other = Recorded: { $member } is away from { $from } to { $to }, both days included. A question is excused when half or more of its working hours fall into this time.
away-closed-stays = Questions that have closed already stay as they are.
away-reach = The first day must lie between { $earliest } and { $latest }.
away-nobody = This person is not asked any questions here, so there is no time away to record.
away-whose = Please say who is away, with `member`.
away-both = Please give the first and the last day away, `from` and `to`. For a single day, give it twice.
away-gone = This time away is no longer recorded here. `/away` shows what is.
away-list = { $whose ->
    [own] { $count ->
        [0] You have no time away on record. To enter some, give `/away` the first and the last day.
       *[other] Your time away:
    }
    [other] { $count ->
        [0] { $member } has no time away on record.
       *[other] Time away of { $member }:
    }
   *[all] { $count ->
        [0] Nobody has any time away on record, now or later.
       *[other] Who is away, now or later. `/away` with `member` shows one person, and changes it.
    }
}
away-entered-by = , entered by { $member }
away-choose = Shorten or take back
away-fixed = These days are over. The programme owner can still change them.
away-sure = Take back { $span }? Questions that are still open will be asked; those that have closed stay as they are. The evidence keeps that this was entered and taken back.
away-shortened = Shortened: away from { $from } to { $to }, both days included; it was to { $before }. Questions that waited for the end are asked now; those that have closed stay as they are.
away-withdrawn = Taken back: { $span }. Questions that are still open will be asked; those that have closed stay as they are.
away-not-shorter = This time away ends on { $last }. The new last day must be an earlier one. For a longer time, enter the further days with `/away`.
away-nothing-left = That would leave nothing: this time away begins on { $first }.
away-past-change = Days before today ({ $today }) stay as they were entered. For a change to them please ask the programme owner.
button-away-shorten = Shorten
button-away-withdraw = Take back
button-away-withdrawn = Yes, take it back
modal-away-last = New last day away

record-title = { $count ->
    [0] Nobody has asked you anything so far.
    [one] Your last question, as of { $at }. By name only you and the programme owner see this.
   *[other] Your last { $count } questions, newest first, as of { $at }. By name only you and the programme owner see this.
}

streaks-title = Answered, of what was due from { $from } until now, as of { $at }. What was answered plays no part.
streaks-empty = No data, as of { $at }: no question has been due yet.
streaks-note = Excused, cancelled and undelivered questions are in neither number; *not reached* counts those that could not be delivered in time and were not answered. Weeks in a row count answers on time; weeks that were late, excused or not applicable hold. The list goes by Discord id, not by merit.
streaks-line = { $member }: { $figure }, { $on_time } on time; { $started ->
    [yes] weeks in a row: now { $current }, longest { $longest }, held { $holds }
   *[no] weeks in a row: not started
}{ $provisional ->
    [yes] {" "}(provisional)
   *[no] {""}
}{ $unreached ->
    [0] {""}
   *[other] ; not reached { $unreached }
}

# What figures and records are worth.
tables-held = Last compared with the evidence log on { $at }: they agreed.
tables-not-held = Not yet compared with the evidence log.
tables-differ = **Do not rely on this:** compared with the evidence log on { $at }, it did not agree. Please ask the operator to run `bellwether evidence verify`.
