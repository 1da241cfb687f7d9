phrases! {
    "reply":
    receipt_thanks(choice);
    receipt_what(label);
    receipt_when(late, at, due);
    receipt_record(record);
    receipt_help(help);
    refused_answered(at, label);
    refused_ended();
    refused_removed();
    refused_not_yours();
    refused_unknown();
    refused_stale();
    refused_too_long(length, limit);
    refused_missing(choice);
    refused_date(found, example);
    refused_date_past(found);
    refused_role(role);
    refused_organisation();
    refused_server();
    refused_several();
    refused_unsure();
    apology(reference);
    apology_text(reference);
    apology_unknown_command();
    hint_plain_text();
    button_again();
    noted_after_closing(at);
    refused_text_again();
}
