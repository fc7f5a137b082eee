//! Issued versions and published adverts for stories that begin after them, made through the same acts as the pages.

use rolebook::db::{NewGrade, NewScheme, NewSubmission, Origin, Tx, Version};
use rolebook::domain::advert::{AdvertText, ApplyKind, ContractKind, Dbs, Offer, Pattern, window};
use rolebook::domain::content::{Assessment, Body, Content, Importance, Item, Section, SectionKind};
use rolebook::domain::details::{ChangeKind, Details, GradeBasis};
use rolebook::domain::ids::{AdvertId, EmployerId, GradeId, ItemId, MembershipId, SectionId, UnitId, VersionId};
use rolebook::domain::version::{Act, Event};
use rolebook::policy::{Actor, Staff, Subject, Via, act, grant};
use time::macros::date;

use super::people::{Employer, Person, Unit};
use super::site::Site;

/// Band 4 of the trust pays this much until the end of March 2026.
pub const PAY: &str = "£27,485 to £30,162 a year";
/// And this much from 1 April 2026 on.
pub const PAY_FROM_APRIL: &str = "£28,392 to £31,157 a year";

/// The pay scheme of those bands.
pub const SCHEME: &str = "Agenda for Change";

/// A version that is in force.
#[derive(Debug, Clone)]
pub struct Issued {
    pub id: VersionId,
    pub profile_number: i32,
    pub number: i32,
}

impl Issued {
    /// `profiles/JP-0001/versions/1`, for [`Employer::path`].
    pub fn path(&self) -> String {
        format!("profiles/JP-{:04}/versions/{}", self.profile_number, self.number)
    }
}

impl Site {
    pub async fn tx(&self) -> Tx {
        self.app.database.begin().await.unwrap()
    }

    /// A person as the rules know them.
    pub async fn staff(&self, employer: &Employer, person: &Person) -> Staff {
        let mut tx = self.tx().await;
        tx.staff_by_email(EmployerId(employer.id), &person.email, Via::Web).await.unwrap().unwrap()
    }

    /// Grades with amounts, lowest first: `Band 3` and `Band 4`, and `Local` without amounts.
    pub async fn db_grades(&self, employer: &Employer) {
        let source = "a story".to_owned();
        let grade = |name: &str, amounts| NewGrade {
            pay_scheme: SCHEME.into(),
            name: name.into(),
            amounts,
            ..NewGrade::default()
        };
        let band_3 = vec![(date!(2025 - 04 - 01), 2_493_700, 2_659_800, source.clone())];
        let band_4 = vec![
            (date!(2025 - 04 - 01), 2_748_500, 3_016_200, source.clone()),
            (date!(2026 - 04 - 01), 2_839_200, 3_115_700, source),
        ];
        let grades = [grade("Band 3", band_3), grade("Band 4", band_4), grade("Local", Vec::new())];
        let mut tx = self.tx().await;
        let scheme = NewScheme { name: SCHEME.into(), week: 3750, ..NewScheme::default() };
        tx.add_schemes(EmployerId(employer.id), &[scheme], self.app.clock.now()).await.unwrap();
        tx.add_grades(EmployerId(employer.id), &grades, self.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn db_grade(&self, employer: &Employer, name: &str) -> Option<GradeId> {
        let sql = "select id from grade where employer_id = $1 and name = $2";
        let found = sqlx::query_scalar(sql).bind(employer.id).bind(name).fetch_optional(&self.db).await.unwrap();
        found.map(GradeId)
    }

    /// A profile of the unit, written by its author, approved by its manager and in force.
    pub async fn db_issued(&self, employer: &Employer, unit: &Unit, title: &str, grade: &str) -> Issued {
        let details = Details {
            title: title.into(),
            grade_from: self.db_grade(employer, grade).await,
            grade_basis: Some(GradeBasis::Evaluated),
            hours: "37.5 hours a week".into(),
            contract: "Permanent".into(),
            working_pattern: "Full time".into(),
            location: "Millfield Health Centre, HX7".into(),
            reports_to: "Team leader".into(),
            ..Details::default()
        };
        let mut tx = self.tx().await;
        let content = content(&mut tx).await;
        let origin = Origin { details, content, post_numbers: String::new(), form_key: None };
        let author = self.staff(employer, &unit.team.author).await;
        let granted =
            grant::<act::CreateProfile>(&Actor::Staff(author.clone()), unit_subject(employer, unit), self.now());
        let begun = tx.create_profile(&granted.unwrap(), &origin).await.unwrap();
        tx.commit().await.unwrap();
        let issued = Issued { id: begun.version, profile_number: begun.profile_number, number: 1 };
        self.db_bring_into_force(employer, unit, begun.version).await;
        issued
    }

    /// The next version of a profile, with the same content, in force.
    pub async fn db_next_issued(&self, employer: &Employer, unit: &Unit, of: &Issued) -> Issued {
        let draft = self.db_next_draft(employer, unit, of).await;
        self.db_bring_into_force(employer, unit, draft.id).await;
        draft
    }

    /// The next draft of a profile, with the same content.
    pub async fn db_next_draft(&self, employer: &Employer, unit: &Unit, of: &Issued) -> Issued {
        let author = self.staff(employer, &unit.team.author).await;
        let mut tx = self.tx().await;
        let old = tx.version_by_id(&author.scope(), of.id).await.unwrap().unwrap();
        let granted =
            grant::<act::StartDraft>(&Actor::Staff(author.clone()), old.profile_subject(), self.now()).unwrap();
        let number = tx.start_draft(&granted, &old).await.unwrap();
        let new = tx.version(&author.scope(), of.profile_number, number).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        Issued { id: new.id, profile_number: of.profile_number, number }
    }

    /// Submitted by the unit's author and approved by its manager.
    pub async fn db_approve(&self, employer: &Employer, unit: &Unit, version: VersionId) {
        let author = self.staff(employer, &unit.team.author).await;
        let manager = self.staff(employer, &unit.team.manager).await;
        let (writes, decides) = (Actor::Staff(author.clone()), Actor::Staff(manager.clone()));
        let mut tx = self.tx().await;
        let approver = manager.membership;

        let draft = reload(&mut tx, &author, version).await;
        let content = tx.content(draft.employer, version).await.unwrap();
        let next = draft.state.clone().after(
            Event::Submit { problems: Vec::new(), approver, editors: Vec::new(), proposers: Vec::new() },
            self.act(&author),
        );
        let said = NewSubmission {
            approver,
            note: "For the story".into(),
            kind: ChangeKind::Major,
            affects_grade: false,
            findings: Vec::new(),
            exception: String::new(),
            largest: Vec::new(),
        };
        let granted = grant::<act::Submit>(&writes, draft.subject(), self.now()).unwrap();
        tx.submit(&granted, &draft, &content, &next.unwrap(), &said).await.unwrap();

        let sent = reload(&mut tx, &manager, version).await;
        let event = Event::Approve { approver, editors: Vec::new(), proposers: Vec::new() };
        let next = sent.state.clone().after(event, self.act(&manager)).unwrap();
        let granted = grant::<act::Approve>(&decides, sent.subject(), self.now()).unwrap();
        tx.approve(&granted, &sent, sent.open_task.as_ref().unwrap(), &next).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Submitted by the unit's author, approved by its manager, issued by the author.
    async fn db_bring_into_force(&self, employer: &Employer, unit: &Unit, version: VersionId) {
        self.db_approve(employer, unit, version).await;
        let author = self.staff(employer, &unit.team.author).await;
        let writes = Actor::Staff(author.clone());
        let mut tx = self.tx().await;
        let approved = reload(&mut tx, &author, version).await;
        let today = rolebook::clock::london_date(self.now());
        let event = Event::Issue { problems: Vec::new(), effective_from: today, today };
        let next = approved.state.clone().after(event, self.act(&author)).unwrap();
        let granted = grant::<act::Issue>(&writes, approved.subject(), self.now()).unwrap();
        let old = match approved.issued {
            Some((id, _)) => Some(reload(&mut tx, &author, id).await),
            None => None,
        };
        let superseded = old.as_ref().map(|old| old.state.clone().after(Event::Supersede, self.act(&author)).unwrap());
        tx.issue(&granted, &approved, &next, old.as_ref().zip(superseded.as_ref())).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// An advert of the version, confirmed by the unit's manager and published now; `change` sets what the story needs.
    pub async fn db_published(
        &self,
        employer: &Employer,
        unit: &Unit,
        version: &Issued,
        change: impl FnOnce(&mut AdvertText),
    ) -> AdvertId {
        let id = self.db_advert(employer, unit, version, change).await;
        self.db_ask(employer, unit, id).await;
        self.db_confirm(employer, unit, id).await;
        self.db_publish(employer, unit, id).await;
        id
    }

    /// A whole text that nobody was asked to confirm yet.
    pub async fn db_advert(
        &self,
        employer: &Employer,
        unit: &Unit,
        version: &Issued,
        change: impl FnOnce(&mut AdvertText),
    ) -> AdvertId {
        let author = self.staff(employer, &unit.team.author).await;
        let mut text = advert_text(self.staff(employer, &unit.team.manager).await.membership);
        change(&mut text);
        let mut tx = self.tx().await;
        let pinned = reload(&mut tx, &author, version.id).await;
        let granted = grant::<act::CreateAdvert>(&Actor::Staff(author), pinned.subject(), self.now()).unwrap();
        let (id, made) = tx.create_advert(&granted, &pinned, &text).await.unwrap();
        assert!(made, "the version had an advert in work");
        tx.commit().await.unwrap();
        id
    }

    /// The unit's author asks its manager to confirm the advert.
    pub async fn db_ask(&self, employer: &Employer, unit: &Unit, id: AdvertId) {
        let author = self.staff(employer, &unit.team.author).await;
        let manager = self.staff(employer, &unit.team.manager).await.membership;
        let mut tx = self.tx().await;
        let advert = tx.advert(&author.scope(), id).await.unwrap().unwrap();
        let granted = grant::<act::EditAdvert>(&Actor::Staff(author), advert.subject(), self.now()).unwrap();
        tx.ask_to_confirm(&granted, id, manager, "the manager").await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn db_confirm(&self, employer: &Employer, unit: &Unit, id: AdvertId) {
        let manager = self.staff(employer, &unit.team.manager).await;
        let mut tx = self.tx().await;
        let advert = tx.advert(&manager.scope(), id).await.unwrap().unwrap();
        let granted = grant::<act::ConfirmAdvert>(&Actor::Staff(manager), advert.subject(), self.now()).unwrap();
        tx.confirm_advert(&granted, &advert, advert.asked.as_ref().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn db_publish(&self, employer: &Employer, unit: &Unit, id: AdvertId) {
        let author = self.staff(employer, &unit.team.author).await;
        let mut tx = self.tx().await;
        let advert = tx.advert(&author.scope(), id).await.unwrap().unwrap();
        let text = advert.text();
        let open = window(text.opens_on, text.closes_on.unwrap(), self.now()).unwrap();
        let granted = grant::<act::PublishAdvert>(&Actor::Staff(author), advert.subject(), self.now()).unwrap();
        tx.publish_advert(&granted, &advert, open, &text.salary_text).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn act(&self, staff: &Staff) -> Act {
        Act { by: staff.membership, at: self.now() }
    }

    pub fn now(&self) -> time::OffsetDateTime {
        self.app.clock.now()
    }
}

async fn reload(tx: &mut Tx, staff: &Staff, version: VersionId) -> Version {
    tx.version_by_id(&staff.scope(), version).await.unwrap().unwrap()
}

fn unit_subject(employer: &Employer, unit: &Unit) -> Subject<UnitId> {
    Subject {
        id: UnitId(unit.id),
        employer: Some(EmployerId(employer.id)),
        unit: Some(UnitId(unit.id)),
        person: None,
        profile: None,
        name: unit.name.clone(),
    }
}

/// A whole text.
pub fn advert_text(hiring_manager: MembershipId) -> AdvertText {
    AdvertText {
        headline: "Help people where they live".into(),
        short_text: "You will visit people at home.\n- listen\n- plan".into(),
        reference: "NM-1".into(),
        salary_typed: false,
        salary_text: PAY.into(),
        contract_kind: Some(ContractKind::Permanent),
        contract: String::new(),
        working_pattern: "Full time or part time".into(),
        offer: Offer {
            patterns: vec![Pattern::FullTime, Pattern::PartTime],
            dbs: Some(Dbs::NoCheck),
            ..Offer::default()
        },
        locations: "Millfield Health Centre, HX7\nWeaver Street, HX2".into(),
        contact_name: "Sunita Rao".into(),
        contact_email: "community@northmoor.example".into(),
        contact_phone: "01632 960114".into(),
        apply_kind: ApplyKind::Link,
        apply_value: "https://jobs.northmoor.example/NM-1".into(),
        hiring_manager: Some(hiring_manager),
        opens_on: None,
        closes_on: Some(date!(2026 - 02 - 15)),
        shortlisting_on: Some(date!(2026 - 02 - 18)),
        interviews_on: Some(date!(2026 - 02 - 25)),
        starts: "1 April 2026, or when you can".into(),
    }
}

/// One section of each kind; what only staff may read says so.
async fn content(tx: &mut Tx) -> Content {
    let mut ids = tx.new_identities(40).await.unwrap().into_iter();
    let mut item = |text: &str, body: Body| Item::new(ItemId(ids.next().unwrap()), text, body);
    let term = |label: &str| Body::Term { label: label.into() };
    let criterion = Body::Criterion {
        importance: Importance::Essential,
        subheading: String::new(),
        assessment: vec![Assessment::Interview],
    };
    let demand = Body::Demand { present: Some(true), frequency: "Daily".into(), examples: "For staff: lifting".into() };
    let factor = Body::FactorLevel { factor: "Freedom to act".into(), level: "3".into() };
    let old_date = Body::Detail { label: "Closing date".into() };
    let parts = [
        (SectionKind::Details, item("For staff: 1 March 2019", old_date)),
        (SectionKind::Prose, item("You keep people well at home.", Body::Paragraph)),
        (SectionKind::Duties, item("Plans visits for the week.", Body::duty())),
        (SectionKind::Criteria, item("Listens well to people.", criterion)),
        (SectionKind::Terms, item("27 days a year, and public holidays", term("Leave"))),
        (SectionKind::Clauses, item("We keep people safe.", Body::clause("Safeguarding"))),
        (SectionKind::Demands, item("For staff: physical effort", demand)),
        (SectionKind::Factors, item("For staff: works alone", factor)),
        (SectionKind::OrganisationChart, item("For staff: the chart", Body::Paragraph)),
    ];
    let sections = parts.into_iter().map(|(kind, item)| {
        let id = SectionId(ids.next().unwrap());
        Section { id, kind, heading: String::new(), revision: 1, items: vec![item] }
    });
    Content { sections: sections.collect() }
}
