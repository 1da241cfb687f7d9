//! What can go wrong between the bot and Discord's REST. Nothing is asked twice, nothing is asked too early.

use anyhow::{Context, ensure};
use bellwether::catalogue::Choice;
use discord_stand_in::Fault;
use rehearsal::World;

use super::stage::{answer, next_question, play, play_on_sqlite, says, thursday};

/// Posts of messages: when, and how each was answered.
fn posts(world: &World) -> Vec<(i64, u16)> {
    let requests = world.discord.requests().into_iter();
    let posts = requests.filter(|request| request.method == "POST" && request.path.ends_with("/messages"));
    posts.map(|request| (request.at, request.status)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_the_question_arrives_once() -> anyhow::Result<()> {
    let faults = [
        (Fault::CutBefore, 2),
        (Fault::CutAfter, 2),
        (Fault::Garbage, 1),
        (Fault::Status(500), 4),
        (Fault::Status(502), 2),
        (Fault::Status(503), 2),
    ];
    for (fault, times) in faults {
        play_on_sqlite(thursday(), async |world| {
            let mia = world.manager("Mia");
            world.start_bot().await?;
            world.discord.fail("POST", "/channels/*/messages", times, fault.clone());
            let question = next_question(world, &mia).await?;
            world.pass(2 * 3_600_000).await?;
            ensure!(world.discord.heal() == 0, "{fault:?} did not happen");
            ensure!(mia.person.received().len() == 1, "{fault:?}: asked twice");
            ensure!(
                world.cycle_leaves().await? == ["cycle.opened", "cycle.delivered"],
                "{fault:?}"
            );
            says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_goes_out_before_a_limit_ends() -> anyhow::Result<()> {
    let wait = 20_000;
    let limits = [
        Fault::RouteLimit { retry_after_ms: wait },
        Fault::SharedLimit { retry_after_ms: wait },
        Fault::GlobalLimit { retry_after_ms: wait },
        Fault::CloudflareLimit { retry_after_s: 20 },
    ];
    for limit in limits {
        play_on_sqlite(thursday(), async |world| {
            let people = ["Mia", "Ned", "Ole"].map(|name| world.manager(name));
            world.start_bot().await?;
            world.discord.fail("POST", "/channels/*/messages", 1, limit.clone());
            world.pass(3_600_000).await?;
            for who in &people {
                ensure!(who.person.received().len() == 1, "{limit:?}: {}", who.name);
            }
            let posts = posts(world);
            let refused: Vec<_> = posts.iter().filter(|(_, status)| *status == 429).collect();
            ensure!(refused.len() == 1, "{limit:?}: {posts:?}");
            let (refused_at, _) = refused[0];
            let everywhere = matches!(limit, Fault::GlobalLimit { .. } | Fault::CloudflareLimit { .. });
            let early = posts
                .iter()
                .filter(|(at, _)| (*refused_at..refused_at + wait).contains(at))
                .count();
            // Requests under way when the refusal came cannot be called back.
            ensure!(!everywhere || early <= people.len(), "{limit:?}: {posts:?}");
            let again = posts.iter().filter(|(at, _)| *at >= refused_at + wait).count();
            ensure!(again >= 1, "{limit:?}: {posts:?}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn discord_down_for_hours_delays_the_question_and_no_more() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        world.discord.fail("POST", "/users/**", 1_000, Fault::Status(503));
        world.discord.fail("POST", "/channels/**", 1_000, Fault::Status(503));
        world.until("2026-11-05T12:00:00Z").await?;
        let tries = 2_000 - world.discord.heal();
        ensure!(mia.person.received().is_empty() && tries >= 1_990, "a storm: {tries}");
        let question = next_question(world, &mia).await?;
        ensure!(question.made_at() - world.clock.now().0 < 3_600_000);
        says(&answer(&mia, &question, Choice::Done).await?.text(), &["on time"])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_kept_though_its_receipt_cannot_be_shown() -> anyhow::Result<()> {
    play(thursday(), async |world| {
        let mia = world.manager("Mia");
        world.start_bot().await?;
        let question = next_question(world, &mia).await?;
        let modal = super::stage::press(&mia.person, &question, Choice::Done).await?;
        world.discord.fail("POST", "/interactions/**", 1, Fault::CutAfter);
        let words = super::stage::words(Choice::Done, &modal);
        let pairs: Vec<_> = words.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        mia.person.submit(&modal, &pairs).context("submitting")?;
        world
            .eventually("the answer is recorded", async || Ok(world.answers().await?.len() == 1))
            .await?;
        let again = super::stage::send(&mia.person, &modal, &words).await?;
        says(&again.text(), &["That answer counts."])
    })
    .await
}
