//! The list of phrases: `prompt_due(due, relative)` is the message `prompt-due` with `{ $due }` and `{ $relative }`.

use fluent_bundle::{FluentArgs, FluentValue};

use super::Voice;

macro_rules! phrases {
    ($($name:ident($($arg:ident),*);)*) => {
        impl Voice<'_> {$(
            #[expect(clippy::allow_attributes, reason = "some phrases need neither")]
            #[allow(clippy::too_many_arguments, clippy::extra_unused_lifetimes, reason = "the phrase decides how many")]
            pub fn $name<'v>(&self $(, $arg: impl Into<FluentValue<'v>>)*) -> String {
                #[expect(clippy::allow_attributes, reason = "phrases without arguments need no `mut`")]
                #[allow(unused_mut, reason = "phrases without arguments need no `mut`")]
                let mut args = FluentArgs::new();
                $(args.set(stringify!($arg), $arg);)*
                self.say(stringify!($name), &args)
            }
        )*}

        /// Every phrase with its arguments, for the tests.
        pub const PHRASES: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($arg)),*])),*];
    };
}

phrases! {
    checkpoint_title(origin, size, at);
    checkpoint_keep();
    checkpoint_key(vkey);
    checkpoint_in_file();
    log_broken();
    handler_keys_changed(proposed, agreed);
    command_pending();
    command_pending_about();
    command_record();
    command_record_about();
    command_streaks();
    command_streaks_about();
    command_streaks_member();
    command_streaks_member_about();
    command_away();
    command_away_about();
    command_away_from();
    command_away_from_about();
    command_away_to();
    command_away_to_about();
    pending_title(count);
    pending_rest(count);
    record_line(period, question, state);
    record_state(state, label, at);
    streaks_rest(count);
    figure_none();
    figure_few(n, total);
    figure_share(n, total, percent);
    away_recorded(from, to);
    away_no_date(found, example);
    away_past(today);
    away_order(to, from);
    away_overlaps(from, to);
    away_too_long(days, most);
    record_title(count, at);
    streaks_title(from, at);
    streaks_empty(at);
    streaks_note();
    streaks_line(member, figure, on_time, started, current, longest, holds, provisional);
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
    receipt_thanks(choice);
    receipt_what(label);
    receipt_when(late, at, due);
    receipt_record(record);
    receipt_help(help);
    refused_answered(at, label);
    refused_ended();
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
    concern_apology();
}
