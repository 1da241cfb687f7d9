//! What goes wrong between Discord and the bot loses neither the words nor the case key.

use anyhow::ensure;
use discord_stand_in::{Fault, Handle, Message};
use rehearsal::{Hired, World};

use super::concerns_stage::{WORDS, about, case_key, cases, come_back, concern, general, opened, press, setting};
use super::stage::{play, says};

const CALLBACK: (&str, &str) = ("POST", "/interactions/*/*/callback");
const ANSWER: (&str, &str) = ("PATCH", "/webhooks/*/*/messages/@original");

/// A member with the form open, the words typed.
struct Writer {
    rita: Hired,
    form: discord_stand_in::ModalShown,
}

impl Writer {
    async fn begin(world: &mut World) -> anyhow::Result<Self> {
        let rita = world.hire("Rita", "en-GB", None, &[]);
        opened(world).await?;
        let first = concern(world, &rita, general(world)).await?;
        let page = about(&rita.person, &first, "Anonymous", "mistake").await?;
        let form = press(&rita.person, &page, "Write")?.modal().await?;
        Ok(Self { rita, form })
    }

    fn sends(&self) -> anyhow::Result<Handle> {
        Ok(self.rita.person.submit(&self.form, &[("text", WORDS)])?)
    }

    /// The receipt is there, and its case key opens the case.
    async fn holds_the_key(&self, world: &World, receipt: &Message) -> anyhow::Result<()> {
        says(&receipt.text(), &["Received: case"])?;
        ensure!(cases(world).await? == 1);
        let place = general(world);
        let back = come_back(world, &self.rita, place, &case_key(receipt)?).await?;
        says(&back.text(), &["Zwetschgenknödel"])
    }
}

fn fails(world: &World, (method, path): (&str, &str), times: u32, fault: Fault) {
    world.discord.fail(method, path, times, fault);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_kept_though_the_answer_to_the_first_response_is_lost() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let writer = Writer::begin(world).await?;
        // Discord did what was asked; the repeated attempt hears that it was answered before.
        fails(world, CALLBACK, 1, Fault::CutAfter);
        let receipt = writer.sends()?.message().await?;
        writer.holds_the_key(world, &receipt).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_kept_though_no_answer_to_the_first_response_ever_comes() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let writer = Writer::begin(world).await?;
        // Both attempts are cut: only asking what the person sees can tell.
        fails(world, CALLBACK, 2, Fault::CutAfter);
        let receipt = writer.sends()?.message().await?;
        writer.holds_the_key(world, &receipt).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_case_key_comes_once_discord_is_well_again() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let writer = Writer::begin(world).await?;
        // Each attempt is one of two: five fail.
        fails(world, ANSWER, 10, Fault::Status(503));
        let sent = writer.sends()?;
        world
            .eventually("it was filed", async || Ok(cases(world).await? == 1))
            .await?;
        let receipt = match sent.message().await {
            Ok(receipt) => receipt,
            Err(_) => sent.message().await?,
        };
        ensure!(world.discord.heal() == 0, "not all attempts failed");
        writer.holds_the_key(world, &receipt).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_case_key_comes_as_a_message_of_its_own_where_the_first_is_gone() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let writer = Writer::begin(world).await?;
        fails(world, ANSWER, 1, Fault::Refusal { code: 10_008 });
        let receipt = writer.sends()?.message().await?;
        writer.holds_the_key(world, &receipt).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_stops_brings_the_case_key_first() -> anyhow::Result<()> {
    play(setting(), async |world| {
        let writer = Writer::begin(world).await?;
        fails(world, ANSWER, 6, Fault::Status(503));
        let sent = writer.sends()?;
        world
            .eventually("it was filed", async || Ok(cases(world).await? == 1))
            .await?;
        world.stop_bot().await?;
        let receipt = sent.message().await?;
        world.start_bot().await?;
        writer.holds_the_key(world, &receipt).await
    })
    .await
}
