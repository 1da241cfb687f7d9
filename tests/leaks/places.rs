//! Every place to which the bot writes: files, tables, requests, and its memory.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::Context;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::scene::Scene;
use crate::search::{Hit, Search};

/// Bytes of memory that are looked at in one go.
const PIECE: usize = 1 << 20;

/// What was looked at, and found in it.
#[derive(Default)]
pub(crate) struct Look {
    pub hits: Vec<Hit>,
    pub bytes: usize,
}

impl Look {
    fn at(&mut self, search: &Search, place: &str, bytes: &[u8]) {
        self.bytes += bytes.len();
        self.hits.extend(search.look(place, bytes));
    }
}

/// All files below a folder.
pub(crate) fn files(search: &Search, folder: &Path) -> anyhow::Result<Look> {
    let mut look = Look::default();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir()? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                look.at(search, &path.display().to_string(), &std::fs::read(&path)?);
            }
        }
    }
    Ok(look)
}

/// All rows of all tables of a PostgreSQL database; numbers are decimal there, bytes hexadecimal.
pub(crate) async fn tables(search: &Search, url: &str) -> anyhow::Result<Look> {
    let db = sea_orm::Database::connect(url).await?;
    let ask = |query: String| Statement::from_string(DbBackend::Postgres, query);
    let tables = "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema')";
    let mut look = Look::default();
    for table in db.query_all_raw(ask(tables.to_owned())).await? {
        let table: String = table.try_get_by_index(0)?;
        let rows = db
            .query_all_raw(ask(format!("SELECT row::text FROM {table} AS row")))
            .await?;
        let rows: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        look.at(search, &table, rows?.join("\n").as_bytes());
    }
    db.close().await?;
    Ok(look)
}

/// What was asked of Discord, but for answers to interactions; and these.
pub(crate) fn requests(search: &Search, scene: &Scene) -> (Look, Look) {
    let (answers, others) = scene.requests();
    let mut looks = (Look::default(), Look::default());
    looks.0.at(search, "requests", others.as_bytes());
    looks.1.at(search, "answers to interactions", answers.as_bytes());
    looks
}

/// The memory of a process: all that it can write to, and what belongs to no file. None where this machine does not let
/// it be read.
pub(crate) fn memory(search: &Search, process: u32) -> anyhow::Result<Option<Look>> {
    let Ok(maps) = std::fs::read_to_string(format!("/proc/{process}/maps")) else {
        return Ok(None);
    };
    let Ok(mut memory) = std::fs::File::open(format!("/proc/{process}/mem")) else {
        return Ok(None);
    };
    let mut look = Look::default();
    let mut piece = vec![0; PIECE];
    for line in maps.lines() {
        let (range, rest) = line.split_once(' ').context("a line of the map")?;
        let ours = rest.starts_with("rw") || (rest.starts_with('r') && !rest.contains('/'));
        let (from, to) = range.split_once('-').context("a range")?;
        let (mut from, to) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
        let name = rest.split_whitespace().nth(4).unwrap_or("anonymous memory");
        while ours && from < to {
            let wanted = PIECE.min((to - from) as usize);
            // What cannot be read, such as the kernel's own page, is left out.
            let read = memory
                .seek(SeekFrom::Start(from))
                .and_then(|_| memory.read(&mut piece[..wanted]));
            let Ok(read) = read else { break };
            look.at(search, &format!("memory {name} {from:x}"), &piece[..read]);
            if read < wanted || from + read as u64 == to {
                break;
            }
            from += (read - search.longest()) as u64;
        }
    }
    // A map without anything that could be read says nothing.
    Ok((look.bytes > 0).then_some(look))
}
