//! The databases that tests run on: SQLite always, PostgreSQL where a server is named.

/// Names a PostgreSQL server on which tests may make databases.
const SERVER: &str = "BELLWETHER_TEST_POSTGRES";
/// Where it is 1, tests fail without such a server instead of leaving PostgreSQL out.
const REQUIRE: &str = "BELLWETHER_REQUIRE_POSTGRES";

/// The URL of a PostgreSQL server for tests. Says so when there is none.
///
/// # Panics
/// When there is none and `BELLWETHER_REQUIRE_POSTGRES` is 1.
pub fn postgres() -> Option<String> {
    let server = std::env::var(SERVER).ok().filter(|url| !url.is_empty());
    if server.is_none() {
        let required = std::env::var(REQUIRE).is_ok_and(|value| value == "1");
        assert!(!required, "{REQUIRE} is 1, and {SERVER} names no server");
        eprintln_skipped();
    }
    server
}

#[expect(clippy::print_stderr, reason = "a test that is left out must say so")]
fn eprintln_skipped() {
    eprintln!("left out on PostgreSQL: {SERVER} names no server");
}

/// Every engine that is there: none stands for SQLite, else the server's URL.
pub fn engines() -> Vec<Option<String>> {
    std::iter::once(None).chain(postgres().map(Some)).collect()
}
