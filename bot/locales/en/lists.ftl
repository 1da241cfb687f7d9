# What the commands show.

pending-title = { $count ->
    [0] Nothing is open. The next question comes on its usual day.
    [one] One question is open.
   *[other] { $count } questions are open.
}
pending-rest = { $count ->
    [one] One more is open. It appears here once one of these is answered.
   *[other] { $count } more are open. They appear here once some of these are answered.
}

record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, on time { $at }
    [late] { $label }, late { $at }
    [open] still open, due { $at }
    [withdrawn] answered, then withdrawn
    [erased] answered { $at }; what you said was erased
    [missed] closed without an answer { $at }
    [excused] excused: away
    [outage] excused: the bot was not running
    [not-asked] not asked: there were enough other questions
    [removed] ended: the organisation was not set up for a time
    [cancelled] cancelled
    [scheduled] opens { $at }
   *[undelivered] could not be delivered
}

streaks-rest = { $count ->
    [one] 1 more person is not shown. `/streaks` with `member` shows a single person.
   *[other] { $count } more people are not shown. `/streaks` with `member` shows a single person.
}
figure-none = no data
figure-few = { $n } of { $total }
figure-share = { $n } of { $total } ({ $percent } %)

away-recorded = Entered: you are away from { $from } to { $to }, both days included. A question is excused if your absence covers at least half of its working hours.
away-no-date = The bot cannot read “{ $found }” as a date. Please write it like { $example }.
away-past = You can enter an absence from today ({ $today }) on. For earlier days please ask the programme owner.
away-order = The last day ({ $to }) is before the first ({ $from }).
away-overlaps = This overlaps with an absence that is already entered: { $from } to { $to }.
away-too-long = That is { $days } days. You can enter up to { $most } days at a time.
away-recorded-other = Entered: { $member } is away from { $from } to { $to }, both days included. A question is excused if the absence covers at least half of its working hours.
away-closed-stays = Questions that have already closed stay as they are.
away-reach = The first day must be between { $earliest } and { $latest }.
away-nobody = This person gets no questions here, so there is no absence to enter.
away-whose = Please say who is away, with `member`.
away-both = Please give the first and the last day away, `from` and `to`. For a single day, give it twice.
away-gone = This absence is no longer entered here. `/away` shows what is.
away-list = { $whose ->
    [own] { $count ->
        [0] You have no absences entered. To enter one, give `/away` the first and the last day.
       *[other] Your absences:
    }
    [other] { $count ->
        [0] { $member } has no absences entered.
       *[other] Absences of { $member }:
    }
   *[all] { $count ->
        [0] Nobody has an absence entered, now or later.
       *[other] Who is away, now or later. `/away` with `member` shows one person, and lets you change entries.
    }
}
away-entered-by = , entered by { $member }
away-choose = Shorten or withdraw
away-fixed = These days are over. The programme owner can still change them.
away-sure = Withdraw { $span }? Questions that are still open will be asked. Questions that have closed stay as they are. The evidence still shows that the absence was entered and withdrawn.
away-shortened = Shortened: away from { $from } to { $to }, both days included (before: to { $before }). Questions that waited for the end of the absence are asked now. Questions that have closed stay as they are.
away-withdrawn = Withdrawn: { $span }. Questions that are still open will be asked. Questions that have closed stay as they are.
away-not-shorter = This absence ends on { $last }. The new last day must be earlier. For a longer absence, enter the further days with `/away`.
away-nothing-left = That would leave nothing: this absence begins on { $first }.
away-past-change = Days before today ({ $today }) stay as they were entered. To change them please ask the programme owner.
button-away-shorten = Shorten
button-away-withdraw = Withdraw
button-away-withdrawn = Yes, withdraw it
modal-away-last = New last day away

record-title = { $count ->
    [0] Nobody has asked you anything so far.
    [one] Your last question, as of { $at }. Only you and the programme owner see this with your name.
   *[other] Your last { $count } questions, newest first, as of { $at }. Only you and the programme owner see this with your name.
}

streaks-title = Answered, out of all questions due since { $from }, as of { $at }. Only whether and when people answered counts, not what.
streaks-empty = No data, as of { $at }: no question has been due yet.
streaks-note = Excused, cancelled and undelivered questions are in neither number. *Not reached*: questions that could not be delivered in time and were not answered. *Weeks in a row*: answers on time; a late, excused or not-applicable week neither adds nor breaks, it pauses. The order is by Discord id and means nothing.
streaks-line = { $member }: { $figure }, { $on_time } on time; { $started ->
    [yes] weeks in a row: { $current } (longest { $longest }, paused { $holds })
   *[no] weeks in a row: not started
}{ $provisional ->
    [yes] {" "}(provisional)
   *[no] {""}
}{ $unreached ->
    [0] {""}
   *[other] ; not reached: { $unreached }
}

# What figures and records are worth.
tables-held = Last compared with the evidence log on { $at }: they agreed.
tables-not-held = Not yet compared with the evidence log.
tables-differ = **Do not rely on this:** on { $at } it did not agree with the evidence log. Please ask the operator to run `bellwether evidence verify`.
