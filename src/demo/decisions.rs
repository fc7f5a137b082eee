//! What becomes of a version once it is written: review, decision, issue, and the other ends.

use time::OffsetDateTime;

use super::DemoError;
use super::story::{Story, grant};
use crate::clock::london_date;
use crate::db::{NewSubmission, OpenTask, Tx, Version};
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::diff::{TOLD, compare, largest};
use crate::domain::template;
use crate::domain::version::{self, State};
use crate::policy::{Granted, Staff, act};

impl Story<'_> {
    pub(super) async fn submit(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let written = &self.written.history[edition];
        let author = self.named(&written.submitted_by)?;
        let approver = self.named(&written.approver)?.membership;
        let version = self.load(tx, author, self.versions[edition]).await?;
        let content = tx.content(version.employer, version.id).await?;
        let problems = checks::before_submitting(&version.details, &content);
        let problems = template::problems(problems, &content, version.template.as_ref());
        let (editors, proposers) = tx.writers(version.id).await?;
        let event = version::Event::Submit { problems, approver, editors, proposers };
        let next = after(&version, event, author, at)?;
        let submission = NewSubmission {
            approver,
            note: written.change_note.clone(),
            kind: written.change_kind,
            affects_grade: written.affects_grade,
            findings: Vec::new(),
            exception: String::new(),
            largest: self.largest(tx, author, (&version, &content)).await?,
        };
        tx.submit(&grant(author, version.subject(), at)?, &version, &content, &next, &submission).await?;
        Ok(())
    }

    /// What sending it works out for the messages about it.
    async fn largest(
        &self,
        tx: &mut Tx,
        author: &Staff,
        (version, content): (&Version, &Content),
    ) -> Result<Vec<String>, DemoError> {
        let Some(base) = version.base else { return Ok(Vec::new()) };
        let old = self.load(tx, author, base).await?;
        let before = tx.content(old.employer, base).await?;
        let compared = compare((&old.details, &before), (&version.details, content), (&old.grade, &version.grade));
        Ok(compared.map_or_else(|_| Vec::new(), |comparison| largest(&comparison, TOLD)))
    }

    pub(super) async fn request_changes(
        &self,
        tx: &mut Tx,
        edition: usize,
        at: OffsetDateTime,
    ) -> Result<(), DemoError> {
        let written = &self.written.history[edition];
        let manager = self.named(&written.approver)?;
        let (version, task) = self.for_decision(tx, manager, edition).await?;
        let reason = written.reason.clone();
        let event = version::Event::RequestChanges { approver: task.assigned_to, reason };
        let next = after(&version, event, manager, at)?;
        let granted: Granted<act::RequestChanges> = grant(manager, version.subject(), at)?;
        Ok(tx.request_changes(&granted, &version, &task, &next, &written.reason).await?)
    }

    pub(super) async fn approve(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let manager = self.named(&self.written.history[edition].approved_by)?;
        let (version, task) = self.for_decision(tx, manager, edition).await?;
        let (editors, proposers) = tx.writers(version.id).await?;
        let event = version::Event::Approve { approver: task.assigned_to, editors, proposers };
        let next = after(&version, event, manager, at)?;
        Ok(tx.approve(&grant(manager, version.subject(), at)?, &version, &task, &next).await?)
    }

    pub(super) async fn record_basis(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let written = &self.written.history[edition];
        let recorder =
            self.named(if written.issued_by.is_some() { &written.issued_by } else { &written.submitted_by })?;
        let version = self.load(tx, recorder, self.versions[edition]).await?;
        let details = self.with_basis(version.details.clone());
        Ok(tx.record_grade_basis(&grant(recorder, version.subject(), at)?, &version, &details).await?)
    }

    pub(super) async fn issue(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let issuer = self.named(&self.written.history[edition].issued_by)?;
        let version = self.load(tx, issuer, self.versions[edition]).await?;
        let content = tx.content(version.employer, version.id).await?;
        let old = match version.issued {
            Some((id, _)) => Some(self.load(tx, issuer, id).await?),
            None => None,
        };
        let problems = checks::before_issuing(&version.details, &content, old.as_ref().map(|old| &old.details));
        let today = london_date(at);
        let next = after(&version, version::Event::Issue { problems, effective_from: today, today }, issuer, at)?;
        let superseded = match &old {
            Some(old) => Some((old, after(old, version::Event::Supersede, issuer, at)?)),
            None => None,
        };
        let superseded = superseded.as_ref().map(|(old, state)| (*old, state));
        Ok(tx.issue(&grant(issuer, version.subject(), at)?, &version, &next, superseded).await?)
    }

    pub(super) async fn withdraw(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let written = &self.written.history[edition];
        let who = self.named(&written.withdrawn_by)?;
        let version = self.load(tx, who, self.versions[edition]).await?;
        let next = after(&version, version::Event::Withdraw { reason: written.reason.clone() }, who, at)?;
        Ok(tx.withdraw(&grant(who, version.subject(), at)?, &version, &next, &written.reason).await?)
    }

    pub(super) async fn discard(&self, tx: &mut Tx, edition: usize, at: OffsetDateTime) -> Result<(), DemoError> {
        let who = self.named(&self.written.history[edition].discarded_by)?;
        let version = self.load(tx, who, self.versions[edition]).await?;
        let next = after(&version, version::Event::Discard, who, at)?;
        Ok(tx.discard(&grant(who, version.subject(), at)?, &version, &next).await?)
    }

    async fn for_decision(&self, tx: &mut Tx, who: &Staff, edition: usize) -> Result<(Version, OpenTask), DemoError> {
        let version = self.load(tx, who, self.versions[edition]).await?;
        let task =
            version.open_task.clone().ok_or_else(|| DemoError::Unknown(format!("a task for {}", version.name())))?;
        Ok((version, task))
    }
}

fn after(version: &Version, event: version::Event, who: &Staff, at: OffsetDateTime) -> Result<State, DemoError> {
    let act = version::Act { by: who.membership, at };
    version.state.clone().after(event, act).map_err(|refusals| DemoError::Refused { what: version.name(), refusals })
}
