//! How much a test plays: a little wherever the tests run, or as much as it takes to find what is rare.

/// If it is 1, tests play their long size.
const LONG: &str = "BELLWETHER_LONG";

/// Whether the long sizes are asked for: hundreds of kills, hundreds of people, many faults, minutes of waiting.
/// Says so where they are not.
pub fn long() -> bool {
    let long = std::env::var(LONG).is_ok_and(|value| value == "1");
    if !long {
        say_short();
    }
    long
}

#[expect(clippy::print_stderr, reason = "a test that is left out must say so")]
fn say_short() {
    eprintln!("left out, or played small: {LONG} is not 1");
}

/// The first of the two as a rule, the second if the long sizes are asked for.
pub fn size<T>(short: T, long_size: T) -> T {
    if long() { long_size } else { short }
}
