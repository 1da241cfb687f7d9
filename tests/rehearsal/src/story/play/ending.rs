//! What is looked at when the weeks are over.

use discord_stand_in::Place;

use super::super::cast::Manner;
use super::super::pack::hand_over;
use super::super::rights;
use super::super::screen::Screen;
use super::super::tally::Tally;
use super::{Play, monday};
use crate::world::verify;

impl Play<'_> {
    pub(super) async fn epilogue(&mut self) -> anyhow::Result<()> {
        self.sum_up().await?;
        self.transcript.chapter("After thirteen weeks")?;
        let all = Tally::between(&self.world.cycles().await?, monday(0)?, self.world.clock.now() + 1);
        self.transcript
            .line(&format!("Of everything that was planned: {}.", all.line()))?;
        let bot = self.world.organisation.bot.id;
        let index = self.index_of(Manner::Straight)?;
        for command in ["pending", "record"] {
            self.looks(index, command).await?;
        }
        let manager = self.managers[index].hired.person.clone();
        let general = Place::Channel(self.world.organisation.guild.channels["general"]);
        let refused = manager.slash(bot, general, "streaks", &[])?.message().await?;
        self.says(index, self.world.clock.now().0, "types /streaks and sees")?;
        self.full(index, &refused)?;
        let streaks = self.owner.person.slash(bot, general, "streaks", &[])?.message().await?;
        let now = self.world.clock.now().0;
        let screen = Screen::new("Europe/Berlin", now);
        let time = screen.time(now);
        self.transcript
            .line(&format!("{time} (Berlin) {} types /streaks and sees", self.owner.name))?;
        self.transcript.full(&screen.show(&streaks.text(), &self.names))?;
        self.transcript.line(&format!(
            "In #evidence-log there are {} checkpoints, each as a file of exact bytes.",
            self.published
        ))?;
        self.rights().await?;
        self.world.stop_bot().await?;
        self.world.finished();
        self.world.bring_home()?;
        self.transcript.chapter("bellwether evidence verify")?;
        let report = verify(&self.world.config_path()).await?;
        self.transcript.full(&report)?;
        let (folder, config) = (self.world.folder(), self.world.config_path());
        hand_over(folder, &config, &self.world.clock, self.transcript).await?;
        self.transcript.chapter("What was said in confidence")?;
        let looked_at = self.speaking.stays_sealed(folder)?;
        self.transcript.line(&format!(
            "In {looked_at} files that the bot has written, database, log and packs, there is no line of the three \
             concerns, and no case key."
        ))?;
        let left = "bellwether.db, bot.log, pack, pack-tampered, requests.jsonl, transcript.txt";
        self.transcript
            .line(&format!("\nLeft in {}: {left}", self.world.folder().display()))?;
        self.transcript.finish()
    }

    /// Somebody corrects an answer and has it proved; somebody who left has everything erased.
    pub(super) async fn rights(&mut self) -> anyhow::Result<()> {
        self.transcript.chapter("Their own record")?;
        let index = self.index_of(Manner::Asking)?;
        let hired = self.managers[index].hired.clone();
        let words = ["It was the other team", "I answered for the wrong team"];
        let corrected = rights::corrects(&self.world, &hired, words).await?;
        let now = self.world.clock.now().0;
        self.says(
            index,
            now,
            &format!("corrects the newest answer: {}", words.join(" / ")),
        )?;
        self.full(index, &corrected)?;
        let proved = rights::proves(&self.world, &hired).await?;
        self.says(index, now, "presses [Receipt], saves the files and checks them alone")?;
        self.transcript.full(&proved.join("\n"))?;
        let index = self.index_of(Manner::Silent)?;
        let hired = self.managers[index].hired.clone();
        let erased = rights::erases(&self.world, &hired).await?;
        self.says(index, now, "has left, and asks for erasure; the operator erases")?;
        self.transcript.full(&erased)
    }
}
