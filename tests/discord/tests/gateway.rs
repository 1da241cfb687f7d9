//! The stand-in seen through serenity: events parse, answers fit, connections fail and recover.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use discord_stand_in::{
    Bot, Discord, EventFault, GuildSetup, Options, Person, Place, Record, Refusal, Response, intents,
};
use serde_json::json;
use serenity::all::{
    ActionRowComponent, ButtonStyle, Context, CreateActionRow, CreateButton, CreateCommand, CreateCommandOption,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateMessage, CreateModal, EditInteractionResponse, Event, EventHandler, GatewayIntents, Guild,
    GuildMemberUpdateEvent, Http, HttpBuilder, InputTextStyle, Interaction, Member, Message, RawEventHandler, Ready,
    UserId,
};
use serenity::async_trait;

#[derive(Default)]
struct Counts {
    unknown: AtomicU64,
    interactions: AtomicU64,
    members: AtomicU64,
    messages: AtomicU64,
}

struct Handler {
    counts: Arc<Counts>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, ctx: Context, _: Ready) {
        let member =
            CreateCommandOption::new(serenity::all::CommandOptionType::User, "member", "Whose").required(false);
        let commands = vec![
            CreateCommand::new("streaks").description("Streaks").add_option(member),
            CreateCommand::new("slow").description("Answers later"),
        ];
        serenity::all::Command::set_global_commands(&ctx.http, commands)
            .await
            .unwrap();
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        self.counts.members.store(guild.members.len() as u64, Ordering::SeqCst);
    }

    async fn guild_member_update(&self, _: Context, _: Option<Member>, _: Option<Member>, _: GuildMemberUpdateEvent) {
        self.counts.members.fetch_add(1000, Ordering::SeqCst);
    }

    async fn message(&self, ctx: Context, message: Message) {
        self.counts.messages.fetch_add(1, Ordering::SeqCst);
        if !message.author.bot {
            message
                .reply(&ctx.http, format!("you said {}", message.content))
                .await
                .unwrap();
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        self.counts.interactions.fetch_add(1, Ordering::SeqCst);
        answer(&ctx.http, interaction).await.unwrap();
    }
}

async fn answer(http: &Http, interaction: Interaction) -> serenity::Result<()> {
    let say = |text: String| {
        CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(text).ephemeral(true))
    };
    match interaction {
        Interaction::Command(command) if command.data.name == "slow" => {
            command.defer_ephemeral(http).await?;
            command
                .edit_response(http, EditInteractionResponse::new().content("at last"))
                .await?;
            let more = CreateInteractionResponseFollowup::new()
                .content("and more")
                .ephemeral(true);
            command.create_followup(http, more).await.map(drop)
        }
        Interaction::Command(command) => {
            let text = format!("{} {} {:?}", command.data.name, command.locale, command.context);
            command.create_response(http, say(text)).await
        }
        Interaction::Component(press) => {
            let input = CreateInputText::new(InputTextStyle::Paragraph, "What?", "what").max_length(100);
            let modal = CreateModal::new("m:1", "Title").components(vec![CreateActionRow::InputText(input)]);
            press
                .create_response(http, CreateInteractionResponse::Modal(modal))
                .await
        }
        Interaction::Modal(modal) => {
            let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0] else {
                panic!()
            };
            let text = format!("got {}", input.value.clone().unwrap_or_default());
            modal.create_response(http, say(text)).await
        }
        _ => Ok(()),
    }
}

struct Raw(Arc<Counts>);

#[async_trait]
impl RawEventHandler for Raw {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(_) = event {
            self.0.unknown.fetch_add(1, Ordering::SeqCst);
        }
    }
}

struct Stage {
    discord: Discord,
    bot: Bot,
    setup: GuildSetup,
    person: Person,
    counts: Arc<Counts>,
    http: Http,
    task: tokio::task::JoinHandle<serenity::Result<()>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn http(discord: &Discord, bot: &Bot) -> Http {
    let base = discord.api_url().trim_end_matches("/api").to_owned();
    let http = HttpBuilder::new(&bot.token)
        .proxy(base)
        .ratelimiter_disabled(true)
        .build();
    http.set_application_id(bot.id.into());
    http
}

impl Stage {
    async fn new(wanted: GatewayIntents, interval: u64) -> Self {
        let options = Options {
            heartbeat_interval_ms: interval,
            record: Record::Nowhere,
            ..Options::default()
        };
        let discord = Discord::start(options).await.unwrap();
        let bot = discord.add_application("bellwether", "secret", intents::GUILD_MEMBERS);
        let person = discord.add_user("Ada", "de");
        let setup = discord.add_guild_with("Harbour", person.id(), &["manager"], &["general"], &[&bot]);
        let counts = Arc::new(Counts::default());
        let handler = Handler {
            counts: Arc::clone(&counts),
        };
        let mut client = serenity::client::ClientBuilder::new_with_http(http(&discord, &bot), wanted)
            .event_handler(handler)
            .raw_event_handler(Raw(Arc::clone(&counts)))
            .await
            .unwrap();
        let task = tokio::spawn(async move { client.start().await });
        let http = http(&discord, &bot);
        let stage = Self {
            discord,
            bot,
            setup,
            person,
            counts,
            http,
            task,
        };
        let bot = stage.bot.id;
        stage
            .discord
            .await_until("commands", |discord| discord.commands(bot, None).len() == 2)
            .await
            .unwrap();
        stage
    }

    async fn prompt(&self) -> discord_stand_in::Message {
        let dm = UserId::new(self.person.id())
            .create_dm_channel(&self.http)
            .await
            .unwrap();
        let button = CreateButton::new("a:done").label("Done").style(ButtonStyle::Secondary);
        let row = CreateActionRow::Buttons(vec![button]);
        dm.id
            .send_message(
                &self.http,
                CreateMessage::new().content("Question?").components(vec![row]),
            )
            .await
            .unwrap();
        self.person.latest().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_prompt_is_answered_through_button_and_modal() {
    let stage = Stage::new(GatewayIntents::empty(), 41_250).await;
    let prompt = stage.prompt().await;
    assert_eq!(prompt.text(), "Question?\n[Done]");
    assert_eq!(
        stage.person.press(&prompt, "a:other").err(),
        Some(Refusal::NoSuchComponent("a:other".to_owned()))
    );
    let modal = stage.person.press(&prompt, "a:done").unwrap().modal().await.unwrap();
    assert_eq!((modal.custom_id(), modal.title()), ("m:1", "Title"));
    assert!(matches!(
        stage.person.submit(&modal, &[("what", "")]),
        Err(Refusal::BadInput(_))
    ));
    let receipt = stage
        .person
        .submit(&modal, &[("what", "tea")])
        .unwrap()
        .message()
        .await
        .unwrap();
    assert!(receipt.is_ephemeral());
    assert_eq!(receipt.content(), "got tea");
    assert_eq!(stage.counts.unknown.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_run_in_guild_and_dm_with_the_persons_locale() {
    let stage = Stage::new(GatewayIntents::empty(), 41_250).await;
    let general = Place::Channel(stage.setup.channels["general"]);
    let options = [("member", json!(stage.person.id().to_string()))];
    let handle = stage.person.slash(stage.bot.id, general, "streaks", &options).unwrap();
    assert_eq!(handle.message().await.unwrap().content(), "streaks de Some(Guild)");
    let handle = stage.person.slash(stage.bot.id, Place::Dm, "streaks", &[]).unwrap();
    assert_eq!(handle.message().await.unwrap().content(), "streaks de Some(BotDm)");
    let bad = stage
        .person
        .slash(stage.bot.id, general, "streaks", &[("member", json!(1))]);
    assert!(matches!(bad, Err(Refusal::BadInput(_))));
    assert!(matches!(
        stage.person.slash(stage.bot.id, general, "nothing", &[]),
        Err(Refusal::UnknownCommand(_))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deferred_answer_is_filled_in_and_followed_up() {
    let stage = Stage::new(GatewayIntents::empty(), 41_250).await;
    let handle = stage.person.slash(stage.bot.id, Place::Dm, "slow", &[]).unwrap();
    assert_eq!(handle.response().await.unwrap(), Response::Deferred { ephemeral: true });
    assert_eq!(handle.message().await.unwrap().content(), "at last");
    assert_eq!(handle.await_followups(1).await.unwrap()[0].content(), "and more");
    assert!(handle.acknowledged_after_ms().unwrap() < 3_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_written_message_reaches_the_bot() {
    let stage = Stage::new(GatewayIntents::DIRECT_MESSAGES, 41_250).await;
    stage.person.dm(stage.bot.id, "hello").unwrap();
    let received = stage.person.await_received(1).await.unwrap();
    assert_eq!(received[0].content(), "you said hello");
}

/// Waits until the handler has counted this many.
async fn members(stage: &Stage, count: u64) {
    for _ in 0..4_000 {
        if stage.counts.members.load(Ordering::SeqCst) == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{} instead of {count}", stage.counts.members.load(Ordering::SeqCst));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_come_with_the_intent_only() {
    let with = Stage::new(GatewayIntents::GUILDS | GatewayIntents::GUILD_MEMBERS, 41_250).await;
    members(&with, 2).await;
    with.discord
        .set_member_roles(with.setup.id, with.person.id(), &[with.setup.roles["manager"]]);
    members(&with, 1002).await;
    let without = Stage::new(GatewayIntents::GUILDS, 41_250).await;
    members(&without, 1).await;
    assert_eq!(without.counts.unknown.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_connection_is_resumed_and_missed_events_come_again() {
    let stage = Stage::new(GatewayIntents::DIRECT_MESSAGES, 41_250).await;
    let bot = stage.bot.id;
    for fault in [EventFault::Drop, EventFault::Reconnect, EventFault::Close(4000)] {
        let before = stage.discord.resumes(bot);
        stage.discord.fail_gateway(bot, fault);
        stage.person.dm(bot, "are you there?").unwrap();
        stage
            .discord
            .await_until("resume", |discord| discord.resumes(bot) > before)
            .await
            .unwrap();
    }
    assert_eq!(stage.person.await_received(3).await.unwrap().len(), 3);
    assert_eq!(stage.discord.identifies(bot), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_can_be_unparseable_doubled_and_lost() {
    let stage = Stage::new(GatewayIntents::empty(), 41_250).await;
    let bot = stage.bot.id;
    stage.discord.fail_gateway(bot, EventFault::Unparseable);
    stage.discord.fail_gateway(bot, EventFault::Duplicate(1));
    let handle = stage.person.slash(bot, Place::Dm, "streaks", &[]).unwrap();
    handle.message().await.unwrap();
    let refused = |discord: &Discord| discord.requests().iter().any(|request| request.status == 400);
    stage.discord.await_until("second answer", refused).await.unwrap();
    assert_eq!(stage.counts.unknown.load(Ordering::SeqCst), 1);
    assert_eq!(stage.counts.interactions.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_tokens_and_intents_end_the_client() {
    let discord = Discord::start(Options {
        record: Record::Nowhere,
        ..Options::default()
    })
    .await
    .unwrap();
    let bot = discord.add_application("bellwether", "secret", 0);
    let start = async |bot: &Bot, wanted: GatewayIntents| {
        let mut client = serenity::client::ClientBuilder::new_with_http(http(&discord, bot), wanted)
            .await
            .unwrap();
        let ended = tokio::time::timeout(Duration::from_secs(8), client.start()).await;
        ended.unwrap().unwrap_err().to_string()
    };
    let refused = start(&bot, GatewayIntents::GUILD_MEMBERS).await;
    assert!(refused.contains("intents"), "{refused}");
    discord.revoke_token(bot.id);
    let refused = start(&bot, GatewayIntents::empty()).await;
    assert!(!refused.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_without_heartbeats_is_closed() {
    let stage = Stage::new(GatewayIntents::empty(), 1_000).await;
    let bot = stage.bot.id;
    stage
        .discord
        .await_until("heartbeats", |discord| discord.heartbeats(bot) >= 3)
        .await
        .unwrap();
    stage.discord.fail_gateway(bot, EventFault::MuteAcks(true));
    stage
        .discord
        .await_until("another session", |discord| discord.identifies(bot) >= 2)
        .await
        .unwrap();
}
