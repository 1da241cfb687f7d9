//! Which catalogue was in force when: the hash of each change goes into the evidence log, its text beside it.

use super::store::keep_catalogue;
use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::evidence::{NewLeaf, fields};
use crate::ledger::Ledger;
use crate::settings;

/// The setting that holds the hash of the catalogue in force.
const IN_FORCE: &str = "catalogue";

/// Whether the catalogue differs from the one in force before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionOutcome {
    Unchanged,
    Changed,
}

/// Keeps the catalogue's text, and leaves a leaf when it is not the one that was in force. Repeating is harmless.
pub async fn note_catalogue(ledger: &Ledger, chance: &Chance, catalogue: &Catalogue) -> anyhow::Result<VersionOutcome> {
    let catalogue = catalogue.clone();
    let chance = chance.clone();
    ledger
        .write(|tx| {
            Box::pin(async move {
                keep_catalogue(tx, &catalogue).await?;
                if settings::read(tx.connection(), IN_FORCE).await?.as_deref() == Some(&catalogue.sha256) {
                    return Ok(VersionOutcome::Unchanged);
                }
                settings::remember(tx.connection(), IN_FORCE, &catalogue.sha256, tx.now()).await?;
                let said = fields::CatalogueChanged {
                    catalogue: catalogue.id.clone(),
                    version: catalogue.version.clone(),
                    sha256: catalogue.sha256.clone(),
                };
                tx.evidence(NewLeaf::fresh(&chance, said));
                Ok(VersionOutcome::Changed)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueSource, load};
    use crate::clock::Millis;
    use crate::prompts::store;
    use crate::trial;

    #[tokio::test]
    async fn only_a_change_is_noted() {
        let first = load(&CatalogueSource::BuiltIn).expect("the built-in catalogue is sound");
        let second = Catalogue {
            sha256: "1".repeat(64),
            ..first.clone()
        };
        for trial in trial::databases(Millis(0)).await {
            let note = |catalogue: &Catalogue| {
                let catalogue = catalogue.clone();
                let (ledger, chance) = (trial.ledger.clone(), trial.chance.clone());
                async move { note_catalogue(&ledger, &chance, &catalogue).await.expect("it is noted") }
            };
            assert_eq!(note(&first).await, VersionOutcome::Changed, "{}", trial.engine);
            assert_eq!(note(&first).await, VersionOutcome::Unchanged);
            assert_eq!(note(&second).await, VersionOutcome::Changed);
            assert_eq!(
                note(&first).await,
                VersionOutcome::Changed,
                "back to the first is a change"
            );
            let texts = store::catalogue_texts(trial.db.reader())
                .await
                .expect("the texts are read");
            assert_eq!(texts.len(), 2, "each text is kept once");
        }
    }
}
