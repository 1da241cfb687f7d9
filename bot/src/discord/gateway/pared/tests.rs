//! Every field of every event that is listened to, set to null, left out or set to something odd, one after another.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serenity::all::{Event, Interaction};

use super::*;
use crate::clock::Millis;
use crate::discord::edge::picked::Picked;
use crate::discord::edge::{Lane, Sent, call};
use crate::discord::gateway::read;
use crate::discord::router;

mod dressed;

/// Which of an event's fields matter. `*` stands for one step.
struct Listening {
    /// Without it there is no event; an error names it.
    needed: &'static [&'static str],
    /// Read if it is there; null and left out are as Discord may send it.
    read: &'static [&'static str],
}

const PERSON: &[&str] = &[
    "member.user.global_name",
    "member.user.username",
    "member.user.bot",
    "member.nick",
];

/// Fields that all interactions are told apart by.
fn interaction_needs() -> Vec<&'static str> {
    vec![
        "id",
        "application_id",
        "token",
        "type",
        "data",
        "member",
        "member.user",
        "member.user.id",
        "member.roles",
        "member.roles.*",
    ]
}

/// The fields of a message that is there.
fn message(at: &str) -> (Vec<String>, Vec<String>) {
    let all = |fields: &[&str]| fields.iter().map(|field| format!("{at}{field}")).collect();
    (
        all(&[
            "id",
            "channel_id",
            "author",
            "author.id",
            "attachments.*",
            "attachments.*.url",
        ]),
        all(&[
            "flags",
            "content",
            "attachments",
            "author.global_name",
            "author.username",
            "author.bot",
            "type",
            "guild_id",
            "webhook_id",
        ]),
    )
}

fn owned(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| (*field).to_owned()).collect()
}

/// What reaches the handler of an event, as text.
fn essence(told: &Told) -> String {
    let Told::Interaction(interaction) = told else {
        return match told {
            Told::Written(message) => format!(
                "{} {} {} {} {:?} {:?} {:?}",
                message.id,
                message.channel_id,
                message.author.id,
                message.author.bot,
                message.kind,
                message.flags,
                message.guild_id
            ),
            Told::Server { server, count, members } => {
                let mut members = members.clone();
                members.sort_by_key(|person| person.member);
                format!("{server} {count:?} {members:?}")
            }
            other => format!("{other:?}"),
        };
    };
    let (call, rest) = match &**interaction {
        Interaction::Command(command) => {
            let picked = Picked::of(command).map(|picked| {
                let report = picked.report(crate::concerns::Mode::Named, MemberId::from_i64(1));
                let report = report.map(|report| report.expose().to_owned());
                format!(
                    "{report:?} {:?}",
                    picked.files(crate::concerns::Mode::Named, MemberId::from_i64(1))
                )
            });
            (
                call::call_of_command(command, Lane::Noted, Millis(0)),
                format!("{} {:?} {picked:?}", command.data.name, command.data.options),
            )
        }
        Interaction::Component(component) => (
            call::call_of_component(component, Lane::Noted, Millis(0)),
            format!("{:?}", call::pressed(component.clone())),
        ),
        Interaction::Modal(modal) => (
            call::call_of_modal(modal, Lane::Noted, Millis(0)),
            format!("{:?}", Sent::new(modal.clone()).fields()),
        ),
        other => panic!("{other:?}"),
    };
    format!(
        "{} {} {} {:?} {} {:?} {} {:?} {rest} {:?}",
        call.id,
        call.token,
        call.application,
        call.server,
        call.member,
        call.discord_roles,
        call.locale,
        call.on,
        router::lane(interaction),
    )
}

/// As the library hands an event over.
fn arrived(kind: &str, event: &Value) -> Event {
    serde_json::from_value(json!({"t": kind, "d": event})).expect("some event")
}

/// Why the library does not read it.
fn why(kind: &str, event: &Value) -> Option<String> {
    fn error<T: DeserializeOwned>(event: &Value) -> Option<String> {
        serde_json::from_value::<T>(event.clone())
            .err()
            .map(|error| error.to_string())
    }
    match kind {
        "INTERACTION_CREATE" => error::<serenity::all::Interaction>(event),
        "MESSAGE_CREATE" => error::<serenity::all::Message>(event),
        "GUILD_CREATE" => error::<serenity::all::GuildCreateEvent>(event),
        _ => None,
    }
}

/// The paths of all fields and elements, as JSON pointers.
fn paths(value: &Value, here: &str, found: &mut Vec<String>) {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, field)| (key.clone(), field)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        _ => return,
    };
    for (step, inner) in steps {
        let path = format!("{here}/{step}");
        found.push(path.clone());
        paths(inner, &path, found);
    }
}

fn without(event: &Value, path: &str) -> Value {
    let mut event = event.clone();
    let (parent, last) = path.rsplit_once('/').expect("a pointer");
    match event.pointer_mut(parent).expect("the parent is there") {
        Value::Object(fields) => drop(fields.remove(last)),
        Value::Array(list) => drop(list.remove(last.parse().expect("an index"))),
        _ => panic!("{path} has no parent"),
    }
    event
}

fn with(event: &Value, path: &str, odd: Value) -> Value {
    let mut event = event.clone();
    *event.pointer_mut(path).expect("the field is there") = odd;
    event
}

/// A pointer as the log names the field.
fn named(path: &str) -> String {
    let steps = path.split('/').skip(1);
    let steps = steps.map(|step| {
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            "*"
        } else {
            step
        }
    });
    steps.collect::<Vec<_>>().join(".")
}

/// Plays all changes of one event, or for short one of each field; returns how many of them the library alone would
/// have lost.
fn try_all(kind: &str, event: &Value, needed: &[String], read: &[String]) -> usize {
    let whole = arrived(kind, event);
    assert!(
        !matches!(whole, Event::Unknown(_)),
        "{kind}: the library does not read it: {:?}",
        why(kind, event)
    );
    let (whole, _) = read::read(whole).unwrap_or_else(|unread| panic!("{kind}: {unread:?}"));
    let (whole, mut lost) = (essence(&whole), 0);
    let mut found = Vec::new();
    paths(event, "", &mut found);
    let mut seen = BTreeSet::new();
    found.retain(|path| seen.insert(named(path)));
    let long = rehearsal::sizes::long();
    for (at, path) in found.iter().enumerate() {
        let name = named(path);
        let is = |list: &[String]| list.contains(&name);
        let changes = [
            ("null", with(event, path, Value::Null)),
            ("left out", without(event, path)),
            ("a list", with(event, path, json!([["odd"]]))),
        ];
        let changes = changes.into_iter().enumerate();
        for (_, (how, changed)) in changes.filter(|(turn, _)| long || *turn == at % 3) {
            let event = arrived(kind, &changed);
            lost += usize::from(matches!(event, Event::Unknown(_)));
            match read::read(event) {
                Err(unread) if is(needed) || (is(read) && how == "a list") => {
                    let at = &unread.path;
                    assert!(name.starts_with(at) || at.starts_with(&name), "{kind}, {name}: {at}");
                    assert!(!at.contains("odd"), "{at}");
                }
                Err(unread) => panic!("{kind}, {name} {how}: {unread:?}"),
                Ok((told, _)) if is(needed) || is(read) => drop(told),
                Ok((told, _)) => assert_eq!(essence(&told), whole, "{kind}, {name} {how}"),
            }
        }
    }
    lost
}

fn joined(first: &[&str], second: &[&str], more: Vec<String>) -> Vec<String> {
    owned(first).into_iter().chain(owned(second)).chain(more).collect()
}

#[test]
fn a_button_reaches_its_handler_whatever_else_it_carries() {
    let (needed, read) = message("message.");
    let own = Listening {
        needed: &["data.custom_id", "data.component_type", "message"],
        read: &["guild_id", "locale", "data.values", "data.values.*"],
    };
    let needed = joined(&interaction_needs(), own.needed, needed);
    let read = joined(PERSON, own.read, read);
    let lost = try_all("INTERACTION_CREATE", &dressed::button(), &needed, &read);
    assert!(lost > 20, "the library alone loses {lost}");
}

#[test]
fn a_form_reaches_its_handler_whatever_else_it_carries() {
    let (needed, read) = message("message.");
    let own = Listening {
        needed: &[
            "data.custom_id",
            "data.components",
            "data.components.*",
            "data.components.*.components",
            "data.components.*.components.*",
            "data.components.*.components.*.custom_id",
        ],
        read: &[
            "guild_id",
            "locale",
            "message",
            "data.components.*.type",
            "data.components.*.components.*.type",
            "data.components.*.components.*.value",
        ],
    };
    let needed = joined(&interaction_needs(), own.needed, needed);
    let read = joined(PERSON, own.read, read);
    try_all("INTERACTION_CREATE", &dressed::form(), &needed, &read);
}

#[test]
fn a_command_reaches_its_handler_whatever_else_it_carries() {
    let own = Listening {
        needed: &[
            "data.name",
            "data.type",
            "data.options.*",
            "data.options.*.name",
            "data.options.*.type",
            "data.options.*.options.*",
            "data.options.*.options.*.name",
            "data.options.*.options.*.type",
        ],
        read: &[
            "guild_id",
            "locale",
            "data.options",
            "data.options.*.value",
            "data.options.*.options",
            "data.options.*.options.*.value",
            "data.target_id",
            "data.resolved",
            "data.resolved.messages",
        ],
    };
    let needed = joined(&interaction_needs(), own.needed, Vec::new());
    let read = joined(PERSON, own.read, Vec::new());
    try_all("INTERACTION_CREATE", &dressed::command(), &needed, &read);
}

#[test]
fn a_picked_message_reaches_its_handler_whatever_else_it_carries() {
    let (mut needed, read) = message("data.resolved.messages.*.");
    needed.push("data.resolved.messages.*".to_owned());
    let own = Listening {
        needed: &["data.name", "data.type", "data.target_id"],
        read: &[
            "guild_id",
            "locale",
            "data.resolved",
            "data.resolved.messages",
            "data.options",
        ],
    };
    let needed = joined(&interaction_needs(), own.needed, needed);
    let read = joined(PERSON, own.read, read);
    let lost = try_all("INTERACTION_CREATE", &dressed::picked(), &needed, &read);
    assert!(lost > 20, "the library alone loses {lost}");
}

#[test]
fn news_of_a_server_and_its_members_arrive_whatever_else_they_carry() {
    let members = [
        "members.*",
        "members.*.user",
        "members.*.user.id",
        "members.*.roles",
        "members.*.roles.*",
    ];
    let read = [
        "member_count",
        "members",
        "members.*.user.bot",
        "members.*.user.username",
    ];
    let read = joined(&read, &["members.*.user.global_name", "members.*.nick"], Vec::new());
    let lost = try_all(
        "GUILD_CREATE",
        &dressed::server(),
        &joined(&["id"], &members, Vec::new()),
        &read,
    );
    assert!(lost > 20, "the library alone loses {lost}");
    let needed = owned(&["guild_id", "user", "user.id", "roles", "roles.*"]);
    let read = owned(&["user.bot", "user.username", "user.global_name"]);
    for kind in ["GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE"] {
        try_all(kind, &dressed::changed(), &needed, &read);
    }
    let left = json!({"guild_id": "5", "user": dressed::user()});
    try_all("GUILD_MEMBER_REMOVE", &left, &needed, &read);
    let gone = json!({"guild_id": "5", "role_id": "8"});
    try_all("GUILD_ROLE_DELETE", &gone, &owned(&["guild_id", "role_id"]), &[]);
}

#[test]
fn a_session_and_a_text_begin_whatever_else_they_carry() {
    let needed = owned(&["application", "application.id"]);
    let read = owned(&["guilds", "guilds.*", "guilds.*.id"]);
    try_all("READY", &dressed::ready(), &needed, &read);
    try_all("RESUMED", &json!({"_trace": ["x"]}), &[], &[]);
    let (needed, read) = message("");
    try_all("MESSAGE_CREATE", &dressed::text(), &needed, &read);
}

#[test]
fn a_server_that_cannot_be_reached_is_known_by_its_id() {
    let event = arrived("GUILD_CREATE", &json!({"id": "5", "unavailable": true}));
    let (told, pared) = read::read(event).expect("read");
    assert!(pared && matches!(told, Told::Server { count: None, .. }), "{told:?}");
}

#[test]
fn a_sub_command_without_options_has_none() {
    let mut event = dressed::command();
    event["data"]["options"] = json!([{"type": 1, "name": "inbox"}]);
    let (told, pared) = read::read(arrived("INTERACTION_CREATE", &event)).expect("read");
    assert!(pared && essence(&told).contains("inbox"), "{told:?}");
}

#[test]
fn what_cannot_be_read_is_named_without_what_stands_there() {
    let mut event = dressed::picked();
    event["data"]["name"] = json!("pending");
    event["data"]["resolved"]["messages"]["9007199254740993"]["author"]["id"] = json!({"secret": "Mia"});
    let unread = read::read(arrived("INTERACTION_CREATE", &event)).expect_err("unreadable");
    let path = "data.resolved.messages.*.author.id".to_owned();
    let kind = "INTERACTION_CREATE";
    assert_eq!(
        unread,
        Unread {
            kind,
            path,
            lane: Lane::Noted
        }
    );
    let mut event = dressed::command();
    event["data"]["name"] = json!("concern");
    event.as_object_mut().expect("fields").remove("token");
    let unread = read::read(arrived(kind, &event)).expect_err("unreadable");
    assert_eq!((unread.path.as_str(), unread.lane), ("token", Lane::Hushed));
    let news = read::read(arrived("NEW_ON_DISCORD", &json!({}))).expect("nobody listens");
    assert!(matches!(news, (Told::Nothing, false)), "{news:?}");
}
