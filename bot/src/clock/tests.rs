use super::*;

#[tokio::test]
async fn a_sleeper_wakes_when_the_hand_moves_far_enough() {
    let clock = Clock::by_hand(Millis(0));
    let sleeper = tokio::spawn({
        let clock = clock.clone();
        async move { clock.sleep_until(Millis(10)).await }
    });
    tokio::task::yield_now().await;
    clock.set(Millis(9));
    tokio::task::yield_now().await;
    assert!(!sleeper.is_finished());
    clock.set(Millis(10));
    sleeper.await.expect("the sleeper returns");
}

#[tokio::test]
async fn a_sleeper_wakes_when_the_clock_is_set_back() {
    let clock = Clock::by_hand(Millis(Millis::DAY));
    let sleeper = tokio::spawn({
        let clock = clock.clone();
        async move { clock.sleep_until(Millis(Millis::DAY + 10)).await }
    });
    tokio::task::yield_now().await;
    clock.set(Millis(0));
    sleeper.await.expect("the sleeper returns");
}

#[test]
fn only_a_clock_far_ahead_is_not_believed() {
    let clock = Clock::by_hand(Millis(Millis::DAY));
    assert!(clock.believed().is_ok() && clock.agreement().is_none());
    let table = [
        (0, Agreement::Agrees),
        (OFF - 1, Agreement::Agrees),
        (OFF, Agreement::Off { by: OFF }),
        (-OFF, Agreement::Off { by: -OFF }),
        (-Millis::DAY, Agreement::Off { by: -Millis::DAY }),
        (FAR_AHEAD - 1, Agreement::Off { by: FAR_AHEAD - 1 }),
        (FAR_AHEAD, Agreement::FarAhead { by: FAR_AHEAD }),
    ];
    for (lead, expected) in table {
        let now = clock.now();
        assert_eq!(clock.compare(now, now - lead).1, expected, "{lead}");
        assert_eq!(clock.agreement(), Some((expected, now)));
        assert_eq!(clock.believed().is_err(), lead >= FAR_AHEAD, "{lead}");
    }
    let told = clock.believed().expect_err("it is far ahead").to_string();
    assert!(told.contains("clock is 60 min ahead"), "{told}");
}

#[test]
fn a_slow_answer_is_not_held_against_the_clock() {
    let clock = Clock::by_hand(Millis(Millis::DAY));
    let sent = clock.now();
    clock.set(sent + 2 * Millis::HOUR);
    for shown in [sent, sent + Millis::HOUR, clock.now()] {
        assert_eq!(clock.compare(sent, shown).1, Agreement::Agrees);
    }
}
