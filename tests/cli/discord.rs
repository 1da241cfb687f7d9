//! `bellwether check` against the stand-in for Discord: each switch, role, channel and permission.

use discord_stand_in::permissions::{EVERYONE, SEND_MESSAGES, VIEW_CHANNEL};
use discord_stand_in::{Discord, GuildSetup, Options, intents};

use crate::program::{Program, Told};

const TOKEN: &str = "a.good.token";

struct Scene {
    discord: Discord,
    guild: GuildSetup,
    bot: discord_stand_in::Bot,
}

async fn scene() -> Scene {
    let discord = Discord::start(Options::default()).await.expect("the stand-in starts");
    let bot = discord.add_application("bellwether", TOKEN, intents::GUILD_MEMBERS);
    let owner = discord.add_user("ada", "en-US").id();
    let guild = discord.add_guild_with("Example", owner, &["manager", "owner"], &["security"], &[&bot]);
    for (name, role) in [("mia", "manager"), ("ned", "manager"), ("olga", "owner")] {
        let person = discord.add_user(name, "en-GB").id();
        discord.add_member(guild.id, person, &[guild.roles[role]]);
    }
    Scene { discord, guild, bot }
}

impl Scene {
    fn configuration(&self) -> String {
        let GuildSetup {
            id, roles, channels, ..
        } = &self.guild;
        format!(
            "discord.api_url = \"{}\"\ndiscord.believe_time = \"always\"\nevidence.origin = \"example.org/log\"\n[[organisation]]\nid = \"{id}\"\n\
             name = \"Example\"\nzone = \"Europe/Berlin\"\nroles.manager = [\"{}\"]\nroles.owner = [\"{}\"]\n\
             channels.fallback = \"{}\"\n",
            self.discord.api_url(),
            roles["manager"],
            roles["owner"],
            channels["security"],
        )
    }

    /// What `check` says, with the ids of this run replaced by words.
    async fn check(&self, configuration: String) -> Told {
        let told = tokio::task::spawn_blocking(move || {
            let program = Program::new().with("DISCORD_TOKEN", TOKEN);
            program.write("bellwether.toml", &configuration);
            let told = program.run(&["check"]);
            assert_eq!(program.files(), ["bellwether.toml"], "check creates nothing");
            told
        })
        .await
        .expect("the program runs");
        let out = told
            .out
            .replace(&self.guild.id.to_string(), "GUILD")
            .replace(&self.guild.channels["security"].to_string(), "CHANNEL")
            .replace(&self.guild.roles["manager"].to_string(), "MANAGERS")
            .replace(&self.bot.id.to_string(), "BOT");
        Told { out, ..told }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_in_order_on_a_well_kept_server() {
    let scene = scene().await;
    let told = scene.check(scene.configuration()).await;
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    insta::assert_snapshot!(told.out, @r#"
    ok    configuration: bellwether.toml
    ok    organisation GUILD: Example in Europe/Berlin
    ok    catalogue: bellwether-default 0.1.0 with 27 prompts, sha256 SHA256
    warn  database: FOLDER/bellwether.db does not exist yet
          fix: `bellwether migrate` or the first `bellwether run` creates it
    warn  log key: FOLDER/bellwether-log.key does not exist yet
          fix: the first `bellwether run` creates it; then back it up
    warn  pepper: FOLDER/bellwether-concerns.pepper does not exist yet
          fix: the first `bellwether run` creates it; then keep a copy with the log key's copy, not with the database
    warn  log anchors: nobody outside gets the log's checkpoints: anybody who has the log's key and database could rewrite the log unnoticed
          fix: set channels.evidence of an organisation, and add [[evidence.webhook]] and [[evidence.tsa]] blocks
    ok    token: present
    ok    clock: agrees with Discord's
    ok    token: accepted by Discord; the bot is user BOT
    ok    Server Members Intent: on: the bot sees who has the manager role
    ok    Message Content Intent: off: the bot reads no other messages
    ok    organisation GUILD: the bot is in the server
    ok    organisation GUILD, roles.manager: @manager: 2 people
    ok    organisation GUILD, roles.owner: @owner: 1 person
    ok    organisation GUILD, channels.fallback: the bot may post there
    ok    organisation GUILD, channels.fallback: all 2 managers can see it

    errors: 0, warnings: 4, ok: 13
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_missing_is_told_at_once() {
    let scene = scene().await;
    scene.discord.set_privileged(scene.bot.id, intents::MESSAGE_CONTENT);
    scene.discord.remove_role(scene.guild.id, scene.guild.roles["manager"]);
    let channel = scene.guild.channels["security"];
    scene
        .discord
        .set_overwrite(channel, scene.guild.id, 0, EVERYONE & SEND_MESSAGES);
    let told = scene.check(scene.configuration()).await;
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    let remote = told
        .out
        .split("ok    token: present\n")
        .nth(1)
        .expect("Discord was asked");
    insta::assert_snapshot!(remote, @r#"
    ok    clock: agrees with Discord's
    ok    token: accepted by Discord; the bot is user BOT
    FAIL  Server Members Intent: off, but discord.members_intent is true: Discord would refuse the bot (4014)
          fix: switch it on (https://discord.com/developers/applications, Bot, Privileged Gateway Intents), or set members_intent to false and name people in people_file
    warn  Message Content Intent: on, but the bot never needs it
          fix: switch it off (https://discord.com/developers/applications, Bot, Privileged Gateway Intents): people should not have to trust that nobody reads along
    ok    organisation GUILD: the bot is in the server
    FAIL  organisation GUILD, roles.manager: no such role in the server: MANAGERS
          fix: correct the ids: Server Settings, Roles, right-click, Copy Role ID
    ok    organisation GUILD, roles.owner: @owner; its holders cannot be listed without the Server Members Intent
    FAIL  organisation GUILD, channels.fallback: the bot lacks: Send Messages
          fix: give these to the bot's role in the channel's permissions

    errors: 3, warnings: 5, ok: 8
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_the_bot_gets_an_invitation() {
    let scene = scene().await;
    let elsewhere = scene.discord.add_guild("Elsewhere", scene.guild.owner);
    let configuration = scene.configuration().replace(
        &format!("id = \"{}\"", scene.guild.id),
        &format!("id = \"{elsewhere}\""),
    );
    let told = scene.check(configuration).await;
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    assert!(
        told.out.contains(
            "https://discord.com/oauth2/authorize?client_id=BOT&scope=bot+applications.commands&permissions=117760"
        ),
        "{}",
        told.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_far_ahead_is_told() {
    let scene = scene().await;
    // Some minutes more, as the time that Discord tells has no milliseconds.
    scene.discord.shift_date(-3 * 3_600_000 - 300_000);
    let told = scene.check(scene.configuration()).await;
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    assert!(told.out.contains("FAIL  clock: 3 h ahead of Discord's"), "{}", told.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_is_told() {
    let scene = scene().await;
    scene.discord.revoke_token(scene.bot.id);
    let told = scene.check(scene.configuration()).await;
    assert_eq!(told.code, 1);
    assert!(told.out.contains("FAIL  token: Discord refuses it"), "{}", told.out);
    assert!(!told.out.contains(TOKEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_and_channels_are_held_against_people() {
    let scene = scene().await;
    let (guild, channel) = (&scene.guild, scene.guild.channels["security"]);
    // Only the bot and one manager see the channel, and both can write there.
    scene
        .discord
        .set_overwrite(channel, guild.id, 0, EVERYONE & VIEW_CHANNEL);
    let pia = scene.discord.add_user("pia", "en-GB").id();
    scene.discord.add_member(guild.id, pia, &[guild.roles["manager"]]);
    for seer in [pia, scene.bot.id] {
        scene.discord.set_overwrite(channel, seer, VIEW_CHANNEL, 0);
    }
    let empty = scene.discord.add_role(guild.id, "auditors", 0);
    let configuration = format!(
        "{}channels.evidence = \"{channel}\"\nroles.auditor = [\"{empty}\"]\n",
        scene.configuration()
    );
    let told = scene.check(configuration).await;
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    for part in [
        "ok    organisation GUILD, roles.manager: @manager: 3 people\n",
        "ok    organisation GUILD, roles.owner: @owner: 1 person\n",
        "FAIL  organisation GUILD, roles.auditor: @auditors: nobody holds it\n",
        "FAIL  organisation GUILD, channels.fallback: 2 of 3 managers cannot see it\n",
        "warn  organisation GUILD, channels.evidence: 1 person besides the bot can write there",
    ] {
        assert!(told.out.contains(part), "{part}\nis missing in:\n{}", told.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_everybody_is_no_role() {
    let scene = scene().await;
    let named = format!("roles.manager = [\"{}\"]", scene.guild.roles["manager"]);
    let everybody = format!("roles.manager = [\"{}\"]", scene.guild.id);
    let told = scene.check(scene.configuration().replace(&named, &everybody)).await;
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(
        told.out.contains("the server's own id, which stands for @everyone"),
        "{}",
        told.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discord_that_cannot_be_asked_is_found_wrong() {
    let scene = scene().await;
    let nowhere = scene
        .configuration()
        .replace(&scene.discord.api_url(), "http://127.0.0.1:9/api/v10");
    let told = scene.check(nowhere).await;
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(told.out.contains("FAIL  Discord:"), "{}", told.out);
}
