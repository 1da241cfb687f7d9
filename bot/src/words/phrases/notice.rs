phrases! {
    "notice":
    letter_news();
    letter_now();
    letter_first_word(number, step, due);
    letter_feedback(number, step, due);
    letter_reason(rung, taken);
    letter_open(number);
    letter_worse(number);
    letter_lapsed();
    letter_ask(number, days);
    letter_drill(number, hours);
    check_question(number, days, hears);
    check_fine();
    check_worse();
    check_unsaid();
    check_thanks(answer, hears);
    check_over();
    figures_title(at);
    figures_note();
    figures_received(total);
    figures_few();
    figures_other();
    figures_first_word(figure);
    figures_feedback(figure);
    figures_asked(figure);
    figures_closed(count);
    figures_no_contact(count);
    figures_drills(count);
    figures_drills_median(count, hours);
    proof_files();
    proof_later(from);
}
