//! Events with everything that Discord's interface allows in them.

use serde_json::{Value, json};

const HASH: &str = "d5efa99b3eeaa7dd43acca82f5692432";

pub(super) fn user() -> Value {
    json!({
        "id": "175928847299117063", "username": "mia", "discriminator": "0", "global_name": "Mia", "bot": false,
        "avatar": "a_d5efa99b3eeaa7dd43acca82f5692432", "banner": "06c16474723fe537c283b8efa61a30c8", "system": false,
        "accent_color": 16_711_680, "public_flags": 64, "flags": 0, "premium_type": 2, "mfa_enabled": true,
        "locale": "en-GB", "verified": true, "email": null,
        "avatar_decoration_data": {"asset": "a_fed43ab12698df65902ba06727e20c0e", "sku_id": "1144058844004233369"},
        "collectibles": {"nameplate": {
            "sku_id": "2247558840304243", "asset": "nameplates/twilight/", "label": "COLLECTIBLES_TWILIGHT",
            "palette": "cobalt",
        }},
        "primary_guild": {
            "identity_guild_id": "1234647491267808778", "identity_enabled": true, "tag": "DISC",
            "badge": "7d1734ae5a615e82bc7a4033b98fade8",
        },
        "display_name_styles": {"font_id": 11, "effect_id": 2, "colors": [1]},
    })
}

/// Somebody else, with nothing special.
fn friend() -> Value {
    json!({"id": "6", "username": "sam", "discriminator": "0", "global_name": null, "avatar": null, "bot": false})
}

fn partial_member() -> Value {
    json!({
        "nick": "Mia from Ops", "roles": ["7", "8"], "joined_at": "2020-05-01T12:00:00.000000+00:00", "deaf": false,
        "mute": false, "flags": 0, "pending": false, "premium_since": "2021-05-01T12:00:00.000000+00:00",
        "avatar": "d5efa99b3eeaa7dd43acca82f5692432", "banner": "06c16474723fe537c283b8efa61a30c8",
        "communication_disabled_until": null, "unusual_dm_activity_until": null, "permissions": "2248473465835073",
        "avatar_decoration_data": {"asset": "a_fed43ab12698df65902ba06727e20c0e", "sku_id": "1144058844004233369"},
        "collectibles": {"nameplate": {"sku_id": "22475588", "asset": "nameplates/x/", "label": "X", "palette": "sky"}},
    })
}

fn member() -> Value {
    let mut member = partial_member();
    member["user"] = user();
    member
}

/// A member as in GUILD_MEMBER_ADD and GUILD_MEMBER_UPDATE.
pub(super) fn changed() -> Value {
    let mut member = member();
    member["guild_id"] = json!("5");
    member
}

fn emoji() -> Value {
    json!({
        "id": "41771983429993937", "name": "LUL", "roles": ["7"], "user": friend(), "require_colons": true,
        "managed": false, "animated": false, "available": true,
    })
}

fn channel() -> Value {
    json!({
        "id": "21", "type": 0, "guild_id": "5", "name": "general", "position": 6, "nsfw": true, "topic": "24/7",
        "permission_overwrites": [{"id": "7", "type": 0, "allow": "1024", "deny": "0"}], "rate_limit_per_user": 2,
        "last_message_id": "155117677105512449", "parent_id": "399942396007890945", "flags": 0,
        "last_pin_timestamp": "2021-05-01T12:00:00.000000+00:00", "default_auto_archive_duration": 60,
        "permissions": "1024", "app_permissions": "1024", "application_id": null,
    })
}

fn thread() -> Value {
    json!({
        "id": "22", "type": 11, "guild_id": "5", "name": "a thread", "parent_id": "21", "owner_id": "6", "flags": 0,
        "last_message_id": null, "last_pin_timestamp": null, "rate_limit_per_user": 0, "message_count": 1,
        "member_count": 2, "total_message_sent": 1, "applied_tags": ["1"], "bitrate": 64_000, "user_limit": 0,
        "rtc_region": null, "video_quality_mode": 1, "permissions": "0",
        "thread_metadata": {
            "archived": false, "auto_archive_duration": 1440, "archive_timestamp": "2021-04-12T23:40:39.855793+00:00",
            "locked": false, "invitable": true, "create_timestamp": null,
        },
        "member": {"id": "22", "user_id": "6", "join_timestamp": "2021-04-12T23:40:39.855793+00:00", "flags": 1},
    })
}

fn picture() -> Value {
    json!({
        "url": "https://example.org/x.png", "proxy_url": "https://proxy.example.org/x.png", "width": 3, "height": 4,
        "content_type": "image/png", "placeholder": "x", "placeholder_version": 1, "description": "x", "flags": 0,
    })
}

fn components() -> Value {
    let button = json!({"type": 2, "id": 3, "style": 1, "label": "Done", "custom_id": "v1:x", "disabled": false,
        "emoji": {"id": null, "name": "x", "animated": false}});
    let link = json!({"type": 2, "id": 4, "style": 5, "label": "Read", "url": "https://example.org"});
    let menu = json!({"type": 3, "id": 5, "custom_id": "v1:m", "placeholder": "x", "min_values": 1, "max_values": 1,
        "disabled": false, "options": [{"label": "a", "value": "a", "description": "a", "default": false}]});
    json!([
        {"type": 1, "id": 1, "components": [button, link]},
        {"type": 1, "id": 2, "components": [menu]},
        {"type": 17, "id": 9, "accent_color": 1, "spoiler": false, "components": [
            {"type": 10, "id": 10, "content": "words"},
            {"type": 14, "id": 11, "divider": true, "spacing": 1},
            {"type": 9, "id": 12, "components": [{"type": 10, "id": 13, "content": "words"}],
                "accessory": {"type": 11, "id": 14, "media": picture(), "description": "x", "spoiler": false}},
        ]},
    ])
}

fn metadata() -> Value {
    json!({
        "id": "31", "type": 5, "user": friend(), "authorizing_integration_owners": {"0": "5", "1": "6"},
        "original_response_message_id": "32", "target_user": friend(), "target_message_id": "34",
        "triggering_interaction_metadata": {
            "id": "33", "type": 3, "user": friend(), "authorizing_integration_owners": {"0": "5"},
            "interacted_message_id": "34", "original_response_message_id": "35",
        },
    })
}

fn message() -> Value {
    let embed = json!({
        "type": "rich", "title": "t", "description": "d", "url": "https://example.org", "color": 1, "flags": 0,
        "timestamp": "2021-04-12T23:40:39.855793+00:00", "fields": [{"name": "n", "value": "v", "inline": false}],
        "author": {"name": "a", "url": "https://example.org", "icon_url": "https://example.org/i",
            "proxy_icon_url": "https://example.org/p"},
        "provider": {"name": "p", "url": "https://example.org"}, "image": picture(), "thumbnail": picture(),
        "video": picture(), "footer": {"text": "f", "icon_url": "https://example.org/i",
            "proxy_icon_url": "https://example.org/p"},
    });
    let attachment = json!({
        "id": "41", "filename": "note.txt", "title": "note", "description": "x", "content_type": "text/plain",
        "size": 12, "url": "https://cdn.example.org/note.txt", "proxy_url": "https://media.example.org/note.txt",
        "width": 1, "height": 1, "ephemeral": false, "duration_secs": 1.5, "waveform": "AAAA", "flags": 0,
        "placeholder": "x", "placeholder_version": 1, "clip_created_at": "2021-04-12T23:40:39.855793+00:00",
        "clip_participants": [friend()],
    });
    let mut message = json!({
        "id": "9007199254740993", "channel_id": "21", "author": user(), "content": "what was written", "type": 0,
        "flags": 0, "timestamp": "2021-04-12T23:40:39.855793+00:00", "tts": false, "pinned": false,
        "edited_timestamp": "2021-04-12T23:40:39.855793+00:00", "mention_everyone": false, "mentions": [friend()],
        "mention_roles": ["7"], "attachments": [attachment], "embeds": [embed], "components": components(),
        "mention_channels": [{"id": "21", "guild_id": "5", "type": 0, "name": "general"}], "nonce": "n",
        "position": 1, "thread": thread(), "application_id": "6", "interaction_metadata": metadata(),
        "interaction": {"id": "31", "type": 2, "name": "record", "user": friend(), "member": partial_member()},
        "activity": {"type": 1, "party_id": "x"},
        "application": {"id": "6", "name": "Bellwether", "icon": HASH, "description": "x", "summary": "", "type": null},
        "message_reference": {"type": 0, "message_id": "42", "channel_id": "21", "guild_id": "5",
            "fail_if_not_exists": true},
        "sticker_items": [{"id": "43", "name": "s", "format_type": 1}],
        "role_subscription_data": {"role_subscription_listing_id": "44", "tier_name": "t",
            "total_months_subscribed": 1, "is_renewal": false},
        "call": {"participants": ["6"], "ended_timestamp": "2021-04-12T23:40:39.855793+00:00"},
        "purchase_notification": {"type": 0, "guild_product_purchase": {"listing_id": "1", "product_name": "p"}},
        "shared_client_theme": {"colors": ["5865F2"], "gradient_angle": 0, "base_mix": 58, "base_theme": 1},
    });
    message["reactions"] = json!([{
        "count": 1, "count_details": {"burst": 0, "normal": 1}, "me": false, "me_burst": false, "burst_colors": [],
        "emoji": {"id": null, "name": "x"},
    }]);
    message["poll"] = json!({
        "question": {"text": "q", "emoji": null}, "allow_multiselect": false, "layout_type": 1,
        "answers": [{"answer_id": 1, "poll_media": {"text": "a", "emoji": {"id": null, "name": "x"}}}],
        "expiry": "2021-04-12T23:40:39.855793+00:00",
        "results": {"is_finalized": false, "answer_counts": [{"id": 1, "count": 1, "me_voted": false}]},
    });
    message["message_snapshots"] = json!([{"message": {
        "type": 0, "content": "x", "embeds": [], "attachments": [], "timestamp": "2021-04-12T23:40:39.855793+00:00",
        "edited_timestamp": null, "flags": 0, "mentions": [friend()], "mention_roles": [], "components": [],
    }}]);
    message["resolved"] = json!({"users": {"175928847299117063": friend()}});
    let mut before = json!({
        "id": "42", "channel_id": "21", "author": friend(), "content": "before", "type": 0, "flags": 0, "tts": false,
        "timestamp": "2021-04-12T23:40:39.855793+00:00", "edited_timestamp": null, "pinned": false, "mentions": [],
    });
    for (field, nothing) in [
        ("mention_everyone", json!(false)),
        ("mention_roles", json!([])),
        ("embeds", json!([])),
        ("attachments", json!([])),
        ("components", json!([])),
    ] {
        before[field] = nothing;
    }
    message["referenced_message"] = before;
    message
}

/// A text in direct messages.
pub(super) fn text() -> Value {
    let mut message = message();
    for heavy in ["components", "embeds", "reactions", "message_snapshots"] {
        message[heavy] = json!([]);
    }
    for heavy in ["thread", "poll", "referenced_message"] {
        message[heavy] = Value::Null;
    }
    message
}

fn interaction(kind: u8, data: &Value) -> Value {
    json!({
        "id": "51", "application_id": "6", "type": kind, "data": data, "guild_id": "5", "channel_id": "21",
        "guild": {"id": "5", "locale": "en-US", "features": ["COMMUNITY"]}, "channel": channel(), "member": member(),
        "token": "a.token", "version": 1, "locale": "de", "guild_locale": "en-US", "app_permissions": "442368",
        "entitlements": [{
            "id": "52", "sku_id": "53", "application_id": "6", "user_id": "54", "type": 8, "deleted": false,
            "starts_at": "2022-09-14T17:00:18.704163+00:00", "ends_at": "2022-10-14T17:00:18.704163+00:00",
            "guild_id": "5", "consumed": false,
        }],
        "authorizing_integration_owners": {"0": "5", "1": "6"}, "context": 0, "attachment_size_limit": 10_485_760,
    })
}

pub(super) fn button() -> Value {
    let mut event = interaction(3, &json!({"custom_id": "v1:x", "component_type": 2, "id": 3}));
    event["message"] = message();
    event
}

pub(super) fn form() -> Value {
    let input = json!({"type": 4, "id": 2, "custom_id": "act", "value": "Check who has access"});
    let rows = json!([{"type": 1, "id": 1, "components": [input]}]);
    let mut event = interaction(
        5,
        &json!({"custom_id": "v1:f", "components": rows, "resolved": {"users": {}}}),
    );
    event["message"] = text();
    event
}

pub(super) fn command() -> Value {
    let options = json!([
        {"type": 1, "name": "look", "options": [{"type": 3, "name": "text", "value": "words"}]},
        {"type": 6, "name": "member", "value": "175928847299117063"},
    ]);
    interaction(
        2,
        &json!({
            "id": "61", "name": "streaks", "type": 1, "guild_id": "5", "options": options,
            "resolved": {
                "users": {"175928847299117063": friend()}, "members": {"175928847299117063": partial_member()},
                "roles": {"7": role()}, "channels": {"21": channel()},
                "attachments": {"62": {"id": "62", "filename": "x", "size": 1, "url": "u", "proxy_url": "p"}},
            },
        }),
    )
}

pub(super) fn picked() -> Value {
    interaction(
        2,
        &json!({
            "id": "61", "name": "Raise a concern about this", "type": 3, "guild_id": "5",
            "target_id": "9007199254740993", "resolved": {"messages": {"9007199254740993": message()}},
        }),
    )
}

fn role() -> Value {
    json!({
        "id": "7", "name": "manager", "description": null, "color": 3_447_003, "hoist": true,
        "colors": {"primary_color": 1, "secondary_color": 2, "tertiary_color": 3}, "icon": HASH,
        "unicode_emoji": "x", "position": 1, "permissions": "66321471", "managed": false, "mentionable": false,
        "flags": 0, "tags": {"bot_id": "6", "integration_id": "6", "premium_subscriber": null,
            "subscription_listing_id": "6", "available_for_purchase": null, "guild_connections": null},
    })
}

pub(super) fn server() -> Value {
    let mut event = json!({
        "id": "5", "name": "Acme", "icon": HASH, "icon_hash": HASH, "splash": HASH, "discovery_splash": HASH,
        "banner": "x", "description": "x", "owner_id": "175928847299117063", "region": "deprecated",
        "afk_channel_id": "21", "afk_timeout": 300, "widget_enabled": true, "widget_channel_id": "21",
        "verification_level": 1, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "features": ["COMMUNITY"], "application_id": "6", "system_channel_id": "21", "system_channel_flags": 0,
        "rules_channel_id": "21",
    });
    let more = json!({
        "max_presences": 40_000, "max_members": 250_000, "vanity_url_code": "x",
        "premium_tier": 3, "premium_subscription_count": 33, "preferred_locale": "en-US",
        "public_updates_channel_id": "21", "max_video_channel_users": 25, "max_stage_video_channel_users": 50,
        "nsfw_level": 0, "nsfw": false, "premium_progress_bar_enabled": false, "safety_alerts_channel_id": "21",
        "home_header": null, "hub_type": null, "latest_onboarding_question_id": null, "lazy": true,
        "joined_at": "2020-05-01T12:00:00.000000+00:00", "large": false, "unavailable": false, "member_count": 3,
        "roles": [role()], "emojis": [emoji()], "members": [member()], "channels": [channel()],
        "threads": [thread()], "version": 1,
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        event[field] = value.clone();
    }
    event["incidents_data"] = json!({"invites_disabled_until": null, "dms_disabled_until": null});
    event["stickers"] = json!([{
        "id": "43", "name": "s", "tags": "x", "type": 2, "format_type": 1, "description": "x", "available": true,
        "guild_id": "5", "user": friend(), "asset": "",
    }]);
    event["voice_states"] = json!([{
        "channel_id": "21", "user_id": "6", "session_id": "x", "deaf": false, "mute": false, "self_deaf": false,
        "self_mute": true, "self_stream": false, "self_video": false, "suppress": false,
        "request_to_speak_timestamp": null,
    }]);
    event["presences"] = json!([{"user": {"id": "6"}, "status": "online", "activities": [{
        "name": "x", "type": 0, "created_at": 1, "url": null,
    }], "client_status": {"desktop": "online"}}]);
    event["stage_instances"] = json!([{
        "id": "71", "guild_id": "5", "channel_id": "21", "topic": "x", "privacy_level": 2,
        "discoverable_disabled": false, "guild_scheduled_event_id": null,
    }]);
    event["guild_scheduled_events"] = json!([{
        "id": "72", "guild_id": "5", "channel_id": null, "creator_id": "6", "name": "x", "description": null,
        "scheduled_start_time": "2026-12-01T12:00:00.000000+00:00", "scheduled_end_time": null, "privacy_level": 2,
        "status": 1, "entity_type": 3, "entity_id": null, "entity_metadata": {"location": "x"}, "user_count": 1,
        "image": null, "recurrence_rule": null,
    }]);
    event["soundboard_sounds"] = json!([{"name": "x", "sound_id": "73", "volume": 1.0, "emoji_id": null,
        "emoji_name": null, "guild_id": "5", "available": true}]);
    event
}

pub(super) fn ready() -> Value {
    json!({
        "v": 10, "user": user(), "guilds": [{"id": "5", "unavailable": true}], "session_id": "s",
        "session_type": "normal", "resume_gateway_url": "wss://gateway.example.org", "shard": [0, 1],
        "application": {"id": "6", "flags": 565_248}, "private_channels": [], "relationships": [], "presences": [],
        "user_settings": {}, "user_settings_proto": "", "guild_join_requests": [], "geo_ordered_rtc_regions": ["x"],
        "game_relationships": [], "auth": {}, "_trace": ["x"],
    })
}
