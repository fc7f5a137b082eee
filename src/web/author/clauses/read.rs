//! One clause: the text of the day, what is proposed beside it, its editions, and where it is used.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::propose::current;
use super::{AtClause, find, granted, when_in_words};
use crate::clock::london_date;
use crate::db::{ClauseHead, EditionRow, UseRow};
use crate::domain::clause::EditionState;
use crate::domain::diff::{Stretch, marked};
use crate::domain::inline::plain;
use crate::domain::sharing::Shareable;
use crate::domain::text::{count, long_date, profile_reference};
use crate::error::AppError;
use crate::policy::{Role, act, grant};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page as shown};

/// Places that the page lists; the count says if there are more.
const MOST_USES: i64 = 200;

/// The text that waits for its approval.
struct Proposal {
    number: i32,
    heading: Vec<Stretch>,
    words: Vec<Stretch>,
    note: String,
    holds: String,
    proposer: String,
    mine: bool,
}

struct Edition {
    number: i32,
    state: &'static str,
    holds: String,
    people: String,
    note: String,
    compare: Option<String>,
}

struct Use {
    href: String,
    name: String,
    title: String,
    state: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "author/clauses/read.html")]
struct ClausePage {
    frame: Frame,
    name: String,
    facts: Vec<(&'static str, String)>,
    retired: bool,
    now: Option<(String, String)>,
    notice: Option<String>,
    proposal: Option<Proposal>,
    editions: Vec<Edition>,
    uses: Vec<Use>,
    used: String,
    may_change: bool,
    may_decide: bool,
    change: String,
    propose: String,
    decide: String,
    retire: String,
    impact: String,
    /// Where an administrator shares it; empty for others.
    share: String,
    /// Its words are another employer's: nobody here proposes any.
    is_shared: bool,
}

pub async fn page(me: As<StaffOnly>, Path((_, clause)): AtClause) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let uses = tx.clause_uses(&me.scope(), head.id, MOST_USES).await?;
    let now = current(&editions, me.today());
    let in_use = now.map(|now| (now, now.state(&editions, me.today())));
    let profiles: std::collections::BTreeSet<i32> = uses.iter().map(|one| one.profile).collect();
    let act = |act: &str| me.paths().clause_act(head.id, act);
    shown(&ClausePage {
        frame: me.frame(head.entry.name.clone()).crumb("Standard clauses", me.paths().clauses()),
        name: head.entry.name.clone(),
        facts: facts(&head, in_use.map(|(now, _)| now)),
        retired: head.retired,
        now: in_use
            .filter(|(now, _)| now.approved_at.is_some())
            .map(|(now, _)| (now.heading.clone(), now.text.clone())),
        notice: notice(in_use),
        proposal: proposal(&me, &editions, now),
        editions: editions.iter().map(|edition| shown_edition(&me, &head, &editions, edition)).collect(),
        used: match uses.len() as i64 >= MOST_USES {
            true => format!("The first {MOST_USES} places are listed."),
            false => count(profiles.len(), "profile holds it.", "profiles hold it."),
        },
        uses: uses.into_iter().map(|one| shown_use(&me, one)).collect(),
        may_change: granted(&me, "").is_ok(),
        may_decide: grant::<act::ApproveClause>(&me.actor(), head.subject(head.id, me.employer()), me.now).is_ok(),
        change: act("change"),
        propose: act("propose"),
        decide: act("decide"),
        retire: act("retire"),
        impact: act("impact"),
        share: if me.staff().has(Role::Admin) { me.paths().share(Shareable::Clause, head.id.0) } else { String::new() },
        is_shared: head.words_of().is_some(),
    })
}

fn facts(head: &ClauseHead, now: Option<&EditionRow>) -> Vec<(&'static str, String)> {
    let entry = &head.entry;
    let shared = head.shared.as_ref().map(|shared| match shared.until {
        None => format!("{}. New texts come from there as proposals", shared.by),
        Some(at) => format!(
            "{}, who stopped sharing it on {}: it stays as it stands, and is yours to change now",
            shared.by,
            long_date(london_date(at))
        ),
    });
    let said = |text: String| if text.is_empty() { "Not said".to_owned() } else { text };
    let mut facts = vec![
        ("Looked after by", if head.owner.is_empty() { "Nobody yet".to_owned() } else { head.owner.clone() }),
        ("Legal basis", said(entry.legal_basis.clone())),
        ("Placed for", when_in_words(&entry.when)),
        ("Review", said(entry.review_on.map(long_date).unwrap_or_default())),
        ("Text holds", now.map_or_else(|| "Nothing holds".to_owned(), holds)),
    ];
    facts.extend(shared.map(|shared| ("Shared by", shared)));
    facts
}

/// `from 1 April 2026`, `from 1 April 2026 to 31 March 2027`
pub fn holds(edition: &EditionRow) -> String {
    let from = long_date(edition.effective_from);
    match edition.expires_on {
        Some(last) => format!("from {from} to {}", long_date(last)),
        None => format!("from {from}"),
    }
}

/// What is wrong with the text of the day.
fn notice(now: Option<(&EditionRow, EditionState)>) -> Option<String> {
    let (edition, state) = now?;
    match state {
        EditionState::Ended => {
            Some("This text has expired. Drafts that hold it can’t be sent for review: propose a new one.".to_owned())
        }
        EditionState::InForce if edition.starter => Some(
            "This text came with Rolebook and nobody here has approved it. Read it, and propose your own or keep it."
                .to_owned(),
        ),
        EditionState::Coming => Some(format!("No text holds yet. The first holds {}.", holds(edition))),
        EditionState::Proposed | EditionState::Refused | EditionState::InForce | EditionState::Earlier => None,
    }
}

fn proposal(me: &As<StaffOnly>, editions: &[EditionRow], now: Option<&EditionRow>) -> Option<Proposal> {
    let waits = editions.iter().find(|edition| edition.approved_at.is_none() && edition.refused_at.is_none())?;
    let now = now.filter(|now| now.approved_at.is_some());
    Some(Proposal {
        number: waits.number,
        heading: marked(now.map(|now| now.heading.as_str()).unwrap_or_default(), &waits.heading),
        words: marked(now.map(|now| now.text.as_str()).unwrap_or_default(), &waits.text),
        note: waits.note.clone(),
        holds: holds(waits),
        proposer: waits.proposer.clone(),
        mine: waits.proposed_by == Some(me.staff().membership),
    })
}

fn shown_edition(me: &As<StaffOnly>, head: &ClauseHead, all: &[EditionRow], edition: &EditionRow) -> Edition {
    let day = |at| long_date(london_date(at));
    let people = match (edition.starter, edition.approved_at, edition.refused_at) {
        (true, _, _) => "Came with Rolebook".to_owned(),
        (_, Some(at), _) => {
            format!("Proposed by {}, approved by {} on {}", edition.proposer, edition.approver, day(at))
        }
        (_, _, Some(at)) => {
            format!("Proposed by {}; {} on {}: {}", edition.proposer, edition.refuser, day(at), edition.refused_reason)
        }
        (_, None, None) => format!("Proposed by {} on {}", edition.proposer, day(edition.proposed_at)),
    };
    let before = all.iter().any(|other| other.number < edition.number);
    let compare = format!("{}?to={}", me.paths().clause_act(head.id, "compare"), edition.number);
    Edition {
        number: edition.number,
        state: edition.state(all, me.today()).label(),
        holds: holds(edition),
        people,
        note: edition.note.clone(),
        compare: before.then_some(compare),
    }
}

fn shown_use(me: &As<StaffOnly>, one: UseRow) -> Use {
    Use {
        href: me.paths().profile(one.profile).version(one.version).page(),
        name: format!("{} version {}", profile_reference(one.profile), one.version),
        title: one.title,
        state: one.state.label(),
        text: match (one.reason.is_empty(), one.state.is_editable()) {
            (false, _) => format!("Its own words: {}", plain(&one.reason)),
            (true, true) => "The text of the day".to_owned(),
            (true, false) => format!("Text {}", one.edition),
        },
    }
}
