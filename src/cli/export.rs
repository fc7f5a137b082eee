//! `rolebook export`: a version or the whole library as a file, as a person with a role there and by the same rules as
//! in a browser.

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;

use super::database;
use super::people::employer_named;
use super::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Database, Tx};
use crate::documents::render::pdf::Fonts;
use crate::documents::render::sheet::Family;
use crate::domain::text::{email, parse_profile_reference};
use crate::policy::{Scope, Via};
use crate::printing::{Format, Issue, Made, Publisher, Wanted, file, library, look};

/// The largest library that is exported at once: far past any employer's.
const MOST: i64 = 100_000;

/// With a job profile: one version of it, by default the one in force. Without: everything in force, as a zip.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The profile's reference, such as JP-0042
    profile: Option<String>,
    /// The employer's slug
    #[arg(long)]
    employer: String,
    /// The e-mail address of the member of staff who exports it
    #[arg(long = "as", value_name = "EMAIL")]
    person: String,
    /// Another version than the one in force
    #[arg(long, requires = "profile")]
    version: Option<i32>,
    /// Mark the changes since this version
    #[arg(long, value_name = "VERSION", requires = "profile")]
    since: Option<i32>,
    /// pdf, docx, txt or json
    #[arg(long, default_value = "pdf")]
    format: String,
    /// own, nhs-description, nhs-advert, council-assessed, council-factors or council-post; by default that of its template
    #[arg(long)]
    family: Option<String>,
    /// Set it in large print
    #[arg(long)]
    large: bool,
    /// The file to write; by default one named after the profile, here
    #[arg(long)]
    to: Option<PathBuf>,
}

pub(super) async fn run(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    let made = database::with(&mut config, async |config, database| export(config, database, &asked).await).await?;
    let to = asked.to.clone().unwrap_or_else(|| PathBuf::from(&made.name));
    tokio::fs::write(&to, &made.bytes)
        .await
        .map_err(|error| anyhow!("The file {} can't be written: {error}.", to.display()))?;
    say(format_args!("{}: {} kB", to.display(), made.bytes.len().div_ceil(1_000)));
    Ok(())
}

async fn export(config: &Config, database: &Database, asked: &Asked) -> anyhow::Result<Made> {
    let mut tx = database.begin().await?;
    let (employer, name) = employer_named(&mut tx, &asked.employer).await?;
    let address = email(&asked.person).ok_or_else(|| anyhow!("“{}” is no e-mail address.", asked.person))?;
    let staff = tx.staff_by_email(employer, &address, Via::CommandLine).await?;
    let scope = staff.ok_or_else(|| anyhow!("{address} is not on the staff of {name}."))?.scope();
    let Some(reference) = &asked.profile else {
        return everything(&mut tx, &scope, &name, &asked.employer).await;
    };
    let wanted = wanted(asked)?;
    let profile = parse_profile_reference(reference).ok_or_else(|| anyhow!("“{reference}” is no job profile."))?;
    let version = load(&mut tx, &scope, &name, profile, asked.version).await?;
    let old = match asked.since {
        Some(since) => Some(load(&mut tx, &scope, &name, profile, Some(since)).await?),
        None => None,
    };
    let version = version.in_look(look(tx.brand(employer).await?));
    let fonts = Fonts::load(&config.assets);
    Ok(file(&version, old.as_ref(), wanted, &fonts)?)
}

fn wanted(asked: &Asked) -> anyhow::Result<Wanted> {
    let format = Format::parse(&asked.format).ok_or_else(|| anyhow!("There is no format “{}”.", asked.format))?;
    let family = match &asked.family {
        Some(word) => Some(Family::parse(word).ok_or_else(|| anyhow!("There is no family “{word}”."))?),
        None => None,
    };
    Ok(Wanted { format, family, large: asked.large, now: Clock::System.now() })
}

async fn load(tx: &mut Tx, scope: &Scope, employer: &str, profile: i32, version: Option<i32>) -> anyhow::Result<Issue> {
    let found = match version {
        Some(version) => tx.version(scope, profile, version).await?,
        None => tx.issued_version(scope, profile).await?,
    };
    let Some(found) = found else {
        bail!("There is no such version. Name one with --version where none is in force.");
    };
    let content = tx.content(found.employer, found.id).await?;
    Ok(Issue::new(found, content, employer))
}

async fn everything(tx: &mut Tx, scope: &Scope, name: &str, slug: &str) -> anyhow::Result<Made> {
    let (versions, glossary) = tx.in_force(scope, MOST).await?;
    let ids: Vec<_> = versions.iter().map(|version| version.id).collect();
    let mut contents = tx.contents(scope.employer(), &ids).await?;
    let all: Vec<_> = versions
        .into_iter()
        .map(|version| {
            let content = contents.remove(&version.id).unwrap_or_default();
            (version, content)
        })
        .collect();
    let look = look(tx.brand(scope.employer()).await?);
    let publisher = Publisher { name, look: &look, glossary: &glossary };
    let bytes = library(publisher, &all, Clock::System.now())?;
    Ok(Made { name: format!("job-profiles-{slug}.zip"), media_type: "application/zip", bytes })
}
