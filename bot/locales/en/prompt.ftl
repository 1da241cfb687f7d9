# The question itself, and the second step.

prompt-period = { $current ->
    [yes] { $cadence ->
        [weekly] This week: { $from } – { $to }
        [monthly] This month: { $from } – { $to }
       *[quarterly] This quarter: { $from } – { $to }
    }
   *[no] { $cadence ->
        [weekly] The week { $from } – { $to }
        [monthly] The month { $from } – { $to }
       *[quarterly] The quarter { $from } – { $to }
    }
}
prompt-due = Due { $due } ({ $relative }).
prompt-came-late = This question reaches you after it was due, which is not your fault. An answer until { $closes } counts as on time.
prompt-use = Whichever of the four you choose, the question counts as answered. Your answer goes into your record and into the programme's evidence. Only you and the programme owner see it with your name.
prompt-channel = Everybody in this channel can see the question. Only you see your answer here.

date-day = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day }
date-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
date-with-month = { $day } { $month }
date-with-year = { $date } { $year }

# Titles and labels of forms: at most 45 characters, examples at most 100.
modal-done-title = What shows it?
modal-done-label = What shows it? One line is enough
modal-done-hint = A date, a meeting, a ticket or a page is enough.
modal-not-yet-title = Thank you for the straight answer
modal-not-yet-when-label = When? (a moment that is sure to come)
modal-not-yet-when-hint = After Tuesday's stand-up
modal-not-yet-act-label = I will (something others can see)
modal-not-yet-act-hint = Put access reviews on the agenda
modal-not-yet-by-label = By which date? (year-month-day)
modal-not-yet-by-hint = 2026-12-04
modal-not-yet-because-label = Or: no commitment, because
modal-not-yet-because-hint = Leave the lines above empty and say what got in the way
modal-not-applicable-title = Does not apply this time
modal-not-applicable-label = One short reason
modal-not-applicable-hint = Nobody joined the team this month
modal-need-help-title = What is in the way
modal-need-help-label = What is in the way, and what would help?
modal-need-help-hint = Two hours of the network team before the patch window
