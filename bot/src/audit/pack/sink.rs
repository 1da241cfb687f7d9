//! Where a pack's files go: into a folder, or one after the other into a tar archive.
//!
//! Both grow under another name beside the one asked for, and get their name when they are complete. A process that is
//! killed leaves at most something that is called unfinished, and the next export to the same place removes it.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::unfinished::{Unfinished, new_file, new_folder};
use crate::evidence::pack_path::PackPath;
use crate::evidence::tree::Hash;

/// A growing pack.
pub(super) struct Sink {
    form: Form,
    /// SHA256SUMS so far.
    sums: BufWriter<File>,
    sums_hash: Sha256,
    files: u64,
    unfinished: Unfinished,
}

enum Form {
    Folder {
        /// The folders made so far.
        made: HashSet<PathBuf>,
    },
    Tar {
        archive: Box<tar::Builder<BufWriter<File>>>,
        /// The folder within the archive.
        folder: String,
    },
}

/// A complete pack that still has another name.
pub(super) struct Finished {
    unfinished: Unfinished,
    pub files: u64,
    /// SHA-256 of SHA256SUMS, which stands for the whole pack.
    pub sums: Hash,
}

impl Sink {
    /// Begins a pack that will be `out`. `mark` keeps several exports apart.
    ///
    /// # Errors
    /// When the folder around `out` cannot be written.
    pub(super) fn begin(out: &Path, tar: bool, mark: &str) -> anyhow::Result<Self> {
        let (unfinished, sums) = Unfinished::begin(out, mark)?;
        let temporary = unfinished.path();
        let failed = || format!("{} cannot be written", temporary.display());
        let form = if tar {
            let archive = tar::Builder::new(BufWriter::new(new_file(temporary).with_context(failed)?));
            let folder = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let archive = Box::new(archive);
            Form::Tar { archive, folder }
        } else {
            new_folder(temporary).with_context(failed)?;
            let made = HashSet::new();
            Form::Folder { made }
        };
        Ok(Self {
            form,
            sums: BufWriter::new(sums),
            sums_hash: Sha256::new(),
            files: 0,
            unfinished,
        })
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn file(&mut self, path: &PackPath, bytes: &[u8]) -> anyhow::Result<()> {
        let name = path.to_string();
        self.put(&name, bytes)
            .with_context(|| format!("writing the file {name} of the pack"))?;
        let line = format!("{}  {name}\n", hex::encode(Sha256::digest(bytes)));
        self.sums_hash.update(&line);
        self.sums
            .write_all(line.as_bytes())
            .context("writing the sums of the pack")?;
        self.files += 1;
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match &mut self.form {
            Form::Folder { made } => {
                let path = self.unfinished.path().join(name);
                if let Some(parent) = path.parent()
                    && !made.contains(parent)
                {
                    std::fs::create_dir_all(parent)?;
                    made.insert(parent.to_owned());
                }
                new_file(&path)?.write_all(bytes)
            }
            Form::Tar { archive, folder, .. } => {
                append(archive, &format!("{folder}/{name}"), bytes.len() as u64, bytes)
            }
        }
    }

    /// Ends the pack with its sums. It keeps its other name until it is [named](Finished::name).
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn finish(mut self) -> anyhow::Result<Finished> {
        self.end().context("ending the pack")?;
        Ok(Finished {
            unfinished: self.unfinished,
            files: self.files + 1,
            sums: self.sums_hash.finalize().into(),
        })
    }

    fn end(&mut self) -> io::Result<()> {
        self.sums.flush()?;
        let sums = self.unfinished.sums();
        match &mut self.form {
            Form::Folder { .. } => std::fs::rename(sums, self.unfinished.path().join(PackPath::Sums.to_string())),
            Form::Tar { archive, folder } => {
                let mut file = File::open(sums)?;
                let size = file.seek(io::SeekFrom::End(0))?;
                file.rewind()?;
                let name = format!("{folder}/{}", PackPath::Sums);
                append(archive, &name, size, BufReader::new(file))?;
                archive.finish()?;
                archive.get_mut().flush()?;
                archive.get_mut().get_ref().sync_all()
            }
        }
    }
}

impl Finished {
    /// Gives the pack the name that was asked for.
    ///
    /// # Errors
    /// When something has got that name in the meantime.
    pub(super) fn name(self) -> anyhow::Result<()> {
        self.unfinished.name()
    }
}

fn append(archive: &mut tar::Builder<BufWriter<File>>, name: &str, size: u64, bytes: impl Read) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_mode(0o644);
    header.set_size(size);
    header.set_mtime(0);
    archive.append_data(&mut header, name, bytes)
}
