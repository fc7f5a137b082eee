//! Adverts for issued versions: written, confirmed by the hiring manager, published, withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, OffsetDateTime};

use super::DemoError;
use super::calendar::Calendar;
use super::data;
use super::steps::AdvertEvent;
use super::story::{Story, grant};
use crate::clock::london_date;
use crate::db::{self, ToKeepers, Tx, Version};
use crate::domain::advert::{AdvertText, ContractKind, Flexible, Offer, Pattern, Step, pay_day, window};
use crate::domain::ids::AdvertId;
use crate::domain::pay::Day;
use crate::policy::Staff;

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
        match event {
            AdvertEvent::Write => {
                let version = story.issued(tx, writer).await?;
                let text = self.text(&version, manager, at, days)?;
                let (id, _) = tx.create_advert(&grant(writer, version.subject(), at)?, &version, &text).await?;
                self.id = Some(id);
                Ok(())
            }
            AdvertEvent::Ask => self.ask(tx, writer, manager, at).await,
            AdvertEvent::Confirm => self.confirm(tx, manager, at).await,
            AdvertEvent::Publish => self.publish(tx, writer, at).await,
            AdvertEvent::Withdraw => self.withdraw(tx, writer, at).await,
        }
    }

    async fn ask(&self, tx: &mut Tx, writer: &Staff, manager: &Staff, at: OffsetDateTime) -> Result<(), DemoError> {
        let advert = self.load(tx, writer).await?;
        let problems = advert.problems(advert.text(), &advert.writers, london_date(at));
        self.allow(&advert, Step::Ask { problems })?;
        let granted = grant(writer, advert.subject(), at)?;
        Ok(tx.ask_to_confirm(&granted, advert.id, manager.membership, &manager.person.name).await?)
    }

    async fn confirm(&self, tx: &mut Tx, manager: &Staff, at: OffsetDateTime) -> Result<(), DemoError> {
        let advert = self.load(tx, manager).await?;
        let asked = advert.asked.clone().ok_or_else(|| self.unknown())?;
        let writers: BTreeSet<_> = advert.writers.clone();
        self.allow(
            &advert,
            Step::Confirm { by: manager.membership, asked: Some(asked.assigned_to), writers: &writers },
        )?;
        Ok(tx.confirm_advert(&grant(manager, advert.subject(), at)?, &advert, &asked).await?)
    }

    async fn publish(&self, tx: &mut Tx, writer: &Staff, at: OffsetDateTime) -> Result<(), DemoError> {
        let advert = self.load(tx, writer).await?;
        let text = advert.text();
        let open = text.closes_on.and_then(|closes_on| window(text.opens_on, closes_on, at));
        let problems = advert.problems(text, &advert.writers, london_date(at));
        self.allow(&advert, Step::Publish { problems, window: open })?;
        let open = open.ok_or_else(|| self.unknown())?;
        Ok(tx.publish_advert(&grant(writer, advert.subject(), at)?, &advert, open, &text.salary_text).await?)
    }

    async fn withdraw(&self, tx: &mut Tx, writer: &Staff, at: OffsetDateTime) -> Result<(), DemoError> {
        let advert = self.load(tx, writer).await?;
        let reason = &self.written.reason;
        self.allow(&advert, Step::Withdraw { reason })?;
        Ok(tx.withdraw_advert(&grant(writer, advert.subject(), at)?, &advert, reason, &ToKeepers::default()).await?)
    }

    async fn load(&self, tx: &mut Tx, staff: &Staff) -> Result<db::Advert, DemoError> {
        let id = self.id.ok_or_else(|| self.unknown())?;
        tx.advert(&staff.scope(), id).await?.ok_or_else(|| self.unknown())
    }

    fn allow(&self, advert: &db::Advert, step: Step<'_>) -> Result<(), DemoError> {
        let refused = |refusals: Vec<_>| DemoError::AdvertRefused { what: advert.name(), refusals };
        advert.state.after(step).map(|_| ()).map_err(refused)
    }

    fn text(
        &self,
        version: &Version,
        manager: &Staff,
        at: OffsetDateTime,
        days: &Calendar,
    ) -> Result<AdvertText, DemoError> {
        let written = self.written;
        let opens_on = Some(days.day(written.opens_days));
        let contract_kind = ContractKind::read(&written.contract);
        let says_more = contract_kind.is_none_or(|kind| kind.label() != written.contract);
        Ok(AdvertText {
            headline: written.headline.clone(),
            short_text: written.short_text.clone(),
            reference: written.reference.clone(),
            salary_typed: false,
            salary_text: pay(version, pay_day(opens_on, london_date(at))).ok_or_else(|| self.unknown())?,
            contract_kind,
            contract: if says_more { written.contract.clone() } else { String::new() },
            working_pattern: written.working_pattern.clone(),
            offer: Offer {
                patterns: Pattern::read(&written.working_pattern),
                flexible: Flexible::read(&written.working_pattern),
                dbs: written.dbs,
                ask_by_form: written.contact.by_form,
                ..Offer::default()
            },
            locations: written.locations.join("\n"),
            contact_name: written.contact.name.clone(),
            contact_email: written.contact.email.clone(),
            contact_phone: written.contact.phone.clone(),
            apply_kind: written.apply.kind,
            apply_value: written.apply.value.clone(),
            hiring_manager: Some(manager.membership),
            opens_on,
            closes_on: Some(days.day(written.closes_days)),
            shortlisting_on: Some(days.working_day(written.shortlisting_days)),
            interviews_on: Some(days.working_day(written.interview_days)),
            starts: "As soon as you can".into(),
        })
    }

    fn unknown(&self) -> DemoError {
        DemoError::Unknown(self.written.headline.clone())
    }
}

/// What the version's grade pays on that day.
fn pay(version: &Version, day: Date) -> Option<String> {
    version.salary_on(Day::of(day)).map(|salary| salary.words())
}
