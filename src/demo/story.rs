//! One profile's story: each event by the person named, with their permission, through the workflow.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};

use super::calendar::Calendar;
use super::data::Profile;
use super::employers::{Office, known};
use super::steps::Event;
use super::{DemoError, edits};
use crate::db::{Tx, Version};
use crate::domain::ids::VersionId;
use crate::policy::{self, Act, Actor, Granted, Staff, Subject};

pub struct Story<'a> {
    pub written: &'a Profile,
    pub office: &'a Office,
    pub(super) review_date: Date,
    /// Identities by the keys of the files: the same from version to version.
    pub(super) identities: BTreeMap<String, i64>,
    /// One for each edition told so far.
    pub(super) versions: Vec<VersionId>,
}

/// The stories by key, none of them begun.
pub fn stories<'a>(
    profiles: &'a BTreeMap<String, Profile>,
    offices: &'a BTreeMap<String, Office>,
    days: &Calendar,
) -> Result<BTreeMap<&'a str, Story<'a>>, DemoError> {
    let story = |(key, written): (&'a String, &'a Profile)| {
        let office = known(offices, &written.employer)?;
        let review_date = days.working_day(written.review_in_days);
        Ok((key.as_str(), Story { written, office, review_date, identities: BTreeMap::new(), versions: Vec::new() }))
    };
    profiles.iter().map(story).collect()
}

/// A permission for one of the staff.
pub fn grant<A: Act>(staff: &Staff, subject: Subject<A::Id>, at: OffsetDateTime) -> Result<Granted<A>, DemoError> {
    policy::grant(&Actor::Staff(staff.clone()), subject, at)
        .map_err(DemoError::denied(&staff.person.name, A::ACTION.label()))
}

impl<'a> Story<'a> {
    /// Lets one event happen.
    pub async fn tell(
        &mut self,
        tx: &mut Tx,
        edition: usize,
        event: Event,
        at: OffsetDateTime,
    ) -> Result<(), DemoError> {
        let written = &self.written.history[edition];
        match event {
            Event::Create if edition == 0 => self.create(tx, written, at).await,
            Event::Create => self.start_draft(tx, written, at).await,
            Event::Submit => self.submit(tx, edition, at).await,
            Event::RequestChanges => self.request_changes(tx, edition, at).await,
            Event::Approve => self.approve(tx, edition, at).await,
            Event::RecordGradeBasis => self.record_basis(tx, edition, at).await,
            Event::Issue => self.issue(tx, edition, at).await,
            Event::Withdraw => self.withdraw(tx, edition, at).await,
            Event::Discard => self.discard(tx, edition, at).await,
        }
    }

    /// The version in force, as one of the staff sees it.
    pub async fn issued(&self, tx: &mut Tx, staff: &Staff) -> Result<Version, DemoError> {
        let latest = self.versions.last().copied().ok_or_else(|| self.unknown())?;
        let issued = self.load(tx, staff, latest).await?.issued.ok_or_else(|| self.unknown())?;
        self.load(tx, staff, issued.0).await
    }

    /// Every version came out in the state and with the content that its file gives it.
    pub async fn check(&self, tx: &mut Tx) -> Result<(), DemoError> {
        let owner = self.office.staff(&self.written.owner)?;
        for (edition, id) in self.written.history.iter().zip(&self.versions) {
            let version = self.load(tx, owner, *id).await?;
            let content = tx.content(version.employer, version.id).await?;
            let target = self.written_content(edition);
            if version.state.name() != edition.state || !edits::same(&content, &target) {
                return Err(DemoError::Different(version.name()));
            }
        }
        Ok(())
    }

    pub(super) async fn load(&self, tx: &mut Tx, staff: &Staff, id: VersionId) -> Result<Version, DemoError> {
        tx.version_by_id(&staff.scope(), id).await?.ok_or_else(|| self.unknown())
    }

    pub(super) fn named(&self, key: &Option<String>) -> Result<&'a Staff, DemoError> {
        self.office.staff(key.as_deref().ok_or_else(|| self.unknown())?)
    }

    pub(super) fn unknown(&self) -> DemoError {
        DemoError::Unknown(self.written.key.clone())
    }

    /// The identity of a key; `content` gives every key one before it is asked for.
    pub(super) fn identity(&self, key: &str) -> i64 {
        self.identities.get(key).copied().unwrap_or_default()
    }
}
