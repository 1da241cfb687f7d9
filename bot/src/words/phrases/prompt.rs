phrases! {
    "prompt":
    prompt_came_late(closes);
    prompt_period(current, cadence, from, to);
    prompt_due(due, relative);
    prompt_use();
    prompt_channel();
    date_day(weekday, day);
    date_month(month);
    date_with_month(day, month);
    date_with_year(date, year);
    modal_done_title();
    modal_done_label();
    modal_done_hint();
    modal_not_yet_title();
    modal_not_yet_when_label();
    modal_not_yet_when_hint();
    modal_not_yet_act_label();
    modal_not_yet_act_hint();
    modal_not_yet_by_label();
    modal_not_yet_by_hint();
    modal_not_yet_because_label();
    modal_not_yet_because_hint();
    modal_not_applicable_title();
    modal_not_applicable_label();
    modal_not_applicable_hint();
    modal_need_help_title();
    modal_need_help_label();
    modal_need_help_hint();
}
