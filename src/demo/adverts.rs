//! Adverts for issued versions: written, confirmed by the hiring manager, published, withdrawn.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};

use super::DemoError;
use super::calendar::Calendar;
use super::data;
use super::steps::AdvertEvent;
use super::story::{Story, grant};
use crate::clock::{end_of_day, london_date, start_of_day};
use crate::db::{Tx, Version};
use crate::domain::advert::{self, AdvertText};
use crate::domain::ids::AdvertId;
use crate::domain::pay::{Grade, salary};
use crate::policy::{Act, Granted, Staff, Subject};

/// An advert, with its identity once it is written.
pub struct Advert<'a> {
    pub written: &'a data::Advert,
    id: Option<AdvertId>,
}

/// The adverts, none of them written yet.
pub fn adverts<'a>(
    written: &'a [data::Advert],
    stories: &BTreeMap<&str, Story<'_>>,
) -> Result<Vec<Advert<'a>>, DemoError> {
    let advert = |written: &'a data::Advert| match stories.contains_key(written.profile.as_str()) {
        true => Ok(Advert { written, id: None }),
        false => Err(DemoError::Unknown(written.profile.clone())),
    };
    written.iter().map(advert).collect()
}

impl Advert<'_> {
    /// Lets one event happen.
    pub async fn tell(
        &mut self,
        tx: &mut Tx,
        stories: &BTreeMap<&str, Story<'_>>,
        event: AdvertEvent,
        at: OffsetDateTime,
        days: &Calendar,
    ) -> Result<(), DemoError> {
        let story = stories.get(self.written.profile.as_str()).ok_or_else(|| self.unknown())?;
        let writer = story.office.staff(&self.written.written_by)?;
        let manager = story.office.staff(&self.written.hiring_manager)?;
        let version = story.issued(tx, writer).await?;
        match event {
            AdvertEvent::Write => {
                let text = self.text(tx, &version, (writer, manager), at, days).await?;
                self.id = Some(tx.write_demonstration_advert(&grant(writer, version.subject(), at)?, &text).await?);
            }
            AdvertEvent::Confirm => tx.confirm_demonstration_advert(&self.grant(manager, &version, at)?).await?,
            AdvertEvent::Publish => {
                let (opens, closes) = (days.day(self.written.opens_days), days.day(self.written.closes_days));
                let granted = self.grant(writer, &version, at)?;
                tx.publish_demonstration_advert(&granted, start_of_day(opens), end_of_day(closes)).await?;
            }
            AdvertEvent::Withdraw => {
                tx.withdraw_demonstration_advert(&self.grant(writer, &version, at)?, &self.written.reason).await?;
            }
        }
        Ok(())
    }

    fn grant<A: Act<Id = AdvertId>>(
        &self,
        staff: &Staff,
        version: &Version,
        at: OffsetDateTime,
    ) -> Result<Granted<A>, DemoError> {
        let id = self.id.ok_or_else(|| self.unknown())?;
        let name = format!("advert “{}”", self.written.headline);
        grant(staff, Subject { name, ..version.subject_as(id) }, at)
    }

    async fn text(
        &self,
        tx: &mut Tx,
        version: &Version,
        (writer, manager): (&Staff, &Staff),
        at: OffsetDateTime,
        days: &Calendar,
    ) -> Result<AdvertText, DemoError> {
        let written = self.written;
        let opens = days.day(written.opens_days);
        let grades = tx.grades(version.employer).await?;
        let text = AdvertText {
            headline: written.headline.clone(),
            short_text: written.short_text.clone(),
            reference: written.reference.clone(),
            salary_typed: false,
            salary_text: pay(&grades, version, opens).ok_or_else(|| self.unknown())?,
            contract: written.contract.clone(),
            working_pattern: written.working_pattern.clone(),
            locations: written.locations.join("\n"),
            contact_name: written.contact.name.clone(),
            contact_email: written.contact.email.clone(),
            contact_phone: written.contact.phone.clone(),
            apply_kind: written.apply.kind,
            apply_value: written.apply.value.clone(),
            hiring_manager: Some(manager.membership),
            opens_on: Some(opens),
            closes_on: Some(days.day(written.closes_days)),
            shortlisting_on: Some(days.working_day(written.shortlisting_days)),
            interviews_on: Some(days.working_day(written.interview_days)),
        };
        match advert::problems(&text, writer.membership, london_date(at)).first() {
            None => Ok(text),
            Some((_, problem)) => Err(DemoError::AdvertRefused { headline: text.headline, problem: problem.clone() }),
        }
    }

    fn unknown(&self) -> DemoError {
        DemoError::Unknown(self.written.headline.clone())
    }
}

/// What the version's grade pays on that day.
fn pay(grades: &[Grade], version: &Version, day: Date) -> Option<String> {
    let find = |id| grades.iter().find(|grade| Some(grade.id) == id);
    salary(find(version.details.grade_from)?, find(version.details.grade_to), day)
}
