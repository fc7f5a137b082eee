//! Gates: who may be on a page at all. A handler's first parameter is `As<G>`, and nothing else gets it a route.
//!
//! What the person may *do* there is for `policy`; what they may *see*, for the scope in SQL.

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams};
use axum::http::header::{IF_NONE_MATCH, REFERER, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use time::OffsetDateTime;

use super::page::{FLASH_COOKIE, Flash, Frame, SessionFrame, StaffFrame, read_flash};
use super::{json, session};
use crate::app::App;
use crate::db::{StaffVisit, Tx, Visitor};
use crate::domain::ids::EmployerId;
use crate::error::AppError;
use crate::policy::{Act, Actor, Denied, Granted, Role, Scope, Staff, Subject, grant};
use crate::secret::hash_token;

/// Sent by script that asks without a person: such a request does not keep a session going.
const UNATTENDED: &str = "rolebook-unattended";
/// The longest network address that is kept, in characters: 45 for IPv6, and a port.
const LONGEST_ADDRESS: usize = 64;

/// A kind of visitor that a page is for.
pub trait Gate: Send + Sync + 'static {
    /// As the access matrix prints it.
    const NAME: &'static str;
    /// What is known of somebody who passed.
    type Who: Send + Sync + Clone;

    fn admit(visit: Visit) -> Result<Self::Who, Refused>;
}

/// Who came, before any gate: nobody known, a person, a member of staff of the employer in the address.
#[derive(Debug, Clone)]
pub enum Visit {
    Nobody,
    Person(Visitor),
    Staff(Visitor, StaffVisit),
}

impl Visit {
    fn of(mut visitor: Visitor) -> Self {
        match visitor.staff.take() {
            Some(staff) => Visit::Staff(visitor, staff),
            None => Visit::Person(visitor),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Signing in may help.
    NotSignedIn,
    /// The place is not for them to know of.
    NotThere,
    /// They are staff here, without the role.
    NotAllowed,
}

/// Proof of having passed the gate `G`, and what every handler needs.
pub struct As<G: Gate> {
    pub who: G::Who,
    pub now: OffsetDateTime,
    pub app: App,
    visit: Visit,
    flash: Option<Flash>,
    address: String,
    path: String,
    wants_json: bool,
    sends_a_form: bool,
    told: Told,
}

/// What the browser says of its own accord.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The mark of the page that it still has.
    pub has: String,
    /// The page that it comes from.
    pub referer: Option<String>,
    /// What it calls itself.
    pub agent: String,
    /// It takes bodies that are squeezed.
    pub squeezed: bool,
}

impl Told {
    fn from(headers: &HeaderMap) -> Self {
        let text =
            |name: axum::http::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Told {
            has: text(IF_NONE_MATCH).unwrap_or_default(),
            referer: text(REFERER),
            agent: text(USER_AGENT).unwrap_or_default(),
            squeezed: super::squeeze::accepted(headers),
        }
    }
}

impl<G: Gate> FromRequestParts<App> for As<G> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let now = app.clock.now();
        let employer = employer_in_path(parts).await;
        let visit = visit(parts, employer.as_deref(), app, now).await?;
        if let Some(seen) = parts.extensions.get::<Seen>() {
            seen.keep(frame_of(&visit, now, app));
        }
        let who = G::admit(visit.clone()).map_err(|refused| turned_away(refused, parts))?;
        let flash = session::cookie(&parts.headers, FLASH_COOKIE).and_then(read_flash);
        let address = address(parts, app.config.behind_proxy);
        let (path, wants_json) = (parts.uri.path().to_owned(), json::wanted(&parts.headers));
        let told = Told::from(&parts.headers);
        let sends_a_form = parts.method == Method::POST;
        Ok(As { who, now, app: app.clone(), visit, flash, address, path, wants_json, sends_a_form, told })
    }
}

async fn employer_in_path(parts: &mut Parts) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    let slug = params.iter().find(|(name, _)| *name == "employer").map(|(_, value)| value)?;
    // What can't be a slug is no employer; Postgres would not even take a NUL.
    slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-').then(|| slug.to_owned())
}

async fn visit(parts: &Parts, employer: Option<&str>, app: &App, now: OffsetDateTime) -> Result<Visit, AppError> {
    let headers = &parts.headers;
    let attended = !headers.contains_key(UNATTENDED);
    if let Some(token) = session::cookie(headers, session::cookie_name(&app.config)) {
        let visitor = app.database.visitor(&hash_token(token), employer, now, attended).await?;
        if let Some(visitor) = visitor {
            return Ok(Visit::of(visitor));
        }
    }
    // Without a session, whoever came by a link in mail may be at that one task.
    let pass = session::cookie(headers, session::TASK_COOKIE).zip(super::paths::open_task(parts.uri.path()));
    let Some((pass, (slug, task))) = pass else { return Ok(Visit::Nobody) };
    let visitor = app.database.visitor_by_link(&hash_token(pass), slug, task, now).await?;
    Ok(visitor.map_or(Visit::Nobody, Visit::of))
}

/// A page that was asked for is worth coming back to after sign-in; a form that was sent can't be sent again blindly.
fn turned_away(refused: Refused, parts: &Parts) -> AppError {
    match refused {
        Refused::NotThere => AppError::NotFound,
        Refused::NotAllowed => AppError::Denied,
        Refused::NotSignedIn => {
            let path = parts.uri.path_and_query().map(|path| path.as_str().to_owned());
            let goes_back = parts.method == Method::GET && !json::wanted(&parts.headers);
            AppError::SignIn { return_to: path.filter(|_| goes_back) }
        }
    }
}

fn address(parts: &Parts, behind_proxy: bool) -> String {
    // The last entry of the last line is the one that our own proxy added; the visitor may have sent any before it.
    let last_line = parts.headers.get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let last = last_line.and_then(|list| list.rsplit(',').next()).map(str::trim);
    let forwarded = last.filter(|last| !last.is_empty()).map(|last| last.chars().take(LONGEST_ADDRESS).collect());
    let direct = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    match behind_proxy {
        true => forwarded.or_else(direct).unwrap_or_default(),
        false => direct().unwrap_or_default(),
    }
}

impl<G: Gate> As<G> {
    /// The request's one transaction.
    pub async fn begin(&self) -> Result<Tx, AppError> {
        Ok(self.app.database.begin().await?.on(self.today()))
    }

    pub fn today(&self) -> time::Date {
        crate::clock::london_date(self.now)
    }

    pub fn told(&self) -> &Told {
        &self.told
    }

    /// The page is the same for everybody: nobody is signed in, and nothing was just done.
    pub fn is_anybody(&self) -> bool {
        self.visitor().is_none() && self.flash.is_none()
    }

    /// The visitor's network address, for rate limits.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What was asked for, without its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Our own script asked, and takes no page for an answer.
    pub fn wants_json(&self) -> bool {
        self.wants_json
    }

    /// A form was sent, not a page asked for.
    pub fn sends_a_form(&self) -> bool {
        self.sends_a_form
    }

    pub fn visitor(&self) -> Option<&Visitor> {
        match &self.visit {
            Visit::Nobody => None,
            Visit::Person(visitor) | Visit::Staff(visitor, _) => Some(visitor),
        }
    }

    /// The one who acts, for `policy::grant`.
    pub fn actor(&self) -> Actor {
        match &self.visit {
            Visit::Nobody => Actor::Anonymous,
            Visit::Person(visitor) => Actor::Applicant(visitor.person.clone()),
            Visit::Staff(_, visit) => Actor::Staff(visit.staff.clone()),
        }
    }

    /// The frame of a page with this title.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        Frame { title: title.into(), flash: self.flash.clone(), ..frame_of(&self.visit, self.now, &self.app) }
    }
}

/// The frame of a page for that visitor, without its title.
fn frame_of(visit: &Visit, now: OffsetDateTime, app: &App) -> Frame {
    let (visitor, staff) = match visit {
        Visit::Nobody => (None, None),
        Visit::Person(visitor) => (Some(visitor), None),
        // The bar leads to what a link in mail does not open.
        Visit::Staff(visitor, _) if visitor.only.is_some() => (None, None),
        Visit::Staff(visitor, visit) => (Some(visitor), Some(visit)),
    };
    Frame {
        session: visitor.map(|visitor| SessionFrame {
            person: visitor.person.id,
            left: (visitor.ends_at - now).whole_seconds(),
            last: visitor.ends_for_good,
        }),
        staff: staff.map(|visit| StaffFrame {
            employer_name: visit.employer.name.clone(),
            employer_slug: visit.employer.slug.clone(),
            task_count: visit.tasks,
            is_author: visit.staff.has(Role::Author),
            is_admin: visit.staff.has(Role::Admin),
        }),
        person_name: visitor.map(|visitor| visitor.person.name.clone()),
        work: visitor
            .and_then(|visitor| visitor.employers.first())
            .map(|employer| super::paths::Employer(&employer.slug).work()),
        ..Frame::bare(app)
    }
}

/// Where a request notes for whom it is, so that an error's page has the bar that its reader knows.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<OnceLock<Frame>>);

impl Seen {
    fn keep(&self, frame: Frame) {
        // A request passes one gate; a second look would find the same visitor.
        let _ = self.0.set(frame);
    }

    pub fn frame(&self) -> Option<Frame> {
        self.0.get().cloned()
    }
}

/// What every gate of staff has in common.
impl<G: Gate<Who = StaffVisit>> As<G> {
    pub fn staff(&self) -> &Staff {
        &self.who.staff
    }

    pub fn employer(&self) -> EmployerId {
        self.who.staff.employer
    }

    pub fn scope(&self) -> Scope {
        self.who.staff.scope()
    }

    /// Something that the employer keeps for all its units.
    pub fn kept_for_all<Id>(&self, id: Id, name: impl Into<String>) -> Subject<Id> {
        Subject { id, employer: Some(self.employer()), unit: None, person: None, profile: None, name: name.into() }
    }

    /// Leave to change what the employer keeps for all its units. `name` is what the trail calls it.
    pub fn leave<A: Act<Id = EmployerId>>(&self, name: impl Into<String>) -> Result<Granted<A>, Denied> {
        grant::<A>(&self.actor(), self.kept_for_all(self.employer(), name), self.now)
    }

    /// A link in mail let them in, to one task: what leads elsewhere leads them nowhere.
    pub fn is_limited(&self) -> bool {
        self.visitor().is_some_and(|visitor| visitor.only.is_some())
    }

    /// Where they go once a task is done.
    pub fn after_task(&self) -> String {
        match self.is_limited() {
            true => super::paths::DECIDED.to_owned(),
            false => self.paths().work(),
        }
    }

    /// The frame of a page on which a task is done.
    pub fn task_frame(&self, title: impl Into<String>) -> Frame {
        match self.is_limited() {
            true => self.frame(title),
            false => self.frame(title).crumb("My work", self.paths().work()),
        }
    }

    /// The addresses of this employer's staff pages.
    pub fn paths(&self) -> super::paths::Employer<'_> {
        super::paths::Employer(&self.who.employer.slug)
    }
}

macro_rules! staff_gates {
    ($($(#[$about:meta])* $name:ident: |$staff:ident| $admitted:expr;)+) => {$(
        $(#[$about])*
        pub struct $name;

        impl Gate for $name {
            const NAME: &'static str = stringify!($name);
            type Who = StaffVisit;

            fn admit(visit: Visit) -> Result<StaffVisit, Refused> {
                match visit {
                    Visit::Nobody => Err(Refused::NotSignedIn),
                    Visit::Person(_) => Err(Refused::NotThere),
                    Visit::Staff(_, visit) => {
                        let $staff = &visit.staff;
                        match $admitted {
                            true => Ok(visit),
                            false => Err(Refused::NotAllowed),
                        }
                    }
                }
            }
        }
    )+};
}

staff_gates! {
    /// Anybody with a role at the employer.
    StaffOnly: |staff| !staff.held.is_empty();
    Authors: |staff| staff.has(Role::Author);
    /// Authors and administrators: those who look after what is in force.
    Keepers: |staff| staff.has(Role::Author) || staff.has(Role::Admin);
    Managers: |staff| staff.has(Role::Manager);
    Admins: |staff| staff.has(Role::Admin);
}

/// Everybody, signed in or not.
pub struct Anyone;

impl Gate for Anyone {
    const NAME: &'static str = "Anyone";
    type Who = ();

    fn admit(_: Visit) -> Result<(), Refused> {
        Ok(())
    }
}

/// Everybody with an account, staff or applicant.
pub struct SignedIn;

impl Gate for SignedIn {
    const NAME: &'static str = "SignedIn";
    type Who = Visitor;

    fn admit(visit: Visit) -> Result<Visitor, Refused> {
        match visit {
            Visit::Nobody => Err(Refused::NotSignedIn),
            Visit::Person(visitor) | Visit::Staff(visitor, _) => Ok(visitor),
        }
    }
}
