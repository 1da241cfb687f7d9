//! Erasing once more what was erased after the backup was taken, and is in the database again because of it.

use std::collections::BTreeSet;

use anyhow::Context;
use bellwether_tlog::disclosure;
use bellwether_tlog::erased::Named;

use super::Pass;
use crate::evidence::erased::{self, Erased};
use crate::evidence::store;
use crate::ids::RecordId;

impl Pass<'_> {
    /// What was erased after the backup was taken is in the database again, and is erased again.
    pub(super) async fn erase_again(&mut self) -> anyhow::Result<()> {
        let mut again = Vec::with_capacity(self.erased.len());
        for (named, names) in &self.erased {
            let Some((index, record)) = self.place(named).await? else {
                continue;
            };
            let kept = match names {
                Some(names) => self.kept_but(&record, names).await?,
                None => self.kept_there(index, &record).await?,
            };
            let record = RecordId::new(record);
            again.push(Erased { record, kept });
        }
        self.told.erased = erased::forget_in(self.transaction, &again).await?;
        Ok(())
    }

    /// Index and id of an erased record, if it is one of those that were there before.
    async fn place(&self, named: &Named) -> anyhow::Result<Option<(u64, String)>> {
        let found = match named {
            Named::Index(index) => {
                let record = erased::records(self.transaction, [*index]).await?.remove(index);
                Some((*index, record.context("an erased record is not in the log")?))
            }
            Named::Record(record) => {
                let index = store::indexes(self.transaction, &[record]).await?.remove(record);
                index.map(|index| (index, record.clone()))
            }
        };
        Ok(found.filter(|(index, _)| *index < self.before.size()))
    }

    /// The fields of the record in the database without these.
    async fn kept_but(&self, record: &str, names: &BTreeSet<String>) -> anyhow::Result<Vec<String>> {
        let kept = erased::kept(self.transaction, &[record.to_owned()])
            .await?
            .remove(record);
        let kept = kept.unwrap_or_default().into_iter();
        Ok(kept.filter(|name| !names.contains(name)).collect())
    }

    /// The fields of the record in the source.
    async fn kept_there(&self, index: u64, record: &str) -> anyhow::Result<Vec<String>> {
        let kept = self.source.fields(index, record).await?;
        let kept = kept.iter().filter_map(|text| disclosure::read(text));
        Ok(kept.map(|(name, _)| name).collect())
    }
}
