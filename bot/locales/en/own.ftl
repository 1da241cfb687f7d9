# A person's own answers: receipts, corrections, withdrawing.

own-choose = Get a receipt, correct or withdraw an answer
own-stands = Recorded: **{ $label }**, first answered on { $at }.
own-corrected = { $count ->
    [one] Corrected once, { $at }.
   *[other] Corrected { $count } times, last { $at }.
}
own-withdrawn = You withdrew this answer on { $at }. It stays recorded that you answered, and when.
own-erased = What you said in this answer was erased. It stays recorded that you answered, and when.
own-until = You can correct or withdraw it until { $until }.

button-receipt = Receipt
button-correct = Correct
button-retract = Withdraw
button-retracted = Yes, withdraw it

correct-which = What is the right answer? Your first answer and its time stay in the evidence; the correction is added to them.
correct-done = Corrected: **{ $label }**, { $at }. Your first answer, given on { $first }, stays in the evidence and decides whether you answered on time.
correct-unchanged = Your answer is already **{ $label }**. Nothing was changed.
modal-correct-title = Your correction
modal-correct-reason-label = Why you correct it
modal-correct-reason-hint = I looked at the wrong week

refused-reason = Please say in one line why you correct it. Nothing has been changed so far. Here is your text again, so that nothing is lost:
refused-correct-late = Answers can be corrected or withdrawn for 90 days after they are due; this one until { $until }. If something in it is wrong, it can still be erased: ask the programme owner.
refused-correct-often = You have corrected this answer { $count } times, which is the limit. Nothing was changed.
refused-not-answered = You have no answer here that counts. `/record` shows your answers.
refused-erased = What you said in this answer was erased, so there is nothing to change. It stays recorded that you answered, and when.

retract-sure = { $open ->
    [yes] Withdraw this answer? The question is then open again until { $until }.
   *[no] Withdraw this answer? The question has closed: it stays answered, and what you said no longer counts.
} The evidence still shows that there was an answer and that it was withdrawn.
retracted = { $open ->
    [yes] Withdrawn. The question is open again until { $until }; `/pending` shows it.
   *[no] Withdrawn. The question stays answered; what you said no longer counts.
}

receipt-files = { $count ->
    [one] Here is your receipt: one entry of the evidence log.
   *[other] Here are your receipts: { $count } entries of the evidence log.
} Keep these files. They prove that the entry was in the log, even if somebody rewrites the log later. `.sd` holds what you said, `.leaf` the entry, `.tlog-proof` the proof.
receipt-check = To check them without us, use `bellwether evidence verify-receipt FOLDER --vkey KEY`, or any program that reads C2SP tlog-proof. KEY is the log's verifier key; the programme owner has it.
receipt-left = { $count ->
    [one] One earlier correction is left out here; the operator can write its receipt.
   *[other] { $count } earlier corrections are left out here; the operator can write their receipts.
}
receipt-emptied = What you said was erased, so there is no `.sd`: the proof now shows only that there was an entry.
