use proptest::prelude::*;

use super::*;
use crate::discord::custom_id::CustomId;
use crate::discord::edge::custom_id::{CustomIdError, LIMIT};

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

fn any_id() -> impl Strategy<Value = ConcernId> {
    let draft = || prop::option::of("[0-9a-f]{16}");
    prop_oneof![
        draft().prop_map(ConcernId::Start),
        draft().prop_map(ConcernId::Place),
        Just(ConcernId::Key),
        Just(ConcernId::Opened),
        (prop::sample::select(Step::ALL.to_vec()), any_chosen())
            .prop_map(|((step, _), chosen)| ConcernId::Step(step, chosen)),
        (prop::sample::select(Act::ALL.to_vec()), "[0-9a-f]{32}")
            .prop_map(|((act, _), visit)| ConcernId::Visit(act, visit)),
        any_shown().prop_map(ConcernId::Add),
        any_shown().prop_map(ConcernId::Added),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back_and_fits(id in any_id()) {
        let id = CustomId::Concern(id);
        let text = id.to_string();
        prop_assert!(text.len() <= LIMIT, "{}", text);
        prop_assert!(is_about_concern(&text));
        prop_assert_eq!(text.parse::<CustomId>(), Ok(id));
    }

    #[test]
    fn a_near_miss_is_refused_or_means_itself(
        text in "v1:concern:(start|place|mode|write|sent|visit)(:[0-9]{0,20})?(:[ncax]?:[ntwr]?:[0-4]:[0-9a-f]{0,7}:[0-9a-f]{0,9}:[0-9]{0,3}:[0-9a-g]{7,9}:)?"
    ) {
        if let Ok(id) = text.parse::<CustomId>() {
            prop_assert_eq!(id.to_string(), text);
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
        assert!(text.parse::<CustomId>().is_err(), "{text}");
    }
    assert_eq!("v9:concern:key".parse::<CustomId>(), Err(CustomIdError::OtherVersion));
    for text in ["concern", "x:concern:key", "v1:concerned:key", "v1:answer:concern", ""] {
        assert!(!is_about_concern(text), "{text}");
    }
}

#[test]
fn nothing_of_it_shows_in_debug() {
    let id = CustomId::Concern(ConcernId::Visit(Act::Look, "7".repeat(32)));
    assert!(!format!("{id:?}").contains('7'));
}
