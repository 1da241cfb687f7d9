# What handlers and reporters are told by the clock: news, warnings, drills, and whether anything got worse. And figures.

letter-news = There is news in the inbox of concerns: `/case inbox`
letter-now = **Somebody has raised a concern that cannot wait.** Please look at it now: `/case inbox`

letter-first-word = **Case { $number }**: { $step ->
    [over] the first word to whoever raised it was due by { $due }, and has not gone out.
    [last-day] the first word to whoever raised it is due by { $due }. This is the last day for it.
   *[half] half of the time for the first word to whoever raised it is over. It is due by { $due }.
}
letter-feedback = **Case { $number }**: { $step ->
    [over] whoever raised it was to hear by { $due } what came of it, and has not.
    [day-85] whoever raised it is to hear by { $due } what came of it. 85 days are over.
    [day-75] whoever raised it is to hear by { $due } what came of it. 75 days are over.
   *[day-60] whoever raised it is to hear by { $due } what came of it. 60 days are over.
}
letter-reason = { $rung ->
    [own] { $taken ->
        [yes] You have this case.
       *[no] Nobody has taken this case yet.
    }
   *[others] { $taken ->
        [yes] You hear of it because whoever has this case has sent no word.
       *[no] You hear of it because nobody has taken this case yet.
    }
}
letter-open = Opening the case moves no date: `/case open { $number }`
letter-worse = **Case { $number }**: whoever raised it says that something has got worse for them since. Please see what can be done to protect them. No new case was opened.
letter-lapsed = A request of yours to open the identity behind a concern has come to nothing: by now you may not read that case. Nothing was opened.
letter-ask = **Case { $number }** was closed { $days } days ago. You alone can know who raised it. Please ask them yourself, in person, whether anything has got worse for them since that might be linked. They can also say so with their case key.
letter-drill = **Case { $number } was a drill.** It was announced to those who keep the figures, and counts in none but its own. The first word came { $hours ->
    [0] within the hour
    [one] after one hour
   *[other] after { $hours } hours
}. Thank you.

check-question = You raised a concern under your name, case { $number }. It was closed { $days } days ago. Has anything at work got worse for you since that might be linked to it? You need not answer. { $hears ->
    [independent] If something got worse, a person who stands outside the lines concerned hears of it.
    [readers] If something got worse, those who can read your case hear of it; nobody outside the lines concerned can read it.
   *[nobody] Nobody may read your case at present: your answer is kept, and told as soon as somebody may.
}
check-fine = Nothing got worse
check-worse = Something got worse
check-unsaid = I would rather not say
check-thanks = { $answer ->
    [worse] Thank you for saying so. { $hears ->
        [independent] A person who stands outside the lines concerned hears of it within a day.
        [readers] Those who can read your case hear of it within a day.
       *[nobody] Nobody may read your case at present: they are told as soon as somebody may.
    } Nobody may treat you worse for having spoken up.
    [fine] Thank you. That is good to know.
   *[unsaid] Thank you. That is all.
}
check-over = This question has been answered already, or it is no longer kept.

figures-title = **Concerns, by the quarter**, as of { $at }
figures-note = Only quarters that are over. What is fewer than five is counted with others, what is fewer than three is not counted. Nothing is split by team.
figures-received = received: { $total }
figures-few = fewer than 3
figures-other = others together
figures-first-word = first word within 7 days: { $figure }
figures-feedback = told what came of it within 3 months: { $figure }
figures-asked = asked afterwards whether anything got worse: { $figure }
figures-closed = closed: { $count }
figures-no-contact = wanted no word: { $count }
figures-drills = drills: { $count }
figures-drills-median = drills: { $count }, first word after { $hours ->
    [0] less than an hour
    [one] one hour
   *[other] { $hours } hours
} in the middle

proof-files = These files prove that your report existed on its day. They show neither what you wrote nor who you are; `report.age` is the sealed report, which only handlers can open. Anybody who has the log's public key can check them with `bellwether evidence verify-receipt`. **Whoever sees the files with you knows that you have this case**, so keep them where nobody looks.
proof-later = The proof can be fetched from { $from } on: only then the day of your report is in the evidence log.
