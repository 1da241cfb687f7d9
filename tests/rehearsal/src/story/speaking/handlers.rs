//! Those who read and answer.

use age::x25519::Identity;
use anyhow::{Context, ensure};
use bellwether::concerns::{content, sealing};
use discord_stand_in::Message;

use super::{Cast, PASSPHRASE, Stage, component, heard, opens, presses, sends};
use crate::organisation::Hired;

impl Cast {
    pub(super) async fn keys(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let page = stage.types(&self.jun, "case key", &[]).await?;
        stage.sees(&self.jun, "types /case key and sees", &page)?;
        let form = opens(&self.jun, &page, "Let the bot keep a key").await?;
        let proposed = sends(&self.jun, &form, &[("text", PASSPHRASE), ("again", PASSPHRASE)]).await?;
        stage.sees(&self.jun, "lets the bot keep one, with a passphrase", &proposed)?;
        self.agrees(stage).await?;
        for (who, key) in [(&self.kim, &self.kims_key), (&self.lotte, &self.lottes_key)] {
            let page = stage.types(who, "case key", &[]).await?;
            let form = opens(who, &page, "Register my own key").await?;
            sends(who, &form, &[("text", &key.to_public().to_string())]).await?;
            stage.tells(who, "registers the public half of a key made with age-keygen")?;
            self.agrees(stage).await?;
        }
        let page = stage.types(&self.owner, "case key", &[]).await?;
        stage.sees(&self.owner, "types /case key and sees", &page)
    }

    /// The owner agrees to the key that waits.
    async fn agrees(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let page = stage.types(&self.owner, "case key", &[]).await?;
        let menu = component(&page, "v1:case:key:agree")?;
        let shown = page.component(&menu).context("the menu")?;
        let first = shown["options"][0]["value"].as_str().context("a key")?.to_owned();
        let agreed = self.owner.person.choose(&page, &menu, &[&first])?.message().await?;
        let does = "compares the whole key by phone, agrees and sees";
        stage.glances(&self.owner, does, &agreed, &["You agreed: the key is active"])
    }

    pub(super) async fn jun_answers(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let jun = &self.jun;
        let news = heard(jun, "something new in your concerns inbox")?;
        stage.sees(jun, "has got by direct message, at 09:00", &news)?;
        let inbox = stage.types(jun, "case inbox", &[]).await?;
        stage.sees(jun, "types /case inbox and sees", &inbox)?;
        let page = stage
            .types(jun, "case open", &[("number", &self.anonymous.number)])
            .await?;
        stage.sees(jun, "opens the case and sees", &page)?;
        let locked = presses(jun, &page, "Read").await?;
        let form = opens(jun, &locked, "Unlock my key").await?;
        let read = jun.person.submit(&form, &[("text", PASSPHRASE)])?;
        read.message().await?;
        let pages = read.await_followups(1).await?;
        let report = pages.first().context("the report")?;
        ensure!(report.text().contains(self.anonymous.words), "{}", report.text());
        stage.sees(jun, "presses [Read], unlocks the key for 15 minutes and sees", report)?;
        presses(jun, &page, "Take").await?;
        let said = reply(
            jun,
            &page,
            "Thank you. The release was stopped today. Nobody will be asked who told us.",
        )
        .await?;
        stage.sees(jun, "takes it, presses [Reply], writes, and sees", &said)?;
        let page = stage.types(jun, "case open", &[("number", &self.named.number)]).await?;
        presses(jun, &page, "Take").await?;
        let said = reply(jun, &page, "Thank you. I ask the plant for another day by next week.").await?;
        stage.sees(jun, "answers the one about the rhubarb line, too, and sees", &said)
    }

    pub(super) async fn kim_answers(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let kim = &self.kim;
        let warned = heard(kim, &self.confidential.number)?;
        stage.sees(kim, "was away on Friday, and got on Saturday at noon", &warned)?;
        let page = stage
            .types(kim, "case open", &[("number", &self.confidential.number)])
            .await?;
        stage.sees(kim, "opens the case and sees", &page)?;
        let sealed = presses(kim, &page, "Read").await?;
        let report = read_with(kim, &sealed, &self.kims_key)?;
        ensure!(report.text.expose() == self.confidential.words, "it reads differently");
        stage.sees(kim, "presses [Read], saves the file and opens it with age", &sealed)?;
        self.opens_the_name(stage, &page).await?;
        presses(kim, &page, "Take").await?;
        let said = reply(kim, &page, "Thank you for saying so at once. I call the railway today.").await?;
        stage.sees(kim, "takes it, answers and sees", &said)
    }

    /// The name behind a confidential concern: two people and a reason, and then one key alone opens it.
    async fn opens_the_name(&self, stage: &mut Stage<'_>, page: &Message) -> anyhow::Result<()> {
        let (jun, kim) = (&self.jun, &self.kim);
        let closed = presses(kim, page, "Identity").await?;
        stage.sees(kim, "presses [Identity] and sees", &closed)?;
        let form = opens(kim, &closed, "Ask to open it").await?;
        let reason = "The railway asks who lost it";
        let asked = sends(kim, &form, &[("text", reason)]).await?;
        stage.sees(
            kim,
            &format!("presses [Ask to open it], writes: {reason}, and sees"),
            &asked,
        )?;
        let number = [("number", self.confidential.number.as_str())];
        let his = stage.types(jun, "case open", &number).await?;
        let agreed = presses(jun, &his, "Agree to open it").await?;
        stage.sees(jun, "opens the case, presses [Agree to open it] and sees", &agreed)?;
        let sealed = presses(kim, page, "Identity").await?;
        let identity = read_with(kim, &sealed, &self.kims_key)?;
        let (_, name) = identity.reporter.context("a name")?;
        ensure!(name.expose() == self.confidential.who.name, "another name");
        stage.sees(kim, "presses [Identity]; age shows the name to this key alone", &sealed)
    }

    pub(super) async fn are_closed(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let reasons = [
            (
                &self.jun,
                &self.anonymous,
                "the second approval is enforced by the tool now",
            ),
            (&self.kim, &self.confidential, "the list was found and destroyed"),
            (&self.jun, &self.named, "patches go in on Thursdays from now on"),
        ];
        for (who, voice, reason) in reasons {
            let page = stage.types(who, "case open", &[("number", &voice.number)]).await?;
            for (state, why) in [("in review", "we look into it"), ("resolved", reason)] {
                let status = presses(who, &page, "Status").await?;
                let form = opens(who, &status, state).await?;
                let moved = sends(who, &form, &[("text", why)]).await?;
                if state == "resolved" {
                    stage.sees(who, &format!("sets [Status] resolved: {why}"), &moved)?;
                }
            }
        }
        Ok(())
    }

    pub(super) async fn lotte_hears(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let heard = heard(&self.lotte, &self.anonymous.number)?;
        stage.sees(&self.lotte, "has got by direct message, with the news at 09:00", &heard)?;
        let page = stage
            .types(&self.lotte, "case open", &[("number", &self.anonymous.number)])
            .await?;
        let sealed = presses(&self.lotte, &page, "Read").await?;
        let report = read_with(&self.lotte, &sealed, &self.lottes_key)?;
        ensure!(report.text.expose() == self.anonymous.words, "it reads differently");
        stage.tells(&self.lotte, "reads the case with a key of her own, and answers")?;
        let said = reply(
            &self.lotte,
            &page,
            "I stand outside your department. Please tell me here when we can talk.",
        )
        .await?;
        stage.sees(&self.lotte, "sees", &said)
    }
}

/// Writes in words of one's own.
async fn reply(who: &Hired, page: &Message, words: &str) -> anyhow::Result<Message> {
    let templates = presses(who, page, "Reply").await?;
    let menu = component(&templates, "v1:case:say")?;
    let form = who.person.choose(&templates, &menu, &["free"])?.modal().await?;
    sends(who, &form, &[("text", words)]).await
}

/// Opens the first sealed file of a message.
fn read_with(who: &Hired, message: &Message, key: &Identity) -> anyhow::Result<content::Opened> {
    let files = who.person.download(message)?;
    let (_, sealed) = files.first().context("a sealed file")?;
    content::read(&sealing::open(key, sealed)?)
}
