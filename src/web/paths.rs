//! Every address of the portal, made from typed parts. Templates and handlers ask here; nothing else writes one.

use crate::domain::advert::Standing;
use crate::domain::ids::{
    AdvertId, BatchId, ClauseId, DocumentId, MembershipId, PayAwardId, PersonId, SectionId, TaskId, UnitId,
};
use crate::domain::text::profile_reference;

mod library;
mod public;
mod reviews;
mod templates;
mod version;

pub use super::other_side::{OtherSide, Show};
pub use public::{Jobs, employer, employer_look, job, job_act, job_file, jobs_in, sitemap};
pub use reviews::{DECIDED, open_task, task_at, task_link, task_link_act};
pub use version::Version;

pub const HOME: &str = "/";
pub const SITEMAP: &str = "/sitemap.xml";
pub const JOBS: &str = "/jobs";
pub const JOBS_FEED: &str = "/jobs.atom";
pub const JOBS_BY_PLACE: &str = "/jobs/in";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_UP: &str = "/sign-up";
pub const SIGN_UP_SENT: &str = "/sign-up/sent";
pub const PASSWORD_RESET: &str = "/password-reset";
pub const PASSWORD_RESET_SENT: &str = "/password-reset/sent";
pub const ACCOUNT: &str = "/account";
pub const ACCOUNT_MAIL: &str = "/account/mail";
pub const ACCOUNT_NAME: &str = "/account/name";
pub const ACCOUNT_PASSWORD: &str = "/account/password";
pub const ACCOUNT_DATA: &str = "/account/data";
pub const ACCOUNT_DATA_FILE: &str = "/account/data.json";
pub const ACCOUNT_DELETE: &str = "/account/delete";
pub const DEMONSTRATION_MAIL: &str = "/demonstration/mail";

/// The page behind an invitation's link. The token is the secret that the mail holds.
pub fn invitation(token: &str) -> String {
    format!("/invitation/{token}")
}

/// The page behind a guest's link, and what is done there: `code`, `enter`, `done`, `changes`.
pub fn guest(token: &str) -> String {
    format!("/guest/{token}")
}

pub fn guest_act(token: &str, act: &str) -> String {
    format!("{}/{act}", guest(token))
}

/// The page behind the link for a new password.
pub fn password_reset(token: &str) -> String {
    format!("{PASSWORD_RESET}/{token}")
}

/// The page behind the link that confirms an address.
pub fn confirm(token: &str) -> String {
    format!("/confirm/{token}")
}

/// The same, leading on to where the person was going.
pub fn confirm_and_return(token: &str, return_to: Option<&str>) -> String {
    with_query(&confirm(token), [return_to.map(|path| ("return_to", path.to_owned()))])
}

/// Takes an advert off the list of those that a person keeps.
pub fn remove_saved(advert: AdvertId) -> String {
    format!("{ACCOUNT}/saved/{advert}/remove")
}

/// The sign-in page, which leads back to `path` afterwards.
pub fn sign_in_and_return(path: &str) -> String {
    format!("{SIGN_IN}?return_to={}", query_value(path))
}

/// The page for an account of one's own, which leads back to `path` once it is confirmed.
pub fn sign_up_and_return(path: &str) -> String {
    format!("{SIGN_UP}?return_to={}", query_value(path))
}

/// A new message in the reader's own mail program, with a link in it.
pub fn mail_about(subject: &str, link: &str) -> String {
    format!("mailto:?subject={}&body={}", query_value(subject), query_value(link))
}

/// A path that is ours to redirect to: never another site.
pub fn own_path(path: &str) -> Option<&str> {
    let own =
        path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control);
    own.then_some(path)
}

/// Percent-encodes a value for a query string.
pub fn query_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A page with a form open in place: beside `spot`, which is also the anchor that it leads to.
pub fn opened(page: &str, what: &str, spot: &str) -> String {
    format!("{page}?{what}={spot}#remark")
}

/// The list of suggestions and comments, of one section or of all.
pub fn remarks_shown(at: Version<'_>, show: &str, section: Option<SectionId>) -> String {
    with_query(&at.remarks(), [Some(("show", show.to_owned())), section.map(|id| ("section", id.to_string()))])
}

/// The staff pages of one employer.
#[derive(Debug, Clone, Copy)]
pub struct Employer<'a>(pub &'a str);

impl<'a> Employer<'a> {
    fn under(self, rest: &str) -> String {
        format!("/staff/{}/{rest}", self.0)
    }

    pub fn work(self) -> String {
        self.under("work")
    }

    pub fn profiles(self) -> String {
        self.under("profiles")
    }

    /// Everything in force as one file.
    pub fn library_file(self) -> String {
        self.under("profiles.zip")
    }

    pub fn new_profile(self) -> String {
        self.under("profiles/new")
    }

    pub fn import(self) -> String {
        self.under("import")
    }

    pub fn document(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}"))
    }

    /// The lines of the original, each with where it went.
    pub fn beside_original(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}/lines"))
    }

    /// Keeps what was chosen on a report.
    pub fn choose_in_document(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}/choices"))
    }

    /// The matches with the profile of that reference, as somebody chose it.
    pub fn match_with_named(self, document: DocumentId, reference: &str) -> String {
        format!("{}?profile={}", self.match_document(document), query_value(reference))
    }

    /// Takes many files at once.
    pub fn batches(self) -> String {
        self.under("import/batches")
    }

    pub fn batch(self, batch: BatchId) -> String {
        self.under(&format!("import/batches/{batch}"))
    }

    /// Asks for profiles of the chosen files of a batch.
    pub fn drafts_from_batch(self, batch: BatchId) -> String {
        self.under(&format!("import/batches/{batch}/drafts"))
    }

    /// The file as it was uploaded.
    pub fn original(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}/original"))
    }

    /// Makes a new profile of a document.
    pub fn profile_from(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}/profile"))
    }

    /// Where a document's lines meet those of a profile; the profile is a field of the form that leads here.
    pub fn match_document(self, document: DocumentId) -> String {
        self.under(&format!("import/{document}/match"))
    }

    pub fn match_with(self, document: DocumentId, profile: i32) -> String {
        format!("{}?profile={}", self.match_document(document), profile_reference(profile))
    }

    pub fn adverts(self) -> String {
        self.under("adverts")
    }

    pub fn advert(self, advert: AdvertId) -> String {
        self.under(&format!("adverts/{advert}"))
    }

    /// The list of adverts, of one standing alone or of all, from a page on.
    pub fn adverts_page(self, standing: Option<Standing>, page: i64) -> String {
        let standing = standing.map(|standing| ("state", standing.word().to_owned()));
        let page = (page > 1).then(|| ("page", page.to_string()));
        with_query(&self.adverts(), [standing, page])
    }

    /// A page or an act of an advert: `edit`, `ask`, `confirm`, `return`, `publish`, `withdraw`, `version`.
    pub fn advert_act(self, advert: AdvertId, act: &str) -> String {
        format!("{}/{act}", self.advert(advert))
    }

    pub fn people(self) -> String {
        self.under("people")
    }

    pub fn member(self, member: MembershipId) -> String {
        self.under(&format!("people/{member}"))
    }

    /// An act on a person: `roles/give`, `roles/take`, `deactivate`, `reactivate`, `invite-again`.
    pub fn member_act(self, member: MembershipId, act: &str) -> String {
        format!("{}/{act}", self.member(member))
    }

    pub fn invite(self) -> String {
        self.under("people/invite")
    }

    /// Profiles whose review is due.
    pub fn reviews_due(self) -> String {
        self.under("profiles/due")
    }

    /// Grades with what they pay.
    pub fn pay(self) -> String {
        self.under("pay")
    }

    pub fn pay_file(self) -> String {
        self.under("pay/file")
    }

    pub fn pay_award(self, award: PayAwardId) -> String {
        self.under(&format!("pay/{award}"))
    }

    /// What is done with an award: `apply`; or its effects as a file: `effects.csv`.
    pub fn pay_award_act(self, award: PayAwardId, act: &str) -> String {
        format!("{}/{act}", self.pay_award(award))
    }

    pub fn glossary(self) -> String {
        self.under("glossary")
    }

    pub fn glossary_csv(self) -> String {
        self.under("glossary.csv")
    }

    pub fn glossary_file(self) -> String {
        self.under("glossary/file")
    }

    pub fn clauses(self) -> String {
        self.under("clauses")
    }

    pub fn clauses_csv(self) -> String {
        self.under("clauses.csv")
    }

    pub fn new_clause(self) -> String {
        self.under("clauses/new")
    }

    pub fn clause(self, clause: ClauseId) -> String {
        self.under(&format!("clauses/{clause}"))
    }

    /// Something that is done with a clause: `propose`, `decide`, `change`, `retire`, `impact`, `rollout`.
    pub fn clause_act(self, clause: ClauseId, act: &str) -> String {
        format!("{}/{act}", self.clause(clause))
    }

    pub fn units(self) -> String {
        self.under("units")
    }

    /// What administrators set up.
    pub fn settings(self) -> String {
        self.under("settings")
    }

    /// The logo and the colour of documents and adverts.
    pub fn brand(self) -> String {
        self.under("brand")
    }

    pub fn new_unit(self) -> String {
        self.under("units/new")
    }

    pub fn unit(self, unit: UnitId) -> String {
        self.under(&format!("units/{unit}"))
    }

    pub fn audit(self) -> String {
        self.under("audit")
    }

    pub fn audit_file(self) -> String {
        self.under("audit.csv")
    }

    /// What one person did.
    pub fn audit_of(self, person: PersonId) -> String {
        format!("{}?person={person}", self.audit())
    }

    pub fn task(self, task: TaskId) -> String {
        self.under(&format!("tasks/{task}"))
    }

    pub fn profile(self, number: i32) -> Profile<'a> {
        Profile { employer: self, number }
    }
}

/// A profile's pages.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    employer: Employer<'a>,
    number: i32,
}

impl<'a> Profile<'a> {
    pub fn page(self) -> String {
        self.employer.under(&format!("profiles/{}", profile_reference(self.number)))
    }

    /// A page or an act of the profile: `drafts`, `change`, `retire`.
    pub fn act(self, act: &str) -> String {
        format!("{}/{act}", self.page())
    }

    pub fn version(self, number: i32) -> Version<'a> {
        Version::new(self, number)
    }
}

fn with_query<const N: usize>(path: &str, pairs: [Option<(&str, String)>; N]) -> String {
    with_pairs(path, pairs.into_iter().flatten())
}

fn with_pairs<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={}", query_value(&value))).collect();
    match pairs.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", pairs.join("&")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_paths_are_followed() {
        assert_eq!(own_path("/staff/x/work?a=b"), Some("/staff/x/work?a=b"));
        for foreign in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "jobs", ""] {
            assert_eq!(own_path(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn pages_have_readable_addresses() {
        let version = Employer("marlowe").profile(42).version(3);
        assert_eq!(version.page(), "/staff/marlowe/profiles/JP-0042/versions/3");
        assert_eq!(sign_in_and_return("/jobs?x=1&y"), "/sign-in?return_to=/jobs%3Fx%3D1%26y");
    }
}
