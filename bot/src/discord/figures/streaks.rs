//! `/streaks`: who answers on time, for the programme owner: always n and N, never a ranking, no percentage of less
//! than five.

use crate::discord::edge::{Asker, Bot, Page, Reply, held, page, text};
use crate::ids::MemberId;
use crate::insight::{self, PersonStreak, Streaks};
use crate::reconcile;
use crate::words::Voice;

/// Maximum number of messages of one reply.
const PAGES: usize = 5;
/// From this N on a percentage is shown.
const ENOUGH: u32 = 5;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker, member: Option<MemberId>) -> anyhow::Result<Reply> {
    let as_of = bot.core.clock.now();
    let streaks = insight::streaks(bot.core.db.reader(), &asker.organisation, member, as_of).await?;
    let held = reconcile::last_held(bot.core.db.reader()).await?;
    let pages = self::streaks(voice, &streaks);
    Ok(Reply::Pages(held::tell(voice, pages, held)))
}

/// One line for each person, in the order of their ids.
fn streaks(voice: Voice<'_>, streaks: &Streaks) -> Vec<Page> {
    let at = text::instant(streaks.as_of);
    let Some(from) = streaks.from else {
        return vec![voice.streaks_empty(at).into()];
    };
    let title = voice.streaks_title(text::instant(from), at);
    let head = format!("{title}\n-# {}", voice.streaks_note());
    let mut people: Vec<&PersonStreak> = streaks.people.iter().collect();
    people.sort_by_key(|person| person.member);
    let lines: Vec<String> = people.iter().map(|person| line(voice, person)).collect();
    let (mut pages, left) = page::pages(&head, &lines, PAGES);
    let left = left as u64 + streaks.more;
    if let Some(last) = pages.last_mut().filter(|_| left > 0) {
        last.text.push('\n');
        last.text.push_str(&voice.streaks_rest(left as i64));
    }
    pages
}

fn line(voice: Voice<'_>, person: &PersonStreak) -> String {
    voice.streaks_line(
        text::mention(person.member),
        figure(voice, person.answered, person.expected),
        i64::from(person.on_time),
        if person.started { "yes" } else { "no" },
        i64::from(person.current),
        i64::from(person.longest),
        i64::from(person.holds),
        if person.provisional { "yes" } else { "no" },
        i64::from(person.undelivered),
    )
}

/// "no data", "3 of 4", "12 of 13 (92 %)".
pub fn figure(voice: Voice<'_>, n: u32, total: u32) -> String {
    match total {
        0 => voice.figure_none(),
        1..ENOUGH => voice.figure_few(i64::from(n), i64::from(total)),
        _ => voice.figure_share(i64::from(n), i64::from(total), i64::from(percent(n, total))),
    }
}

/// Whole per cent, half to even, from integers. `total` is not 0.
fn percent(n: u32, total: u32) -> u32 {
    let (hundredfold, total) = (u64::from(n) * 100, u64::from(total));
    let (whole, rest) = (hundredfold / total, hundredfold % total);
    let up = match (rest * 2).cmp(&total) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => whole % 2,
        std::cmp::Ordering::Greater => 1,
    };
    (whole + up) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;
    use crate::ids::MemberId;
    use crate::words::{Language, Words};

    fn person(member: i64, answered: u32, expected: u32) -> PersonStreak {
        PersonStreak {
            member: MemberId::from_i64(member),
            answered,
            expected,
            on_time: answered,
            late: 0,
            missed: expected - answered,
            excused: 0,
            cancelled: 0,
            undelivered: 0,
            current: 2,
            longest: 3,
            holds: 1,
            freezes_left: 0,
            started: expected > 0,
            provisional: false,
            from: Some(Millis(0)),
            as_of: Millis(1_000),
        }
    }

    fn report(people: Vec<PersonStreak>, more: u64) -> Streaks {
        Streaks {
            from: people.iter().filter_map(|person| person.from).min(),
            people,
            more,
            as_of: Millis(1_000),
        }
    }

    #[test]
    fn people_come_by_id_with_counts_first() {
        let words = Words::load();
        let unreached = PersonStreak {
            undelivered: 3,
            ..person(5, 0, 0)
        };
        let people = vec![person(9, 12, 13), person(2, 0, 4), unreached];
        let pages = streaks(words.voice(Language::English), &report(people, 0));
        let lines: Vec<&str> = pages[0].text.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "<@2>: 0 of 4, 0 on time; weeks in a row: 2 (longest 3, paused 1)",
                "<@5>: no data, 0 on time; weeks in a row: not started; not reached: 3",
                "<@9>: 12 of 13 (92 %), 12 on time; weeks in a row: 2 (longest 3, paused 1)",
            ]
        );
    }

    #[test]
    fn halves_round_to_even_and_small_groups_have_no_percentage() {
        let words = Words::load();
        let voice = words.voice(Language::English);
        assert_eq!(percent(1, 8), 12);
        assert_eq!(percent(3, 8), 38);
        assert_eq!(percent(2, 3), 67);
        assert_eq!(figure(voice, 4, 4), "4 of 4");
        assert_eq!(figure(voice, 5, 5), "5 of 5 (100 %)");
    }

    #[test]
    fn a_big_organisation_is_cut_and_the_rest_counted() {
        let words = Words::load();
        let people: Vec<_> = (1..=200).map(|member| person(member, 1, 2)).collect();
        let pages = streaks(words.voice(Language::German), &report(people, 100));
        assert_eq!(pages.len(), PAGES);
        assert!(pages.iter().all(|page| text::length(&page.text) <= text::MESSAGE));
        let shown: usize = pages.iter().map(|page| page.text.matches("<@").count()).sum();
        assert!(
            pages[PAGES - 1]
                .text
                .contains(&format!("{} weitere Personen", 300 - shown))
        );
    }
}
