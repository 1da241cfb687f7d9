# A person's own answers: receipts, corrections, taking back.

own-choose = Receipt, correct or take back an answer
own-stands = Recorded: **{ $label }**, first answered { $at }.
own-corrected = { $count ->
    [one] Corrected once, { $at }.
   *[other] Corrected { $count } times, the last time { $at }.
}
own-withdrawn = You took this answer back { $at }. That it was answered, and when, stays.
own-erased = What this answer said was erased. That it was answered, and when, stays.
own-until = It can be corrected or taken back until { $until }.

button-receipt = Receipt
button-correct = Correct
button-retract = Take back
button-retracted = Yes, take it back

correct-which = What is the right answer? Your first answer and its time stay in the evidence; the correction is added to them.
correct-done = Corrected: **{ $label }**, { $at }. Your first answer, given { $first }, stays in the evidence and decides whether it was on time.
correct-unchanged = It says that already: **{ $label }**. Nothing was changed.
modal-correct-title = Your correction
modal-correct-reason-label = Why it is corrected
modal-correct-reason-hint = I looked at the wrong week

refused-reason = One line on why it is corrected is needed. Nothing is changed so far. Here is your text again, so that nothing is lost:
refused-correct-late = Answers can be corrected or taken back for 90 days after they are due; this one until { $until }. What is wrong in it can still be erased: ask the programme owner.
refused-correct-often = This answer was corrected { $count } times, and that is the end of it. Nothing was changed.
refused-not-answered = There is no answer of yours here that stands. `/record` shows what does.
refused-erased = What this answer said was erased, so there is nothing to change. That it was answered, and when, stays.

retract-sure = { $open ->
    [yes] Take this answer back? The question is open again then, until { $until }.
   *[no] Take this answer back? The question has closed: it stays answered, and what you said no longer counts.
} The evidence keeps that there was an answer and that it was taken back.
retracted = { $open ->
    [yes] Taken back. The question is open again until { $until }; `/pending` shows it.
   *[no] Taken back. The question stays answered; what you said no longer counts.
}

receipt-files = { $count ->
    [one] Here is your receipt: one entry of the evidence log.
   *[other] Here are your receipts: { $count } entries of the evidence log.
} Keep these files. They prove that the entry was in the log, even if somebody should rewrite the log later. `.sd` holds what you said, `.leaf` the entry, `.tlog-proof` the proof.
receipt-check = To check them without us: `bellwether evidence verify-receipt FOLDER --vkey KEY`, or any program that reads C2SP tlog-proof. The key is the log's public one; the programme owner keeps it.
receipt-left = { $count ->
    [one] One earlier correction is left out here; the operator can write its receipt.
   *[other] { $count } earlier corrections are left out here; the operator can write their receipts.
}
receipt-emptied = What you said was erased, so there is no `.sd`: the proof now shows only that there was an entry.
