//! How a profile and each of its drafts begin.

use time::OffsetDateTime;

use super::data::Edition;
use super::story::{Story, grant};
use super::{DemoError, edits};
use crate::db::{Origin, ProfileChange, Tx};
use crate::domain::clause::place_one;
use crate::domain::content::{Content, Item};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, ProfileId, UnitId};
use crate::domain::text::profile_reference;
use crate::policy::{Staff, Subject};

impl Story<'_> {
    pub(super) async fn create(&mut self, tx: &mut Tx, written: &Edition, at: OffsetDateTime) -> Result<(), DemoError> {
        let author = self.office.staff(&written.created_by)?;
        let unit = self.office.unit(&self.written.unit)?;
        let origin = Origin {
            details: self.details(written)?,
            content: self.content(tx, written).await?,
            post_numbers: String::new(),
            form_key: None,
        };
        let place = Subject {
            id: unit,
            employer: Some(self.office.id),
            unit: Some(unit),
            person: None,
            profile: None,
            name: "a new profile".to_owned(),
        };
        let begun = tx.create_profile(&grant(author, place, at)?, &origin).await?;
        self.versions.push(begun.version);
        self.hand_over(tx, author, begun.profile, begun.profile_number, unit, at).await
    }

    /// Gives the profile to its owner, with its posts and its review date.
    async fn hand_over(
        &self,
        tx: &mut Tx,
        author: &Staff,
        profile: ProfileId,
        number: i32,
        unit: UnitId,
        at: OffsetDateTime,
    ) -> Result<(), DemoError> {
        let owner = self.office.staff(&self.written.owner)?;
        let subject = Subject {
            id: profile,
            employer: Some(self.office.id),
            unit: Some(unit),
            person: None,
            profile: Some(profile),
            name: profile_reference(number),
        };
        let granted = grant(author, subject, at)?;
        let posts = self.written.post_numbers.join(", ");
        let review_date = Some(self.review_date);
        let change = ProfileChange { owner: owner.membership, unit, post_numbers: &posts, review_date };
        Ok(tx.change_profile(&granted, &change, &[("owner", &owner.person.name)]).await?)
    }

    /// The next draft: typed into a copy of the last version, or brought back as a document, which is where
    /// guesses come from.
    pub(super) async fn start_draft(
        &mut self,
        tx: &mut Tx,
        written: &Edition,
        at: OffsetDateTime,
    ) -> Result<(), DemoError> {
        let author = self.office.staff(&written.created_by)?;
        let last = self.versions.last().copied().ok_or_else(|| self.unknown())?;
        let base = self.load(tx, author, last).await?;
        let content = self.content(tx, written).await?;
        let details = written.content.details(base.details.clone());
        let granted = grant(author, base.profile_subject(), at)?;
        if written.content.is_read_with_a_guess() {
            let (_, version) = tx.start_draft_with(&granted, &base, &details, &content).await?;
            self.versions.push(version);
            return Ok(());
        }
        let number = tx.start_draft(&granted, &base).await?;
        let draft = tx.version(&author.scope(), base.profile.number, number).await?.ok_or_else(|| self.unknown())?;
        self.versions.push(draft.id);
        edits::make(tx, author, &draft, &details, &content, at).await
    }

    /// The details of a first version. A post that nobody has agreed to yet has at most an indicative grade.
    fn details(&self, written: &Edition) -> Result<Details, DemoError> {
        let grade_from = Some(self.office.grade(&self.written.grade)?);
        let details = written.content.details(Details { grade_from, ..Details::default() });
        Ok(match written.days_ago.approved {
            Some(_) => details,
            None => self.with_basis(details),
        })
    }

    pub(super) fn with_basis(&self, details: Details) -> Details {
        let basis = &self.written.grade_basis;
        Details {
            grade_basis: Some(basis.kind),
            grade_basis_reference: basis.reference.clone().unwrap_or_default(),
            grade_basis_date: Some(basis.date),
            ..details
        }
    }

    /// The content of an edition, with fresh identities for what no edition before it had.
    async fn content(&mut self, tx: &mut Tx, written: &Edition) -> Result<Content, DemoError> {
        let mut keys = written.content.keys();
        keys.retain(|key| !self.identities.contains_key(key));
        let fresh = tx.new_identities(keys.len()).await?;
        self.identities.extend(keys.into_iter().zip(fresh));
        Ok(self.written_content(written))
    }

    /// What the file says, where each line that stands for a clause says what the library does.
    pub(super) fn written_content(&self, written: &Edition) -> Content {
        let mut content = written.content.sections(&mut |key| self.identity(key));
        for (key, clause) in &self.office.clauses {
            let Some(id) = self.identities.get(*key).map(|id| ItemId(*id)) else { continue };
            let lines = content.sections.iter_mut().flat_map(|section| section.items.iter_mut());
            for line in lines.filter(|line| line.id == id) {
                *line = Item { number: line.number.clone(), ..place_one(clause, id) };
            }
        }
        content
    }
}
