use proptest::prelude::*;

use super::*;
use crate::discord::custom_id;
use crate::discord::edge::custom_id::{LIMIT, words};

fn any_chosen() -> impl Strategy<Value = Chosen> {
    (
        any::<i64>(),
        prop::sample::select(MODES.to_vec()),
        prop::sample::select(URGENCIES.to_vec()),
        prop::option::of(0..1u32 << 24),
        (any::<u32>(), any::<bool>(), any::<bool>()),
        prop::option::of(any::<u8>()),
        "[0-9a-f]{8}",
        prop::option::of("[0-9a-f]{16}"),
    )
        .prop_map(
            |(id, mode, urgency, category, (barred, no_contact, asked), confidant, keys, draft)| Chosen {
                organisation: OrganisationId::from_i64(id & i64::MAX),
                mode: mode.0,
                category,
                urgency: urgency.0,
                no_contact,
                barred,
                asked,
                confidant,
                keys,
                draft,
            },
        )
}

fn any_shown() -> impl Strategy<Value = Visiting> {
    ("[0-9a-f]{32}", "[0-9a-f]{8}").prop_map(|(visit, readers)| Visiting { visit, readers })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_and_fits(
        step in prop::sample::select(Step::ALL.to_vec()), chosen in any_chosen(), shown in any_shown(),
    ) {
        for press in [Press::Step(step.0, chosen.clone()), Press::Write(chosen.clone()), Press::Add(shown.clone())] {
            let text = press.to_string();
            prop_assert!(text.len() <= LIMIT && is_about_concern(&text), "{}", text);
            prop_assert_eq!(Press::read(&words(&text).expect("words")), Some(press));
        }
        for form in [Form::Sent(chosen), Form::Added(shown)] {
            let text = form.to_string();
            prop_assert!(text.len() <= LIMIT && is_about_concern(&text), "{}", text);
            prop_assert_eq!(Form::read(&words(&text).expect("words")), Some(form));
        }
    }
}

#[test]
fn what_is_about_a_concern_is_known_before_it_is_read() {
    for text in [
        "v1:concern",
        "v1:concern:nonsense",
        "v9:concern:key",
        "v1:concern:visit:add:x",
    ] {
        assert!(is_about_concern(text), "{text}");
        assert!(text.parse::<custom_id::Press>().is_err(), "{text}");
    }
    for text in ["concern", "x:concern:key", "v1:concerned:key", "v1:answer:concern", ""] {
        assert!(!is_about_concern(text), "{text}");
    }
}

#[test]
fn nothing_of_it_shows_in_debug() {
    let press = Press::Visit(Act::Look, "7".repeat(32));
    assert!(!format!("{press:?}").contains('7'));
}
