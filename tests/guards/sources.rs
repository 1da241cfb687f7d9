//! Reading the sources of the bot, and of the library that checks its log.

use std::path::{Path, PathBuf};

/// A source: its path from the crate's `src`, and its code without comments and texts.
pub(crate) type Source = (String, String);

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below a folder with one of these endings, as paths from it.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let name = path
                .file_name()
                .expect("an entry has a name")
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && !name.starts_with(".git") && name != "target" && name != "rehearsal-out" {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// All sources of the bot, tests too.
pub(crate) fn sources() -> Vec<Source> {
    sources_in("bot/src")
}

/// All sources in a folder, tests too.
pub(crate) fn sources_in(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    files(&folder, &[".rs"])
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the source can be read");
            let name = path.strip_prefix(&folder).expect("it is inside").display().to_string();
            (name, code(&text))
        })
        .collect()
}

/// What goes into the program: without modules and items that are marked as tests.
pub(crate) fn production(sources: Vec<Source>) -> Vec<Source> {
    let mut tests = Vec::new();
    let mut kept = Vec::new();
    for (path, code) in sources {
        let (code, names) = without_tests(&code);
        let own = module(&path);
        tests.extend(names.into_iter().map(|name| join(&own, &name)));
        kept.push((path, code));
    }
    let is_test = |path: &str| {
        let own = module(path);
        tests
            .iter()
            .any(|test| own == *test || own.starts_with(&format!("{test}::")))
    };
    kept.retain(|(path, _)| !is_test(path));
    kept
}

/// The module of a source, such as `evidence::inspect`; nothing for the root.
pub(crate) fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" {
        String::new()
    } else {
        path.replace('/', "::")
    }
}

/// A path within a module.
pub(crate) fn join(module: &str, path: &str) -> String {
    if module.is_empty() {
        path.to_owned()
    } else {
        format!("{module}::{path}")
    }
}

/// The code without what is marked as tests, and the names of the modules that are and stand in files of their own.
fn without_tests(code: &str) -> (String, Vec<String>) {
    let (mut kept, mut modules, mut rest) = (String::new(), Vec::new(), code);
    let mark = |code: &str| {
        ["#[cfg(test)]", "#[cfg(all(test"]
            .iter()
            .filter_map(|mark| code.find(mark))
            .min()
    };
    while let Some(at) = mark(rest) {
        kept.push_str(&rest[..at]);
        let marked = &rest[at..];
        let (item, after) = marked.split_at(item_length(marked));
        let in_own_file = item.strip_suffix(';').and_then(|item| item.rsplit_once("mod "));
        if let Some((_, name)) = in_own_file {
            modules.push(name.to_owned());
        }
        rest = after;
    }
    kept.push_str(rest);
    (kept, modules)
}

/// Bytes of the item that the code begins with, up to its semicolon or its last brace.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, character) in code.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The code of a source: comments go, the content of texts and of characters goes.
pub(crate) fn code(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if let Some(length) = character_length(rest) {
            length
        } else if next == '"' {
            text_length(rest)
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// Bytes of a character in quotes, such as `'{'`; none for anything else, as the name of a lifetime.
fn character_length(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let length = inner.chars().next()?.len_utf8();
    inner[length..].starts_with('\'').then_some(length + 2)
}

/// Bytes of a text from its opening to its closing quote.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_texts_and_tests_are_no_code() {
    let read = code("a(\"x \\\" serenity\"); // serenity\nr#\"serenity\"# '\"' '{' b");
    assert_eq!(read, "a(); \n   b");
    let (kept, modules) = without_tests("a;\n#[cfg(test)]\nmod x;\nb;\n#[cfg(test)]\nmod y { fn z() {} }\nc");
    assert_eq!((kept.as_str(), modules), ("a;\n\nb;\n\nc", vec!["x".to_owned()]));
}
