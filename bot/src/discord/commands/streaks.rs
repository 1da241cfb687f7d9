//! `/streaks`: who answers on time, for the programme owner.

use crate::discord::bot::Bot;
use crate::discord::permissions::Asker;
use crate::discord::render;
use crate::discord::reply::Reply;
use crate::ids::MemberId;
use crate::insight;
use crate::reconcile;
use crate::words::Voice;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker, member: Option<MemberId>) -> anyhow::Result<Reply> {
    let as_of = bot.core.clock.now();
    let streaks = insight::streaks(bot.core.db.reader(), &asker.organisation, member, as_of).await?;
    let held = reconcile::last_held(bot.core.db.reader()).await?;
    let pages = render::streaks::streaks(voice, &streaks);
    Ok(Reply::Pages(render::held::tell(voice, pages, held)))
}
