//! Against the stand-in for Discord: real gateway, real REST, real databases.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use discord_stand_in::{Discord, EventFault, Fault, GuildSetup, Message, Options, Person, Place, intents};

use super::*;
use crate::clock::Millis;
use crate::concerns::{Desk, Pepper, Stretch};
use crate::config;
use crate::discord::courier::Courier;
use crate::discord::wire::rest::Rest;
use crate::trial::{self, Trial};

const TOKEN: &str = "MTIz.scene.token";
/// Monday 2 November 2026, 08:00 UTC.
const MONDAY: Millis = Millis(1_793_606_400_000);
/// A fast pace, so that no test waits for a careful one.
const HURRIED: Pace = Pace {
    first: Duration::from_millis(100),
    longest: Duration::from_millis(400),
    resume: Duration::from_millis(400),
    answer: Duration::from_secs(30),
    calm: Duration::from_secs(5),
    silence: Duration::from_secs(30),
};

struct Scene {
    trial: Trial,
    discord: Discord,
    app: discord_stand_in::Bot,
    guild: GuildSetup,
    manager: Person,
    owner: Person,
    staff: Person,
    config: config::Config,
}

impl Scene {
    async fn new(trial: Trial) -> Self {
        trial.clock.set(MONDAY);
        let clock = trial.clock.clone();
        let discord = Discord::start(Options {
            now: Arc::new(move || clock.now().0),
            heartbeat_interval_ms: 2_000,
            ..Options::default()
        })
        .await
        .expect("the stand-in starts");
        let app = discord.add_application("bellwether", TOKEN, intents::PRIVILEGED);
        let owner = discord.add_user("olga", "en-GB");
        let guild = discord.add_guild_with("acme", owner.id(), &["manager", "owner"], &["general"], &[&app]);
        let manager = discord.add_user("mia", "de");
        let staff = discord.add_user("sam", "en-US");
        discord.add_member(guild.id, manager.id(), &[guild.roles["manager"]]);
        discord.add_member(guild.id, staff.id(), &[]);
        discord.set_member_roles(guild.id, owner.id(), &[guild.roles["owner"]]);
        let text = format!(
            "[discord]\napi_url = \"{}\"\n[schedule]\njitter_minutes = 0\n[[organisation]]\nid = \"{}\"\nname = \"Acme\"\nzone = \"Europe/Berlin\"\n[organisation.roles]\nmanager = [\"{}\"]\nowner = [\"{}\"]\n",
            discord.api_url(),
            guild.id,
            guild.roles["manager"],
            guild.roles["owner"],
        );
        let config = config::parse(&text, trial.folder.path()).expect("the configuration is right");
        Self {
            trial,
            discord,
            app,
            guild,
            manager,
            owner,
            staff,
            config,
        }
    }

    fn bot(&self) -> Bot {
        let core = self.trial.core(self.config.clone());
        let rest = Rest::new(&self.config.discord, &TOKEN.into(), self.trial.clock.clone()).expect("a client");
        let desk = Desk::new(core.clone(), Pepper::random(&self.trial.chance), Stretch::slight());
        Bot::new(core, rest, desk)
    }

    async fn start(&self, bot: &Bot) -> Gateway {
        let gateway = Gateway::start(bot.clone(), TOKEN.into(), HURRIED);
        gateway.ready().await;
        gateway.idle().await;
        gateway
    }

    /// Goes on to Thursday and sends what is due.
    async fn ask(&self, bot: &Bot) -> Message {
        let courier = Courier::new(bot.desk.clone(), bot.rest.clone(), Arc::clone(&bot.words));
        for hour in 0..(31 * 24) {
            self.trial.clock.set(MONDAY + hour * Millis::HOUR);
            bot.tick.step().await.expect("the scheduler steps");
            courier.deliver_due().await.expect("the courier delivers");
            if let Some(question) = self.manager.latest() {
                return question;
            }
        }
        panic!("no question came within a month");
    }
}

async fn on_each_engine<F: Future<Output = ()>>(play: impl Fn(Scene) -> F) {
    for trial in trial::databases(MONDAY).await {
        let engine = trial.engine;
        println!("on {engine}");
        play(Scene::new(trial).await).await;
    }
}

async fn says(handle: &discord_stand_in::Handle) -> String {
    handle.message().await.expect("a message").content().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_by_button_and_form_once() {
    on_each_engine(|scene| async move {
        let bot = scene.bot();
        let gateway = scene.start(&bot).await;
        // From here on the manager's language is known.
        let pending = scene
            .manager
            .slash(scene.app.id, Place::Dm, "pending", &[])
            .expect("known");
        assert!(says(&pending).await.starts_with("Es ist nichts offen."));
        gateway.idle().await;
        let question = scene.ask(&bot).await;
        assert!(question.content().starts_with("**Diese"), "{}", question.content());
        let button = &question.buttons()[1];
        let press = scene.manager.press(&question, &button.custom_id).expect("a button");
        let form = press.modal().await.expect("a form");
        assert_eq!(form.title(), "Danke für die offene Antwort");
        let fields = [
            ("when", "Nach dem Termin am Dienstag"),
            ("act", "Zugriffe prüfen"),
            ("by", "Freitag"),
        ];
        let wrong = scene.manager.submit(&form, &fields).expect("sent");
        let refused = wrong.message().await.expect("a refusal");
        assert!(refused.content().contains("lässt sich nicht als Datum lesen") && refused.is_ephemeral());
        assert!(refused.content().contains("> Zugriffe prüfen"), "{}", refused.content());
        let again = scene
            .manager
            .press(&refused, &refused.buttons()[0].custom_id)
            .expect("again");
        let form = again.modal().await.expect("a form");
        let fields = [fields[0], fields[1], ("by", "31.12.2026")];
        let sent = scene.manager.submit(&form, &fields).expect("sent");
        let receipt = says(&sent).await;
        assert!(
            receipt.starts_with("Danke für die offene Antwort.\nFestgehalten: **"),
            "{receipt}"
        );
        sent.repeat();
        let late = scene.manager.press(&question, &button.custom_id).expect("a button");
        assert!(says(&late).await.contains("beantwortet"));
        gateway.idle().await;
        assert_eq!(gateway.counters().duplicates, 1);
        let record = scene
            .manager
            .slash(scene.app.id, Place::Dm, "record", &[])
            .expect("the command is there in direct messages");
        assert!(says(&record).await.contains("rechtzeitig"), "{}", says(&record).await);
        gateway.shutdown().await;
        assert_eq!(gateway.wait().await, Ok(()));
        assert_eq!(gateway.counters().panics, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_for_their_roles_and_nobody_elses_buttons_work() {
    on_each_engine(|scene| async move {
        let bot = scene.bot();
        let gateway = scene.start(&bot).await;
        let channel = Place::Channel(scene.guild.channels["general"]);
        let question = scene.ask(&bot).await;
        let pending = scene
            .manager
            .slash(scene.app.id, channel, "pending", &[])
            .expect("known");
        assert!(says(&pending).await.starts_with("Eine Frage ist offen."));
        let refused = scene.staff.slash(scene.app.id, channel, "streaks", &[]).expect("known");
        assert_eq!(says(&refused).await, "This command is for the programme owner.");
        let streaks = scene.owner.slash(scene.app.id, channel, "streaks", &[]).expect("known");
        assert!(streaks.message().await.expect("a list").is_ephemeral());
        let stolen = scene
            .staff
            .forged_press(&question, &question.buttons()[0].custom_id)
            .expect("sent");
        assert!(says(&stolen).await.starts_with("This question is for somebody else."));
        scene.manager.set_locale("en-GB");
        for (forged, answer) in [("v9:x", "another version"), ("rubbish", "no longer here")] {
            let pressed = scene.manager.forged_press(&question, forged).expect("sent");
            let said = says(&pressed).await;
            assert!(said.contains(answer), "{said}");
        }
        let away = [("from", "2026-12-24".into()), ("to", "2026-12-31".into())];
        let away = scene
            .manager
            .slash(scene.app.id, Place::Dm, "away", &away)
            .expect("known");
        assert!(
            says(&away).await.starts_with("Entered: you are away from"),
            "{}",
            says(&away).await
        );
        let stranger = scene.discord.add_user("eve", "en-US");
        let unknown = stranger.slash(scene.app.id, Place::Dm, "record", &[]).expect("known");
        assert!(
            says(&unknown)
                .await
                .starts_with("In direct messages this bot goes by your role")
        );
        gateway.shutdown().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_faults_are_survived_without_a_storm() {
    for trial in trial::databases(MONDAY).await.into_iter().take(1) {
        let scene = Scene::new(trial).await;
        let bot = scene.bot();
        let gateway = scene.start(&bot).await;
        let faults = [
            EventFault::Reconnect,
            EventFault::Close(4000),
            EventFault::Drop,
            EventFault::InvalidSession(true),
            EventFault::Close(4009),
            EventFault::CloseWithoutCode,
        ];
        for fault in faults {
            let before = gateway.counters().connects;
            scene.discord.fail_gateway(scene.app.id, fault);
            let again = async {
                while gateway.counters().connects == before || !scene.discord.is_connected(scene.app.id) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            let again = tokio::time::timeout(Duration::from_secs(30), again).await;
            assert!(
                again.is_ok(),
                "no new connection after {fault:?}: {:?}",
                gateway.counters()
            );
            let asked = scene
                .manager
                .slash(scene.app.id, Place::Dm, "pending", &[])
                .expect("known");
            assert!(asked.message().await.is_ok(), "{fault:?}");
        }
        assert!(gateway.counters().connects <= 10, "{:?}", gateway.counters());
        gateway.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_and_refused_intents_end_it_with_a_sentence() {
    for trial in trial::databases(MONDAY).await.into_iter().take(1) {
        let scene = Scene::new(trial).await;
        scene.discord.set_privileged(scene.app.id, 0);
        let gateway = Gateway::start(scene.bot(), TOKEN.into(), HURRIED);
        assert_eq!(gateway.wait().await, Err(Fatal::IntentsDisallowed));
        scene.discord.revoke_token(scene.app.id);
        let gateway = Gateway::start(scene.bot(), TOKEN.into(), HURRIED);
        gateway.ready().await;
        assert_eq!(gateway.wait().await, Err(Fatal::TokenRefused));
        assert!(scene.discord.identifies(scene.app.id) <= 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_still_opens_the_form() {
    for trial in trial::databases(MONDAY).await.into_iter().take(1) {
        let scene = Scene::new(trial).await;
        let bot = scene.bot();
        let gateway = scene.start(&bot).await;
        let question = scene.ask(&bot).await;
        scene.trial.db.clone().close().await.expect("the database goes away");
        let press = scene
            .manager
            .press(&question, &question.buttons()[0].custom_id)
            .expect("a button");
        assert!(press.modal().await.is_ok());
        let pending = scene
            .manager
            .slash(scene.app.id, Place::Dm, "pending", &[])
            .expect("known");
        assert!(says(&pending).await.contains("Referenz"), "{}", says(&pending).await);
        gateway.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_event_is_counted_and_a_hint_is_given_once() {
    for trial in trial::databases(MONDAY).await.into_iter().take(1) {
        let scene = Scene::new(trial).await;
        let bot = scene.bot();
        let gateway = scene.start(&bot).await;
        scene.discord.fail_gateway(scene.app.id, EventFault::Unparseable);
        let first = scene.manager.dm(scene.app.id, "Erledigt").expect("sent");
        scene.manager.dm(scene.app.id, "Hallo?").expect("sent");
        let written = scene
            .discord
            .await_messages(first.channel(), 3)
            .await
            .expect("two texts and one hint");
        assert!(
            written
                .iter()
                .any(|message| message.content().starts_with("The bot does not read text sent here."))
        );
        gateway.idle().await;
        assert_eq!(gateway.counters().unknown.get("INTERACTION_CREATE"), Some(&1));
        scene.discord.fail("POST", "/interactions/**", 1, Fault::CutBefore);
        let asked = scene
            .manager
            .slash(scene.app.id, Place::Dm, "pending", &[])
            .expect("known");
        assert!(asked.message().await.is_ok(), "a cut acknowledgement is tried again");
        gateway.shutdown().await;
    }
}
