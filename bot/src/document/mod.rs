//! TOML documents read key by key. A wrong value is noted and replaced by a placeholder, so that reading goes on and
//! every problem is told at once; what was read is only handed out when nothing was noted.

mod fields;
mod nearest;
mod problem;
mod values;

pub use fields::Fields;
pub(crate) use nearest::nearest;
pub use problem::{Notes, Problem, Problems};

/// Parses TOML; a malformed document is one problem with its line and column.
pub fn parse(text: &str) -> Result<toml::Table, Problem> {
    text.parse::<toml::Table>().map_err(|error| {
        let (line, column) = error.span().map_or((1, 1), |span| position(text, span.start));
        Problem {
            at: format!("line {line}, column {column}"),
            found: "text that is not TOML".to_owned(),
            allowed: error.message().trim().replace('\n', "; "),
            mend: "correct the TOML there; https://toml.io explains it".to_owned(),
        }
    })
}

/// Line and column of a byte, both from 1; the column counts characters.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_toml_is_told_with_its_place() {
        let problem = parse("a = 1\nä = = 2\n").expect_err("this is not TOML");
        assert!(problem.at.starts_with("line 2, column "), "{problem}");
    }

    #[test]
    fn a_byte_has_a_line_and_a_column() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("ab\ncd", 4), (2, 2));
        assert_eq!(position("ä\nö", 99), (2, 2));
    }
}
