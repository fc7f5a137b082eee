//! `rolebook import FOLDER`: every document of a folder, one after the other. One that can't be read stops no other.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use sha2::{Digest, Sha256};

use super::import::{Asked, staff, uploading};
use super::say;
use crate::clock::Clock;
use crate::db::{Database, NewDocument};
use crate::documents::extract::child::Children;
use crate::documents::extract::limits;
use crate::documents::extract::result::Extract;
use crate::documents::summary::{Summary, own_words};
use crate::domain::likeness::{clusters, signature};
use crate::domain::text::count;
use crate::drafting::DraftError;
use crate::fitting::new_profile_on_usual;
use crate::policy::{Actor, Staff, act, grant};

/// Imports the folder's files in the order of their names; with `--dry-run` only says what would be read.
pub(super) async fn import(database: &Database, asked: &Asked) -> anyhow::Result<String> {
    let staff = staff(&mut database.begin().await?, asked).await?;
    let program = std::env::current_exe().context("The system does not say where this program is.")?;
    let reader = Children::new(program);
    let (mut read, mut failed, mut likeness) = (0, 0, Vec::new());
    for path in files(&asked.file)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match one(database, asked, &staff, &reader, &path, &name).await {
            Ok((line, extract)) => {
                say(format!("{name}: {line}"));
                likeness.push((name, signature(&own_words(&extract))));
                read += 1;
            }
            Err(error) => {
                say(format!("{name}: {error}"));
                failed += 1;
            }
        }
    }
    let signatures: Vec<&[i32]> = likeness.iter().map(|(_, own)| own.as_slice()).collect();
    for group in clusters(&signatures) {
        let names: Vec<&str> = group.into_iter().map(|at| likeness[at].0.as_str()).collect();
        say(format!("Nearly the same: {}", names.join(", ")));
    }
    let done = if asked.dry_run { "read, nothing was kept" } else { "imported" };
    Ok(format!("{} {done}; {}.", count(read, "document was", "documents were"), count(failed, "failed", "failed")))
}

/// The files of a folder, without those of its folders and hidden ones.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| anyhow!("The folder {} can't be opened: {error}.", folder.display()))?;
    let shown = |path: &PathBuf| {
        path.is_file() && !path.file_name().unwrap_or_default().to_string_lossy().starts_with(['.', '~'])
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(shown).collect();
    files.sort();
    Ok(files)
}

async fn one(
    database: &Database,
    asked: &Asked,
    staff: &Staff,
    reader: &Children,
    path: &Path,
    name: &str,
) -> anyhow::Result<(String, Extract)> {
    if tokio::fs::metadata(path).await?.len() > limits::FILE_BYTES as u64 {
        return Err(crate::documents::extract::refusal::Refusal::too_large().into());
    }
    let bytes = tokio::fs::read(path).await?;
    let extract = reader.extract(&bytes, name).await?;
    let line = told(&Summary::of(&extract));
    if asked.dry_run {
        return Ok((line, extract));
    }
    let (actor, now) = (Actor::Staff(staff.clone()), Clock::System.now());
    let granted = grant::<act::ImportDocument>(&actor, uploading(staff.employer, name), now)
        .map_err(|_| anyhow!("{} is no HR author there, so it was not imported.", staff.person.name))?;
    let new = NewDocument { file_name: name, sha256: Sha256::digest(&bytes).into(), bytes: &bytes, extract: &extract };
    let mut tx = database.begin().await?;
    let id = tx.add_document(&granted, &new).await?;
    let mut became = String::new();
    if let Some(unit) = &asked.unit {
        let document = tx.document(&staff.scope(), id).await?.ok_or_else(|| anyhow!("The document is not there."))?;
        let id = tx.unit_by_name(staff.employer, unit).await?.ok_or_else(|| anyhow!("There is no unit “{unit}”."))?;
        let made = new_profile_on_usual(&mut tx, staff, now, &document, (id, unit)).await;
        let drafted = made.map_err(|error| match error {
            DraftError::TooLate => anyhow!("Something was made of it a moment ago."),
            DraftError::App(error) => anyhow!("Nothing was imported: {error}."),
        })?;
        became = format!(" It became {}.", drafted.became.name());
    }
    tx.commit().await?;
    Ok((format!("{line}{became}"), extract))
}

fn told(facts: &Summary) -> String {
    let named = [&facts.title, &facts.grade].into_iter().filter(|text| !text.is_empty()).cloned();
    let named = named.collect::<Vec<_>>().join(", ");
    let named = if named.is_empty() { "no title".to_owned() } else { named };
    format!(
        "{named}; {}, {}, {} % placed, {} to confirm, {}.",
        facts.layout,
        count(facts.words, "word", "words"),
        facts.placed(),
        facts.unsure,
        count(facts.findings, "finding", "findings")
    )
}
