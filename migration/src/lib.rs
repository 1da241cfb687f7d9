//! How the tables come about: one file per change, never edited after it has landed.
//!
//! This crate never imports `entity`: a migration describes the past, an entity the present.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod append_only;
mod m0001_people;
mod m0002_prompts;
mod m0003_outbox;
mod m0004_evidence;
mod m0005_settings;
mod m0006_member_index;
mod m0007_anchors;
mod m0008_outbox_lease;
mod m0009_corrections;
mod m0010_packs;
mod m0011_concerns;
mod m0012_checkpoint;
mod m0013_member_id;
mod m0014_vouch;
mod m0015_reopened;
mod m0016_entry_vouch;
mod m0018_records;
mod m0019_absence_withdrawn;

/// All changes, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_prompts::Migration),
            Box::new(m0003_outbox::Migration),
            Box::new(m0004_evidence::Migration),
            Box::new(m0005_settings::Migration),
            Box::new(m0006_member_index::Migration),
            Box::new(m0007_anchors::Migration),
            Box::new(m0008_outbox_lease::Migration),
            Box::new(m0009_corrections::Migration),
            Box::new(m0010_packs::Migration),
            Box::new(m0011_concerns::Migration),
            Box::new(m0012_checkpoint::Migration),
            Box::new(m0013_member_id::Migration),
            Box::new(m0014_vouch::Migration),
            Box::new(m0015_reopened::Migration),
            Box::new(m0016_entry_vouch::Migration),
            Box::new(m0018_records::Migration),
            Box::new(m0019_absence_withdrawn::Migration),
        ]
    }
}
