//! A desk behind the pages: profiles brought to any state through the program's own rules and writes, without a
//! browser. What it refuses, the program refused.

use rolebook::db::{Begun, DbError, NewSubmission, Origin, Tx, Version};
use rolebook::domain::checks;
use rolebook::domain::content::{Content, Item, ItemKind};
use rolebook::domain::details::{ChangeKind, Details};
use rolebook::domain::ids::{EmployerId, MembershipId, UnitId, VersionId};
use rolebook::domain::version::{Act, Event, Refusal, State};
use rolebook::policy::{Actor, Denied, Granted, Role, Scope, Staff, Subject, Via, act, grant};
use time::Date;

use super::content::{self, Identities};
use super::people::{Employer, Person, Unit};
use super::site::Site;

#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub site: &'a Site,
    pub employer: &'a Employer,
}

/// Why something did not happen.
#[derive(Debug)]
pub enum No {
    /// By the policy.
    Denied,
    /// By the workflow.
    Refused(Vec<Refusal>),
    /// By the database.
    Database(DbError),
}

impl From<Denied> for No {
    fn from(_: Denied) -> Self {
        No::Denied
    }
}

impl From<Vec<Refusal>> for No {
    fn from(refusals: Vec<Refusal>) -> Self {
        No::Refused(refusals)
    }
}

impl From<DbError> for No {
    fn from(error: DbError) -> Self {
        No::Database(error)
    }
}

impl<'a> Desk<'a> {
    pub fn new(site: &'a Site, employer: &'a Employer) -> Self {
        Desk { site, employer }
    }

    pub async fn begin(&self) -> Tx {
        self.site.app.database.begin().await.unwrap()
    }

    fn employer_id(&self) -> EmployerId {
        EmployerId(self.employer.id)
    }

    pub async fn staff(&self, person: &Person) -> Staff {
        let mut tx = self.begin().await;
        tx.staff_by_email(self.employer_id(), &person.email, Via::Web).await.unwrap().expect("a member of staff")
    }

    /// Sees everything of the employer.
    async fn scope(&self) -> Scope {
        self.staff(&self.employer.admin).await.scope()
    }

    pub async fn version(&self, id: VersionId) -> Version {
        let scope = self.scope().await;
        self.begin().await.version_by_id(&scope, id).await.unwrap().expect("the version is there")
    }

    pub async fn content(&self, id: VersionId) -> Content {
        self.begin().await.content(self.employer_id(), id).await.unwrap()
    }

    pub async fn identities(&self, how_many: usize) -> Identities {
        Identities(self.begin().await.new_identities(how_many).await.unwrap())
    }

    /// A profile with that content as its first draft.
    pub async fn start(&self, author: &Person, unit: &Unit, details: Details, content: Content) -> Result<Begun, No> {
        let actor = Actor::Staff(self.staff(author).await);
        let id = UnitId(unit.id);
        let subject = Subject {
            id,
            employer: Some(self.employer_id()),
            unit: Some(id),
            person: None,
            profile: None,
            name: unit.name.clone(),
        };
        let granted = grant::<act::CreateProfile>(&actor, subject, self.site.app.clock.now())?;
        let mut tx = self.begin().await;
        let origin = Origin { details, content, post_numbers: String::new(), form_key: None };
        let begun = tx.create_profile(&granted, &origin).await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// A draft of everything that a version can hold, ready to be sent.
    pub async fn whole_draft(&self, author: &Person, unit: &Unit, title: &str) -> Begun {
        let content = content::of_every_kind(&mut self.identities(content::EVERY_KIND).await);
        let details = content::details(title, self.db_grade().await);
        self.start(author, unit, details, content).await.unwrap()
    }

    /// The employer's only grade, made where there is none.
    pub async fn db_grade(&self) -> i64 {
        let sql = "insert into grade (employer_id, pay_scheme, name, position, created_at)
            values ($1, 'Agenda for Change', 'Band 4', 4, now())
            on conflict (employer_id, pay_scheme, name) do update set position = 4 returning id";
        sqlx::query_scalar(sql).bind(self.employer.id).fetch_one(&self.site.db).await.unwrap()
    }

    async fn acting<A>(&self, person: &Person, version: &Version) -> Result<(Act, Granted<A>), No>
    where
        A: rolebook::policy::Act<Id = VersionId>,
    {
        let staff = self.staff(person).await;
        let (by, at) = (staff.membership, self.site.app.clock.now());
        Ok((Act { by, at }, grant::<A>(&Actor::Staff(staff), version.subject(), at)?))
    }

    pub async fn submit(&self, id: VersionId, author: &Person, approver: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Submit>(author, &version).await?;
        let content = self.content(id).await;
        let mut tx = self.begin().await;
        let approver = MembershipId(approver.membership.unwrap());
        let (editors, proposers) = tx.writers(id).await?;
        let problems = checks::before_submitting(&version.details, &content);
        let next = version.state.clone().after(Event::Submit { problems, approver, editors, proposers }, act)?;
        let said = NewSubmission {
            approver,
            note: "What is new.".into(),
            kind: ChangeKind::Minor,
            affects_grade: false,
            findings: Vec::new(),
            exception: String::new(),
            largest: Vec::new(),
        };
        tx.submit(&granted, &version, &content, &next, &said).await?;
        Ok(tx.commit().await?)
    }

    pub async fn recall(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Recall>(person, &version).await?;
        let administrator = self.staff(person).await.has(Role::Admin);
        let next = version.state.clone().after(Event::Recall { administrator }, act)?;
        let mut tx = self.begin().await;
        tx.recall(&granted, &version, &next).await?;
        Ok(tx.commit().await?)
    }

    pub async fn approve(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Approve>(person, &version).await?;
        let mut tx = self.begin().await;
        let (editors, proposers) = tx.writers(id).await?;
        let approver = version.open_task.as_ref().map_or(MembershipId(0), |task| task.assigned_to);
        let next = version.state.clone().after(Event::Approve { approver, editors, proposers }, act)?;
        let task = version.open_task.clone().expect("what is in review has a task");
        tx.approve(&granted, &version, &task, &next).await?;
        Ok(tx.commit().await?)
    }

    pub async fn request_changes(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::RequestChanges>(person, &version).await?;
        let approver = version.open_task.as_ref().map_or(MembershipId(0), |task| task.assigned_to);
        let reason = "Say what the post leads.".to_owned();
        let next = version.state.clone().after(Event::RequestChanges { approver, reason: reason.clone() }, act)?;
        let task = version.open_task.clone().expect("what is in review has a task");
        let mut tx = self.begin().await;
        tx.request_changes(&granted, &version, &task, &next, &reason).await?;
        Ok(tx.commit().await?)
    }

    pub async fn issue(&self, id: VersionId, person: &Person, effective_from: Date) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Issue>(person, &version).await?;
        let in_force = self.in_force(&version).await;
        let problems = self.issue_problems(&version, in_force.as_ref()).await;
        let today = self.site.app.clock.today();
        let next = version.state.clone().after(Event::Issue { problems, effective_from, today }, act)?;
        let old = superseded(in_force.as_ref(), act)?;
        let mut tx = self.begin().await;
        tx.issue(&granted, &version, &next, old.as_ref().map(|(old, state)| (*old, state))).await?;
        Ok(tx.commit().await?)
    }

    pub async fn issue_in_emergency(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::EmergencyIssue>(person, &version).await?;
        let in_force = self.in_force(&version).await;
        let problems = self.issue_problems(&version, in_force.as_ref()).await;
        let (reason, today) = ("The ward opens tonight.".to_owned(), self.site.app.clock.today());
        let event = Event::EmergencyIssue { problems, reason: reason.clone(), today };
        let next = version.state.clone().after(event, act)?;
        let old = superseded(in_force.as_ref(), act)?;
        let mut tx = self.begin().await;
        let old = old.as_ref().map(|(old, state)| (*old, state));
        tx.issue_in_emergency(&granted, &version, &next, old, &reason).await?;
        Ok(tx.commit().await?)
    }

    async fn in_force(&self, version: &Version) -> Option<Version> {
        match version.issued {
            Some((id, _)) if id != version.id => Some(self.version(id).await),
            Some(_) | None => None,
        }
    }

    async fn issue_problems(&self, version: &Version, in_force: Option<&Version>) -> Vec<checks::Problem> {
        let content = self.content(version.id).await;
        checks::before_issuing(&version.details, &content, in_force.map(|issued| &issued.details))
    }

    pub async fn withdraw(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Withdraw>(person, &version).await?;
        let reason = "The service moves.".to_owned();
        let next = version.state.clone().after(Event::Withdraw { reason: reason.clone() }, act)?;
        let mut tx = self.begin().await;
        tx.withdraw(&granted, &version, &next, &reason).await?;
        Ok(tx.commit().await?)
    }

    pub async fn discard(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Discard>(person, &version).await?;
        let next = version.state.clone().after(Event::Discard, act)?;
        let mut tx = self.begin().await;
        tx.discard(&granted, &version, &next).await?;
        Ok(tx.commit().await?)
    }

    pub async fn restore(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (act, granted) = self.acting::<act::Restore>(person, &version).await?;
        let next = version.state.clone().after(Event::Restore, act)?;
        let mut tx = self.begin().await;
        tx.restore(&granted, &version, &next).await?;
        Ok(tx.commit().await?)
    }

    /// Adds a mark to the first paragraph there is, whatever state the version is in.
    pub async fn edit_an_item(&self, id: VersionId, person: &Person) -> Result<(), No> {
        let version = self.version(id).await;
        let (_, granted) = self.acting::<act::EditContent>(person, &version).await?;
        let content = self.content(id).await;
        let before =
            content.all_items().into_iter().find(|item| item.kind() == ItemKind::Paragraph).expect("a paragraph");
        let after = Item { text: format!("{} More.", before.text), ..before.clone() };
        let mut tx = self.begin().await;
        tx.save_item(&granted, before, &after).await?;
        Ok(tx.commit().await?)
    }

    /// The next draft, from that version.
    pub async fn next_draft(&self, from: VersionId, author: &Person) -> Result<VersionId, No> {
        let version = self.version(from).await;
        let at = self.site.app.clock.now();
        let actor = Actor::Staff(self.staff(author).await);
        let granted = grant::<act::StartDraft>(&actor, version.profile_subject(), at)?;
        let scope = self.scope().await;
        let mut tx = self.begin().await;
        let number = tx.start_draft(&granted, &version).await?;
        let made = tx.version(&scope, version.profile.number, number).await?.expect("it was made");
        tx.commit().await?;
        Ok(made.id)
    }
}

/// The predecessor with its next state.
fn superseded(in_force: Option<&Version>, act: Act) -> Result<Option<(&Version, State)>, No> {
    let after = |old: &'_ Version| old.state.clone().after(Event::Supersede, act);
    Ok(in_force.map(|old| after(old).map(|state| (old, state))).transpose()?)
}
