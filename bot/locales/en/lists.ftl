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

record-title = { $count ->
    [0] No question was put to you so far.
    [one] Your last question, as of { $at }. By name only you and the programme owner see this.
   *[other] Your last { $count } questions, newest first, as of { $at }. By name only you and the programme owner see this.
}
record-line = **{ $period }** { $question } — { $state }
record-state = { $state ->
    [on-time] { $label }, on time { $at }
    [late] { $label }, late { $at }
    [open] this one is still open, due { $at }
    [missed] closed without an answer { $at }
    [excused] excused: away
    [cancelled] taken back
    [scheduled] opens { $at }
   *[undelivered] could not be delivered
}

streaks-title = Answering in time, { $from } to { $to }, as of { $at }. By name; what was answered plays no part.
streaks-empty = No data: no question was due in this window.
streaks-note = n of N is the share answered in time. Excused, cancelled and undelivered questions are in neither number; late and undue ones hold a streak. Provisional weeks are still open. No order of merit: the list goes by Discord id.
streaks-line = { $member }: { $figure } in time; { $current ->
    [0] { $longest ->
        [0] not started
       *[other] now 0, longest { $longest } { $longest ->
            [one] week
           *[other] weeks
        }
    }
   *[other] now { $current }, longest { $longest } { $longest ->
        [one] week
       *[other] weeks
    }
}{ $holds ->
    [0] {""}
    [one] , 1 hold
   *[other] , { $holds } holds
}{ $provisional ->
    [yes] , provisional
   *[no] {""}
}
streaks-rest = { $count ->
    [one] One more person is not shown here. `/streaks member` shows a single one.
   *[other] { $count } more people are not shown here. `/streaks member` shows a single one.
}
figure-none = no data
figure-few = { $n } of { $total }
figure-share = { $n } of { $total } ({ $percent } %)

away-recorded = Recorded: you are away from { $from } to { $to }, both days included. Questions whose working hours fall mostly into this time are excused.
away-known = This leave is already recorded: { $from } to { $to }, both days included.
away-no-date = "{ $found }" is no date. A date looks like { $example }.
away-order = The leave would end ({ $to }) before it begins ({ $from }).
away-too-long = A leave can be { $limit } days long at most. For a longer one ask the programme owner.
away-too-late = This leave lies too far back to be recorded by yourself. The programme owner can still excuse single questions.
