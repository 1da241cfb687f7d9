//! Coming back with the case key. The visit is in memory; who it is matters to the throttle alone.

use super::custom_id::{Act, Visiting};
use super::pages::readers;
use super::pages::sent::{self, NotTaken};
use super::pages::visit::{self, Outside, Shown};
use crate::concerns::{
    self, ActionOutcome, CaseView, CheckBack, KeyThrottle, LONGEST, Look, ProofOutcome, Readers, ReporterAction,
    SayOutcome, Secret, VisitId, VisitOutcome,
};
use crate::discord::edge::{Bot, Call, Page, Reply, text};
use crate::ids::MemberId;
use crate::words::Voice;

/// A case key was typed.
pub(super) async fn open(bot: &Bot, call: &Call, typed: &Secret) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let (throttle, now) = (&bot.desk.throttle, bot.core.clock.now());
    let outside = |why| Ok(Reply::page(visit::outside(voice, why)));
    match throttle.may_try_key(call.member, now) {
        KeyThrottle::Go => {}
        KeyThrottle::Later { milliseconds } => return outside(Outside::Wait(milliseconds)),
    }
    match concerns::begin_visit(&bot.desk, typed).await? {
        VisitOutcome::Begun(visit) => show(bot, call, &visit, None).await,
        VisitOutcome::NotAKey => outside(Outside::NotAKey),
        VisitOutcome::Withheld => outside(Outside::Withheld),
        VisitOutcome::NoSuchCase => {
            throttle.wrong_key(call.member, now);
            outside(Outside::NoSuchCase)
        }
    }
}

/// Something was pressed at an open case.
pub(super) async fn act(bot: &Bot, call: &Call, act: Act, values: &[String], visit: VisitId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    match act {
        Act::Look => show(bot, call, &visit, None).await,
        Act::Talk => decide(bot, call, &visit, ReporterAction::Talk).await,
        Act::Withdraw => Ok(Reply::page(visit::withdraw_sure(voice, &visit))),
        Act::Withdrawn => decide(bot, call, &visit, ReporterAction::Withdraw).await,
        Act::Close => decide(bot, call, &visit, ReporterAction::Close).await,
        Act::Reopen => decide(bot, call, &visit, ReporterAction::Reopen).await,
        Act::Fine => answer(bot, call, &visit, CheckBack::Fine).await,
        Act::Worse => answer(bot, call, &visit, CheckBack::Worse).await,
        Act::Unsaid => answer(bot, call, &visit, CheckBack::Unsaid).await,
        Act::Proof => prove(bot, call, &visit).await,
        Act::Bar => bar(bot, call, &visit, values).await,
    }
}

/// A reader was chosen who must not see the case any more.
async fn bar(bot: &Bot, call: &Call, visit: &VisitId, values: &[String]) -> anyhow::Result<Reply> {
    let recipient = values.first().map(String::as_str).unwrap_or_default();
    let outcome = concerns::bar(&bot.desk, visit, recipient).await?;
    let note = readers::barred(bot.words.voice(call.language), outcome);
    show(bot, call, visit, Some(note)).await
}

/// The answer to the check-back that waits for one.
async fn answer(bot: &Bot, call: &Call, visit: &VisitId, answer: CheckBack) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    match concerns::look(&bot.desk, visit).await? {
        Look::Over => Ok(Reply::page(visit::outside(voice, Outside::Over))),
        Look::Case(view) => match view.check {
            Some(check) => {
                let action = ReporterAction::Answer(check, answer);
                let outcome = concerns::act(&bot.desk, visit, action).await?;
                let note = visit::answered(voice, action, view.readers.audience(), outcome);
                show(bot, call, visit, Some(note)).await
            }
            None => show(bot, call, visit, Some(voice.visit_not_now())).await,
        },
    }
}

/// The files that prove the report, below the case as it is now.
async fn prove(bot: &Bot, call: &Call, visit: &VisitId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    match concerns::prove(&bot.desk, visit).await? {
        ProofOutcome::Files(files) => Ok(Reply::page(visit::proof(voice, visit, files))),
        ProofOutcome::NotYet { from } => {
            let later = voice.proof_later(text::instant(from));
            show(bot, call, visit, Some(later)).await
        }
        ProofOutcome::Over => Ok(Reply::page(visit::outside(voice, Outside::Over))),
    }
}

async fn decide(bot: &Bot, call: &Call, visit: &VisitId, action: ReporterAction) -> anyhow::Result<Reply> {
    let outcome: ActionOutcome = concerns::act(&bot.desk, visit, action).await?;
    let note = visit::acted(bot.words.voice(call.language), action, outcome);
    show(bot, call, visit, Some(note)).await
}

/// The case as it is now.
async fn show(bot: &Bot, call: &Call, visit: &VisitId, note: Option<String>) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let page = match concerns::look(&bot.desk, visit).await? {
        Look::Over => visit::outside(voice, Outside::Over),
        Look::Case(view) => {
            let category = bot.desk.category(&view.category);
            let handlers: Vec<MemberId> = people(&view);
            let (rest, clock) = (&bot.rest, &bot.core.clock);
            let names = bot.names.of(rest, clock, view.organisation, &handlers).await;
            let shown = Shown {
                note,
                category: category.map_or(view.category.as_str(), |category| category.label.as_str()),
                names: &names,
            };
            visit::case(voice, visit, &view, &shown)
        }
    };
    Ok(Reply::page(page))
}

/// Those whose names the page may show.
fn people(view: &CaseView) -> Vec<MemberId> {
    let said = view.said.iter().filter_map(|heard| heard.handler);
    match &view.readers {
        Readers::These(readers) => said.chain(readers.iter().map(|reader| reader.member)).collect(),
        Readers::KeysDoubtful => said.collect(),
    }
}

/// More words for the case. Never an error: what was typed always comes back to the person.
pub(super) async fn add(bot: &Bot, call: &Call, shown: Visiting, text: Secret) -> Reply {
    let visit = &VisitId::new(shown.visit);
    let voice = bot.words.voice(call.language);
    let words = Secret::new(text.expose().to_owned());
    let said = match concerns::say(&bot.desk, visit, &shown.readers, text).await {
        Ok(said) => said,
        Err(error) => return Reply::page(sent::not_taken(voice, NotTaken::because_of(&error), &words, None)),
    };
    let why = match said {
        SayOutcome::Said => {
            let shown = show(bot, call, visit, Some(voice.visit_added())).await;
            return shown.unwrap_or_else(|_| Reply::text(voice.visit_added()));
        }
        SayOutcome::Over => {
            return again(voice.visit_over(), visit::outside(voice, Outside::Over), voice, &words);
        }
        SayOutcome::ReadersChanged => {
            let page = readers::changed(voice, visit);
            return again(page.text.clone(), page, voice, &words);
        }
        SayOutcome::NobodyMayRead => return again(voice.visit_nobody(), Page::default(), voice, &words),
        SayOutcome::Empty => NotTaken::Empty,
        SayOutcome::TooLong { .. } => NotTaken::TooLong {
            found: words.length(),
            allowed: LONGEST,
        },
        SayOutcome::Closed(why) => NotTaken::Closed(why),
    };
    Reply::page(sent::not_taken(voice, why, &words, None))
}

/// A sentence, the text again, and the buttons of a page.
fn again(sentence: String, page: Page, voice: Voice<'_>, words: &Secret) -> Reply {
    let mut page = Page { text: sentence, ..page };
    sent::text_back(voice, words, &mut page);
    Reply::page(page)
}
