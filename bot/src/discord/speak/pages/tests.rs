use std::collections::{BTreeMap, BTreeSet};

use super::choose::{Details, Picked};
use super::sent::NotTaken;
use super::*;
use crate::catalogue::{Catalogue, Urgency};
use crate::concerns::{Custody, Route, Secret, route};
use crate::discord::speak::custom_id::Visiting;
use crate::ids::{MemberId, OrganisationId};
use crate::words::{Language, Words};

fn holders(count: i64) -> Vec<KeyHolder> {
    let holder = |id| KeyHolder {
        member: MemberId::from_i64(1_300_000_000_000_000_000 + id),
        recipient: format!("age1{}", "q".repeat(58)),
        custody: if id % 2 == 0 { Custody::Kept } else { Custody::Own },
        roles: BTreeSet::new(),
    };
    (1..=count).map(holder).collect()
}

fn catalogue() -> Catalogue {
    crate::catalogue::load(&crate::catalogue::CatalogueSource::BuiltIn).expect("the built-in catalogue is sound")
}

/// Fails unless a page is within Discord's limits.
fn fits(page: &Page) {
    let body = serde_json::to_value(page.update()).expect("it serialises");
    let length = |value: &serde_json::Value| text::length(value.as_str().unwrap_or_default());
    assert!(length(&body["content"]) <= text::MESSAGE);
    let mut sum = 0;
    for embed in body["embeds"].as_array().expect("embeds") {
        assert!(
            length(&embed["title"]) <= 256 && length(&embed["description"]) <= 4_096,
            "{embed}"
        );
        sum += length(&embed["title"]) + length(&embed["description"]);
        for field in embed["fields"].as_array().into_iter().flatten() {
            assert!((1..=256).contains(&length(&field["name"])), "{field}");
            assert!((1..=1_024).contains(&length(&field["value"])), "{field}");
            sum += length(&field["name"]) + length(&field["value"]);
        }
    }
    assert!(sum <= 6_000, "{sum}");
    let rows = body["components"].as_array().expect("rows");
    assert!(rows.len() <= 5);
    for cell in rows.iter().flat_map(|row| row["components"].as_array().expect("cells")) {
        assert!((1..=100).contains(&length(&cell["custom_id"])), "{cell}");
        assert!(
            length(&cell["label"]) <= 80 && length(&cell["placeholder"]) <= 100,
            "{cell}"
        );
        for option in cell["options"].as_array().into_iter().flatten() {
            assert!(
                (1..=100).contains(&length(&option["label"])) && length(&option["description"]) <= 100,
                "{option}"
            );
        }
    }
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
}

fn everywhere(check: impl Fn(Voice<'_>)) {
    let words = Words::load();
    for language in Language::ALL {
        check(words.voice(language));
    }
}

fn organisation() -> Organisation {
    Organisation {
        id: OrganisationId::from_i64(i64::MAX),
        name: "Fernhill Foods".repeat(10),
        zone: "Europe/Berlin".to_owned(),
        language: "en".to_owned(),
        roles: BTreeMap::new(),
        audiences: BTreeMap::new(),
        packs: Vec::new(),
        channels: crate::config::Channels {
            fallback: None,
            prompts: None,
            evidence: None,
        },
        delivery: crate::config::Delivery::DirectMessage,
        people: Vec::new(),
        other_way: None,
    }
}

#[test]
fn the_first_page_fits_with_many_handlers_and_says_everything() {
    let (organisation, keys) = (organisation(), key_set(25));
    everywhere(|voice| {
        let first = |way: Option<String>, people| {
            let draft = Some("0".repeat(16));
            super::first(
                voice,
                &First {
                    organisation: &organisation,
                    keys: &keys,
                    way,
                    few: 5,
                    people,
                    draft,
                },
            )
        };
        let page = first(Some("w".repeat(300)), Some(2));
        fits(&page);
        let body = serde_json::to_value(page.update()).expect("it serialises").to_string();
        for said in [
            voice.concern_few(1),
            voice.concern_open(5),
            voice.concern_sealed(),
            "w".repeat(300),
        ] {
            assert!(body.contains(&serde_json::json!(said).to_string()[1..40]), "{said}");
        }
        assert_eq!(page.embeds.len(), 4);
        assert_eq!(first(None, Some(5)).embeds.len(), 3, "five are enough");
        assert_eq!(first(None, None).embeds.len(), 3);
        fits(&places(voice, &vec![organisation.clone(); 25], Some("0".repeat(16))));
    });
}

/// As many holders; no use case is needed to see how a page looks.
fn key_set(count: i64) -> KeySet {
    KeySet {
        holders: holders(count),
    }
}

#[test]
fn every_category_has_a_page_that_fits() {
    let (catalogue, holders) = (catalogue(), holders(25));
    let names: BTreeMap<MemberId, String> = holders.iter().map(|holder| (holder.member, "N".repeat(32))).collect();
    let open_to: BTreeSet<MemberId> = holders.iter().map(|holder| holder.member).collect();
    everywhere(|voice| {
        for category in &catalogue.concern_categories {
            for mode in [Mode::Named, Mode::Confidential, Mode::Anonymous] {
                let mut chosen = Chosen::new(OrganisationId::from_i64(i64::MAX), mode, "f".repeat(8), None);
                fits(&choose::categories(voice, &chosen, &catalogue.concern_categories));
                chosen.category = Some(0xFF_FFFF);
                chosen.barred = 0b101;
                chosen.no_contact = true;
                chosen.draft = Some("0".repeat(16));
                let mut route = route(category, &holders, &BTreeSet::new());
                route.readers = holders.clone();
                let details = |chosen: &Chosen, route: &Route| {
                    let link = format!("https://discord.com/channels/{0}/{0}/{0}", i64::MAX);
                    let details = Details {
                        chosen,
                        category,
                        urgency: Urgency::Now,
                        holders: &holders,
                        open_to: &open_to,
                        route,
                        names: &names,
                        news_at: [jiff::civil::time(9, 0, 0, 0), jiff::civil::time(15, 0, 0, 0)],
                        message: Some(Picked::Goes { link, files: 10 }),
                    };
                    (choose::details(voice, &details), details.is_whole())
                };
                let (page, whole) = details(&chosen, &route);
                fits(&page);
                assert_eq!(
                    whole,
                    mode != Mode::Confidential && !route.asks_whom_to_bar,
                    "nobody was confided in, or it was not said who must not see it"
                );
                chosen.asked = true;
                assert_eq!(details(&chosen, &route).1, mode != Mode::Confidential);
                chosen.confidant = Some(24);
                assert!(details(&chosen, &route).1);
                route.readers.clear();
                let (page, whole) = details(&chosen, &route);
                fits(&page);
                assert!(!whole, "nobody reads it");
            }
        }
    });
}

#[test]
fn forms_keep_discords_limits_and_nothing_fixed_is_cut() {
    everywhere(|voice| {
        let chosen = Chosen::new(OrganisationId::from_i64(1), Mode::Anonymous, "f".repeat(8), None);
        let visiting = Visiting {
            visit: "0".repeat(32),
            readers: "0".repeat(8),
        };
        for modal in [form(voice, &chosen), key_form(voice), visit::add_form(voice, visiting)] {
            let body = serde_json::to_value(modal).expect("it serialises");
            assert!(!body.to_string().contains('…'), "{body}");
            assert!(body["title"].as_str().is_some_and(|title| text::length(title) <= 45));
        }
        for mode in [Mode::Named, Mode::Confidential, Mode::Anonymous] {
            assert!(text::length(&voice.concern_promise(mode_word(mode))) <= FIELD);
        }
    });
}

#[test]
fn what_is_not_taken_comes_back_with_a_reason_and_a_way_on() {
    let refusals = [
        NotTaken::Closed(Closed::SwitchedOff),
        NotTaken::Closed(Closed::FewerKeys { in_force: 1, needed: 2 }),
        NotTaken::Closed(Closed::KeysDoubtful),
        NotTaken::NotAsked,
        NotTaken::Changed,
        NotTaken::Nobody,
        NotTaken::NoConfidant,
        NotTaken::TooManyToday {
            mode: Mode::Anonymous,
            most: 3,
        },
        NotTaken::TooManyToday {
            mode: Mode::Named,
            most: 5,
        },
        NotTaken::Busy(61_000),
        NotTaken::Empty,
        NotTaken::TooLong {
            found: 4_001,
            allowed: 4_000,
        },
        NotTaken::Unkept,
        NotTaken::Broken,
    ];
    everywhere(|voice| {
        for why in refusals {
            let page = sent::not_taken(voice, why, &Secret::new("**my** words".to_owned()), Some("the phone"));
            fits(&page);
            assert!(!page.text.is_empty() && !page.rows.is_empty(), "{why:?}");
            let body = serde_json::to_string(&page.update()).expect("it serialises");
            assert!(body.contains(r"\\*\\*my\\*\\* words"), "{why:?}: {body}");
            let long = sent::not_taken(voice, why, &Secret::new("*".repeat(4_000)), None);
            fits(&long);
            assert_eq!(long.files[0].content, "*".repeat(4_000).as_bytes());
        }
        for why in [
            visit::Outside::NotAKey,
            visit::Outside::NoSuchCase,
            visit::Outside::Wait(1),
            visit::Outside::Over,
            visit::Outside::Withheld,
        ] {
            fits(&visit::outside(voice, why));
        }
    });
}

#[test]
fn waits_are_told_in_minutes_begun() {
    let waits = [0, 1, 60_000, 60_001, 3_600_000].map(sent::minutes);
    assert_eq!(waits, [1, 1, 1, 2, 60]);
}

#[test]
fn the_first_page_reads_like_this() {
    let words = Words::load();
    let (organisation, keys) = (organisation(), key_set(2));
    let page = first(
        words.voice(Language::English),
        &First {
            organisation: &organisation,
            keys: &keys,
            way: Some("the ombudsperson, 030 1234567".to_owned()),
            few: 5,
            people: Some(3),
            draft: None,
        },
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&page.update()).expect("it serialises"));
}
