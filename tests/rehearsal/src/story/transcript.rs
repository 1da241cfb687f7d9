//! The readable record of a rehearsal: what each person saw and did. What was shown in full once is shortened later.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes to a file and to standard output.
pub struct Transcript {
    file: BufWriter<File>,
    quiet: bool,
    shown: BTreeSet<String>,
}

impl Transcript {
    /// A fresh transcript at `path`; `quiet` keeps it from standard output.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path, quiet: bool) -> anyhow::Result<Self> {
        Ok(Self {
            file: BufWriter::new(File::create(path)?),
            quiet,
            shown: BTreeSet::new(),
        })
    }

    /// A heading.
    ///
    /// # Errors
    /// When it cannot be written; so do all others here.
    pub fn chapter(&mut self, title: &str) -> anyhow::Result<()> {
        self.line("")?;
        self.line(&format!(
            "━━ {title} {}",
            "━".repeat(96usize.saturating_sub(title.chars().count()))
        ))
    }

    /// One line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, text: &str) -> anyhow::Result<()> {
        writeln!(self.file, "{text}")?;
        if !self.quiet {
            writeln!(std::io::stdout().lock(), "{text}")?;
        }
        Ok(())
    }

    /// What somebody sees: in full the first time for each `kind`, later only `brief`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn screen(&mut self, kind: &str, text: &str, brief: &str) -> anyhow::Result<()> {
        if self.shown.insert(kind.to_owned()) {
            return self.full(text);
        }
        self.full(brief)
    }

    /// What somebody sees, always in full.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn full(&mut self, text: &str) -> anyhow::Result<()> {
        text.lines().try_for_each(|line| self.line(&format!("      │ {line}")))
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        Ok(self.file.flush()?)
    }
}
