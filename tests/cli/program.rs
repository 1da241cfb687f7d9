//! The binary in a folder of its own, without the tester's environment.

use std::process::Command;

pub(crate) struct Program {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, &'static str)>,
}

/// What the binary said; its folder is written FOLDER.
pub(crate) struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            environment: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("the file is written");
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn files(&self) -> Vec<String> {
        let mut names = std::fs::read_dir(self.folder.path())
            .expect("the folder can be read")
            .map(|entry| {
                entry
                    .expect("the entry can be read")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect::<Vec<_>>();
        names.sort();
        names
    }

    /// The address of the database that a configuration without one means.
    pub(crate) fn url(&self) -> String {
        format!("sqlite://{}/bellwether.db", self.folder.path().display())
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        let output = Command::new(env!("CARGO_BIN_EXE_bellwether"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().copied())
            .output()
            .expect("the binary runs");
        self.told(output)
    }

    /// The exit code where nobody reads what the binary says, as behind `| true`.
    pub(crate) fn run_unread(&self, arguments: &[&str]) -> i32 {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = Command::new(env!("CARGO_BIN_EXE_bellwether"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().copied())
            .stdout(writer)
            .status()
            .expect("the binary runs");
        status.code().expect("it ends by itself")
    }

    fn told(&self, output: std::process::Output) -> Told {
        let folder = self.folder.path().display().to_string();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes)
                .expect("it speaks UTF-8")
                .replace(&folder, "FOLDER");
            without_hashes(&text)
        };
        Told {
            code: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// SHA-256 hashes are written SHA256, as they change with every text.
fn without_hashes(text: &str) -> String {
    text.split_inclusive(|letter: char| !letter.is_ascii_hexdigit())
        .map(|word| match word.get(..64) {
            Some(hash) if hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => word.replace(hash, "SHA256"),
            _ => word.to_owned(),
        })
        .collect()
}
