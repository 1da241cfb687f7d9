# What handlers and reporters are told at fixed times: news, deadlines, drills, and whether anything got worse. And figures.

letter-news = There is something new in your concerns inbox: `/case inbox`
letter-now = **Somebody has raised a concern that cannot wait.** Please look at it now: `/case inbox`

letter-first-word = **Case { $number }**: { $step ->
    [over] the first reply to the reporter was due by { $due }, and has not been sent.
    [last-day] the first reply to the reporter is due by { $due }. This is the last day.
   *[half] half of the time for the first reply to the reporter is over. It is due by { $due }.
}
letter-feedback = **Case { $number }**: { $step ->
    [over] the reporter had to be told the outcome by { $due }, and has not been told.
    [day-85] the reporter must be told the outcome by { $due }. 85 days have passed.
    [day-75] the reporter must be told the outcome by { $due }. 75 days have passed.
   *[day-60] the reporter must be told the outcome by { $due }. 60 days have passed.
}
letter-reason = { $rung ->
    [own] { $taken ->
        [yes] You have this case.
       *[no] Nobody has taken this case yet.
    }
   *[others] { $taken ->
        [yes] You are notified because the handler who has this case has not done so.
       *[no] You are notified because nobody has taken this case yet.
    }
}
letter-open = Opening the case moves no deadline: `/case open { $number }`
letter-worse = **Case { $number }**: the reporter says that something has got worse for them since. Please see what can be done to protect them. No new case was opened.
letter-lapsed = Your request to open a reporter's identity has lapsed, because you may no longer read that case. Nothing was opened.
letter-ask = **Case { $number }** was closed { $days } days ago. Only you can know who the reporter is. Please ask them yourself, in person, whether anything has got worse for them since that might be linked to it. They can also say so with their case key.
letter-drill = **Case { $number } was a drill.** The people who keep the figures knew about it, and it counts only among the drills. The first reply came { $hours ->
    [0] within an hour
    [one] after one hour
   *[other] after { $hours } hours
}. Thank you.

check-question = You raised a concern under your name, case { $number }. It was closed { $days } days ago. Has anything at work got worse for you since that might be linked to it? You need not answer. { $hears ->
    [independent] If something got worse, an independent handler is told.
    [readers] If something got worse, the people who can read your case are told. No independent handler can read it.
   *[nobody] Nobody may read your case at present. Your answer is kept, and passed on as soon as somebody may.
}
check-fine = Nothing got worse
check-worse = Something got worse
check-unsaid = I would rather not say
check-thanks = { $answer ->
    [worse] Thank you for telling us. { $hears ->
        [independent] An independent handler is told within a day.
        [readers] The people who can read your case are told within a day.
       *[nobody] Nobody may read your case at present. Your answer is passed on as soon as somebody may.
    } Nobody may treat you worse for having spoken up.
    [fine] Thank you. That is good to know.
   *[unsaid] Thank you. That is all.
}
check-over = This question has already been answered, or it is no longer kept.

figures-title = **Concerns by quarter**, as of { $at }
figures-note = Only quarters that are over. Fewer than five of a kind are counted with others, fewer than three are not counted. Nothing is split by team.
figures-received = received: { $total }
figures-few = fewer than 3
figures-other = others together
figures-first-word = first reply within 7 days: { $figure }
figures-feedback = feedback on the outcome within 3 months: { $figure }
figures-asked = asked afterwards whether anything got worse: { $figure }
figures-closed = closed: { $count }
figures-no-contact = wanted no contact: { $count }
figures-drills = drills: { $count }
figures-drills-median = drills: { $count }, median time to first reply: { $hours ->
    [0] less than an hour
    [one] 1 hour
   *[other] { $hours } hours
}

proof-files = These files prove that your report existed on its day. They show neither what you wrote nor who you are. `report.age` is the sealed report, which only handlers can open. Anybody who has the evidence log's verifier key can check the files with `bellwether evidence verify-receipt`. **Anybody who sees the files with you knows that you have this case**, so keep them where nobody looks.
proof-later = You can fetch the proof from { $from } on: only then is the day of your report in the evidence log.
