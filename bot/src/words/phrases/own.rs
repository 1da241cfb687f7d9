phrases! {
    "own":
    own_choose();
    own_stands(label, at);
    own_corrected(count, at);
    own_withdrawn(at);
    own_erased();
    own_until(until);
    button_receipt();
    button_correct();
    button_retract();
    button_retracted();
    correct_which();
    correct_done(label, at, first);
    correct_unchanged(label);
    modal_correct_title();
    modal_correct_reason_label();
    modal_correct_reason_hint();
    refused_reason();
    refused_correct_late(until);
    refused_correct_often(count);
    refused_not_answered();
    refused_erased();
    retract_sure(open, until);
    retracted(open, until);
    receipt_files(count);
    receipt_check();
    receipt_left(count);
    receipt_emptied();
}
