//! `rolebook employer add` and `rolebook person add`: what has to be there before anybody can sign in.

use anyhow::{anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use time::Duration;

use super::database;
use super::say;
use crate::clock::{Clock, london_date};
use crate::config::Config;
use crate::db::{Database, DbError, EmployerKind, EvaluationScheme};
use crate::domain::ids::EmployerId;
use crate::domain::text::{email, one_line};
use crate::policy::{Actor, Job, Role, Subject, act, grant};
use crate::reference::clauses::starter_clauses;
use crate::reference::templates::starter_templates;
use crate::reference::{agenda_for_change, pay_schemes};
use crate::secret::Token;
use crate::web::paths;

/// How long the printed link works.
const LINK_LASTS: Duration = Duration::days(7);

#[derive(Debug, Subcommand)]
pub(super) enum EmployerCommand {
    /// Add an employer; an NHS trust gets the bands of Agenda for Change with their pay
    Add(NewEmployer),
}

#[derive(Debug, Args)]
pub(super) struct NewEmployer {
    /// As people write it: "Northmoor NHS Trust"
    #[arg(long)]
    name: String,
    /// Its part of page addresses: lower-case letters, digits and hyphens
    #[arg(long)]
    slug: String,
    #[arg(long, value_parser = PossibleValuesParser::new(EmployerKind::ALL.iter().map(|kind| kind.word())))]
    kind: String,
    /// A CSV file of the employer's grades: pay_scheme,grade,effective_from,minimum_gbp,maximum_gbp,source,
    /// and for grades over points of the NJC spine point_from,point_to
    #[arg(long)]
    grades: Option<std::path::PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PersonCommand {
    /// Put somebody on an employer's staff with one role, and print a link with which they choose their password
    Add(NewPerson),
}

#[derive(Debug, Args)]
pub(super) struct NewPerson {
    /// The employer's slug
    #[arg(long)]
    employer: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.iter().map(|role| role.word())))]
    role: String,
    /// Where the role holds, with everything below; the whole employer where left out
    #[arg(long)]
    unit: Option<String>,
}

pub(super) async fn employer(mut config: Config, command: EmployerCommand) -> anyhow::Result<()> {
    let EmployerCommand::Add(new) = command;
    let name = database::with(&mut config, async |_, database| add_employer(database, &new).await).await?;
    say(format_args!(
        "{name} is there. Add its first administrator with `rolebook person add --employer {} --role admin …`.",
        new.slug,
    ));
    Ok(())
}

async fn add_employer(database: &Database, new: &NewEmployer) -> anyhow::Result<String> {
    let kind = EmployerKind::parse(&new.kind).ok_or_else(|| anyhow!("“{}” is no kind of employer.", new.kind))?;
    let name = one_line(&new.name);
    if name.is_empty() {
        bail!("Give the employer a name.");
    }
    let (scheme, mut grades) = match kind {
        EmployerKind::NhsTrust => (EvaluationScheme::Nhs, agenda_for_change::grades()?),
        EmployerKind::Council | EmployerKind::School => (EvaluationScheme::Njc, Vec::new()),
        EmployerKind::Other => (EvaluationScheme::Own, Vec::new()),
    };
    if let Some(file) = &new.grades {
        grades.extend(super::grade_file::read(file)?);
    }
    let now = Clock::System.now();
    let mut tx = database.begin().await?;
    let id = tx.add_employer(&new.slug, &name, kind, scheme, now).await.map_err(|error| match error {
        DbError::Stale => anyhow!("This database holds the demonstration, and nothing real mixes with it."),
        DbError::Constraint(constraint) if constraint == "employer_slug_key" => {
            anyhow!("There is an employer with the slug {} already.", new.slug)
        }
        DbError::Constraint(_) => anyhow!("The slug has to be lower-case letters, digits and single hyphens."),
        other @ (DbError::Sqlx(_) | DbError::Unknown(_) | DbError::Inconsistent { .. } | DbError::Frozen) => {
            other.into()
        }
    })?;
    tx.add_schemes(id, &pay_schemes::of(&grades)?, now).await?;
    tx.add_grades(id, &grades, now).await?;
    tx.add_starter_clauses(
        (id, None),
        &starter_clauses(kind.word()),
        (now, london_date(now), london_date(now + Duration::days(365))),
    )
    .await?;
    tx.add_starter_templates(id, &starter_templates()?, now).await?;
    tx.commit().await?;
    Ok(name)
}

pub(super) async fn person(mut config: Config, command: PersonCommand) -> anyhow::Result<()> {
    let PersonCommand::Add(new) = command;
    let said = database::with(&mut config, async |config, database| add_person(config, database, &new).await).await?;
    say(said);
    Ok(())
}

/// Answers what to tell the operator.
async fn add_person(config: &Config, database: &Database, new: &NewPerson) -> anyhow::Result<String> {
    let address = email(&new.email).ok_or_else(|| anyhow!("“{}” is no e-mail address.", new.email))?;
    let role = Role::parse(&new.role).ok_or_else(|| anyhow!("“{}” is no role.", new.role))?;
    if role == Role::Admin && new.unit.is_some() {
        bail!("An administrator acts for the whole employer: leave out --unit.");
    }
    let now = Clock::System.now();
    let mut tx = database.begin().await?;
    let (employer, employer_name) = employer_named(&mut tx, &new.employer).await?;
    let unit = match &new.unit {
        Some(name) => Some(
            tx.unit_by_name(employer, name).await?.ok_or_else(|| anyhow!("{employer_name} has no unit “{name}”."))?,
        ),
        None => None,
    };
    let subject = Subject {
        id: employer,
        employer: Some(employer),
        unit,
        person: None,
        profile: None,
        name: employer_name.clone(),
    };
    let granted = grant::<act::InvitePerson>(&Actor::System(Job::Operator), subject, now)?;
    let Some(enrolled) = tx.enrol(&granted, &one_line(&new.name), &address, role, unit).await? else {
        bail!("{address} was deactivated at {employer_name}. An administrator can reactivate them on the page People.");
    };
    let said = match enrolled.joined {
        true => format!("{address} can sign in at {employer_name} with the password that they have.",),
        false => {
            let token = Token::new()?;
            tx.add_invitation(&token.hash(), enrolled.member, now, LINK_LASTS).await?;
            let link = config.link(&paths::invitation(token.plain()));
            format!("Send this link to {address}. It works once, for 7 days:\n{link}")
        }
    };
    tx.commit().await?;
    Ok(said)
}

pub(super) async fn employer_named(tx: &mut crate::db::Tx, slug: &str) -> anyhow::Result<(EmployerId, String)> {
    tx.employer_by_slug(slug).await?.ok_or_else(|| anyhow!("There is no employer with the slug {slug}."))
}
