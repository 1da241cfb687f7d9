//! Those who speak up.

use anyhow::{Context, ensure};
use bellwether::concerns::fingerprint;
use discord_stand_in::Message;

use super::{Cast, Stage, Voice, component, heard, opens, presses, proof, sends};

impl Cast {
    pub(super) async fn speaks_up_anonymously(&mut self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let who = self.anonymous.who.clone();
        let page = stage.types(&who, "concern", &[]).await?;
        stage.sees(&who, "types /concern, which has no text of its own, and sees", &page)?;
        let page = presses(&who, &page, self.anonymous.mode).await?;
        let page = chooses(&self.anonymous, &page, "category", self.anonymous.category).await?;
        stage.sees(&who, "presses [Anonymous], chooses what it is about, and sees", &page)?;
        let page = chooses(&self.anonymous, &page, "barred", "nobody").await?;
        stage.sees(
            &who,
            "says that nobody in the list must be kept from it, and sees",
            &page,
        )?;
        let receipt = self.anonymous.writes(&page).await?;
        stage.sees(
            &who,
            &format!("presses [Write] and writes: {}", self.anonymous.words),
            &receipt,
        )
    }

    pub(super) async fn speaks_up_confidentially(&mut self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let who = self.confidential.who.clone();
        let page = stage.types(&who, "concern", &[]).await?;
        let page = presses(&who, &page, self.confidential.mode).await?;
        let page = chooses(&self.confidential, &page, "category", self.confidential.category).await?;
        let kim = self.of_kim(&page)?;
        let page = chooses(&self.confidential, &page, "confidant", &kim).await?;
        stage.sees(&who, "presses [Confidential], chooses Kim, and sees", &page)?;
        let receipt = self.confidential.writes(&page).await?;
        stage.sees(
            &who,
            &format!("presses [Write] and writes: {}", self.confidential.words),
            &receipt,
        )
    }

    /// The entry of the menu that shows the fingerprint of Kim's key.
    fn of_kim(&self, page: &Message) -> anyhow::Result<String> {
        let mark = fingerprint(&self.kims_key.to_public().to_string());
        let menu = page.component(&component(page, "v1:concern:confidant:")?);
        let menu = menu.context("the menu")?;
        let entries = menu["options"].as_array().cloned().unwrap_or_default();
        let is_kim = |entry: &&serde_json::Value| entry["label"].as_str().is_some_and(|label| label.ends_with(&mark));
        let entry = entries.iter().find(is_kim).context("Kim can be chosen")?;
        Ok(entry["value"].as_str().context("a value")?.to_owned())
    }

    pub(super) async fn speaks_up_by_name(&mut self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let who = self.named.who.clone();
        let page = stage.types(&who, "concern", &[]).await?;
        let page = presses(&who, &page, self.named.mode).await?;
        let page = chooses(&self.named, &page, "category", self.named.category).await?;
        stage.sees(&who, "presses [Named], chooses what it is about, and sees", &page)?;
        let receipt = self.named.writes(&page).await?;
        stage.sees(
            &who,
            &format!("presses [Write] and writes: {}", self.named.words),
            &receipt,
        )
    }

    pub(super) async fn comes_back(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let voice = &self.anonymous;
        let page = voice.knocks(stage).await?;
        ensure!(
            page.text().contains("The release was stopped today."),
            "{}",
            page.text()
        );
        stage.sees(
            &voice.who,
            "types /concern, then the case key into a form, and sees",
            &page,
        )?;
        let form = opens(&voice.who, &page, "Say more").await?;
        let words = "Thank you. It was the same team in August.";
        let page = sends(&voice.who, &form, &[("text", words)]).await?;
        let does = format!("presses [Say more], writes: {words}");
        stage.glances(&voice.who, &does, &page, &["Added, and sealed"])?;
        let files = presses(&voice.who, &page, "Proof").await?;
        stage.sees(&voice.who, "presses [Proof] and sees", &files)?;
        let proved = proof::checks(stage.world, &voice.who, &files).await?;
        stage.tells(&voice.who, "checks the files alone")?;
        stage.transcript.full(&proved)
    }

    pub(super) async fn are_asked(&self, stage: &mut Stage<'_>) -> anyhow::Result<()> {
        let (named, kim) = (&self.named, &self.kim);
        let asked = heard(&named.who, &named.number)?;
        stage.sees(&named.who, "gave a name, and has got by direct message", &asked)?;
        let thanked = presses(&named.who, &asked, "Nothing got worse").await?;
        stage.sees(&named.who, "presses [Nothing got worse] and sees", &thanked)?;
        let reminded = heard(kim, "ask them yourself")?;
        ensure!(
            reminded.text().contains(&self.confidential.number),
            "{}",
            reminded.text()
        );
        stage.sees(kim, "alone knows who it was, and has got", &reminded)?;
        let nobody = &self.anonymous;
        ensure!(
            nobody.who.person.received().is_empty(),
            "the bot wrote to somebody without a name"
        );
        let page = nobody.knocks(stage).await?;
        stage.sees(
            &nobody.who,
            "heard nothing, comes back with the case key and sees",
            &page,
        )?;
        let page = presses(&nobody.who, &page, "Yes, something").await?;
        let does = "presses [Yes, something] and sees";
        stage.glances(&nobody.who, does, &page, &["Thank you for telling us"])
    }
}

impl Voice {
    /// Writes and sends; the receipt, whose number and case key are kept.
    async fn writes(&mut self, page: &Message) -> anyhow::Result<Message> {
        let form = opens(&self.who, page, "Write").await?;
        let receipt = sends(&self.who, &form, &[("text", self.words)]).await?;
        let text = receipt.text();
        let key = text.split("```").nth(1).context("a case key")?;
        key.trim().clone_into(&mut self.key);
        let of_number = |word: &str| word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric()).to_owned();
        let is_number = |word: &String| word.len() == 7 && word.as_bytes()[3] == b'-';
        let number = text.split_whitespace().map(of_number).find(is_number);
        self.number = number.with_context(|| format!("no case number in:\n{text}"))?;
        Ok(receipt)
    }

    /// Comes back with the case key; the case.
    async fn knocks(&self, stage: &Stage<'_>) -> anyhow::Result<Message> {
        let page = stage.types(&self.who, "concern", &[]).await?;
        let form = opens(&self.who, &page, "I have a case key").await?;
        sends(&self.who, &form, &[("text", &self.key)]).await
    }
}

/// Chooses from the menu of this step.
async fn chooses(voice: &Voice, page: &Message, step: &str, value: &str) -> anyhow::Result<Message> {
    let menu = component(page, &format!("v1:concern:{step}:"))?;
    Ok(voice.who.person.choose(page, &menu, &[value])?.message().await?)
}
