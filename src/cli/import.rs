//! `rolebook import`: a document, or a folder of them, into the portal, as a person with a role there and by the same rules as in a browser.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::database;
use super::import_folder;
use super::people::employer_named;
use super::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Database, Document, NewDocument, Tx};
use crate::documents::extract::child::Children;
use crate::domain::ids::{EmployerId, ItemId};
use crate::domain::matching::propose;
use crate::domain::text::{email, parse_profile_reference};
use crate::drafting::{DraftError, Drafted, made_for, next_draft};
use crate::fitting::new_profile_on_usual;
use crate::policy::{Actor, Staff, Subject, Via, act, grant};
use crate::web::paths;

/// Without --unit or --profile the document is only uploaded: its report then waits in the portal.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A document, or a folder of them
    pub(super) file: PathBuf,
    /// The employer's slug
    #[arg(long)]
    employer: String,
    /// The e-mail address of the HR author who imports it
    #[arg(long = "as", value_name = "EMAIL")]
    person: String,
    /// Make a new job profile in this unit
    #[arg(long, value_name = "NAME", conflicts_with = "profile")]
    pub(super) unit: Option<String>,
    /// Of a folder, only say what is read of each document; keep nothing
    #[arg(long, conflicts_with = "profile")]
    pub(super) dry_run: bool,
    /// Make the next draft of this job profile, each line matched as the portal would propose
    #[arg(long, value_name = "JP-0001")]
    profile: Option<String>,
}

pub(super) async fn run(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    if asked.file.is_dir() {
        if asked.profile.is_some() {
            bail!("A folder makes new profiles: --profile takes one document.");
        }
        let said = database::with(&mut config, async |_, database| import_folder::import(database, &asked).await);
        say(said.await?);
        return Ok(());
    }
    if asked.dry_run {
        bail!("--dry-run takes a folder; of one document, `rolebook extract` says what is read.");
    }
    let bytes = tokio::fs::read(&asked.file)
        .await
        .map_err(|error| anyhow!("The file {} can't be opened: {error}.", asked.file.display()))?;
    let said = database::with(&mut config, async |config, database| import(config, database, &asked, &bytes).await);
    say(said.await?);
    Ok(())
}

async fn import(config: &Config, database: &Database, asked: &Asked, bytes: &[u8]) -> anyhow::Result<String> {
    let name = asked.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let now = Clock::System.now();
    let staff = staff(&mut database.begin().await?, asked).await?;
    let program = std::env::current_exe().context("The system does not say where this program is.")?;
    let extract = Children::new(program).extract(bytes, &name).await?;
    let (employer, actor) = (staff.employer, Actor::Staff(staff.clone()));
    let granted = grant::<act::ImportDocument>(&actor, uploading(employer, &name), now)
        .map_err(|_| anyhow!("{} is no HR author there, so nothing was imported.", staff.person.name))?;
    let new = NewDocument { file_name: &name, sha256: Sha256::digest(bytes).into(), bytes, extract: &extract };
    let mut tx = database.begin().await?;
    let id = tx.add_document(&granted, &new).await?;
    let document = tx.document(&staff.scope(), id).await?.ok_or_else(|| anyhow!("The document is not there."))?;
    let drafted = draft(&mut tx, &actor, &staff, now, &document, asked).await?;
    tx.commit().await?;
    let report = config.link(&paths::Employer(&asked.employer).document(id));
    Ok(match drafted {
        Some(drafted) => {
            format!("{} was made of {name}: {}.\nWhat was read: {report}", drafted.became.name(), lines(&drafted))
        }
        None => format!("{name} was read. What was recognised, and what to make of it: {report}"),
    })
}

pub(super) async fn staff(tx: &mut Tx, asked: &Asked) -> anyhow::Result<Staff> {
    let (employer, name) = employer_named(tx, &asked.employer).await?;
    let address = email(&asked.person).ok_or_else(|| anyhow!("“{}” is no e-mail address.", asked.person))?;
    let staff = tx.staff_by_email(employer, &address, Via::CommandLine).await?;
    staff.ok_or_else(|| anyhow!("{address} is not on the staff of {name}."))
}

pub(super) fn uploading(employer: EmployerId, name: &str) -> Subject<EmployerId> {
    Subject { id: employer, employer: Some(employer), unit: None, person: None, profile: None, name: name.to_owned() }
}

async fn draft(
    tx: &mut Tx,
    actor: &Actor,
    staff: &Staff,
    now: OffsetDateTime,
    document: &Document,
    asked: &Asked,
) -> anyhow::Result<Option<Drafted>> {
    let drafted = match (&asked.unit, &asked.profile) {
        (Some(unit), _) => {
            let id = tx.unit_by_name(staff.employer, unit).await?;
            let id = id.ok_or_else(|| anyhow!("There is no unit “{unit}”."))?;
            new_profile_on_usual(tx, staff, now, document, (id, unit)).await
        }
        (None, Some(reference)) => {
            let number = parse_profile_reference(reference);
            let from = match number {
                Some(number) => tx.issued_version(&staff.scope(), number).await?,
                None => None,
            };
            let Some(from) = from.filter(|from| from.profile.retired_at.is_none()) else {
                bail!("There is no job profile {reference} with a version in force.");
            };
            let old = tx.content(from.employer, from.id).await?;
            let kept = propose(&made_for(document, &from).content, &old).into_iter().map(|pair| (pair.new, pair.old));
            next_draft(tx, actor, now, document, (&from, &old), kept.collect::<std::collections::BTreeMap<ItemId, _>>())
                .await
        }
        (None, None) => return Ok(None),
    };
    drafted.map(Some).map_err(|error| match error {
        DraftError::TooLate => {
            anyhow!("There is an open version already, so nothing was imported. Finish or discard it first.")
        }
        DraftError::App(error) => anyhow!("Nothing was imported: {error}."),
    })
}

fn lines(drafted: &Drafted) -> String {
    format!("{} lines go on, {} are new, {} are no longer there", drafted.kept, drafted.new, drafted.gone)
}
