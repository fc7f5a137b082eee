//! The search for jobs: words and filters in the address, so that a search can be kept and sent on.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use super::card::JobCard;
use crate::db::{JobFacets, JobFilter, JobSort, MOST_COUNTED};
use crate::domain::advert::ContractKind;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, see_other};
use crate::web::paths::Jobs;

const PAGE: i64 = 20;
/// Who has read a thousand results narrows the search.
const LAST_PAGE: i64 = MOST_COUNTED / PAGE;
/// The longest search, in characters.
const LONGEST_SEARCH: usize = 200;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    words: String,
    #[serde(default)]
    grade: String,
    #[serde(default)]
    employer: String,
    #[serde(default)]
    contract: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "public/jobs.html")]
struct JobsPage {
    frame: Frame,
    form: Form,
    /// The address of what is shown.
    here: Jobs,
    sort: JobSort,
    cards: Vec<JobCard>,
    total: i64,
    facets: JobFacets,
}

pub async fn search(me: As<Anyone>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let (here, sort) = tidied(&asked);
    let filter = filter(&here);
    let mut tx = me.begin().await?;
    let rows = tx.find_jobs(&filter, sort, (here.page - 1) * PAGE, PAGE, me.now).await?;
    if rows.is_empty() && here.page > 1 {
        return Ok(see_other(Jobs { page: 1, ..here }.page()));
    }
    let total = tx.count_jobs(&filter, me.now).await?;
    let facets = tx.job_facets(me.now).await?;
    let today = me.today();
    let mut form = Form::empty();
    for (name, value) in
        [("words", &here.words), ("grade", &here.grade), ("employer", &here.employer), ("contract", &here.contract)]
    {
        form.set(name, value.as_str());
    }
    let frame = me.frame(title(&here));
    let cards = rows.into_iter().map(|row| JobCard::new(row, today)).collect();
    page(&JobsPage { frame, form, here, sort, cards, total, facets })
}

/// What was asked, without what nobody can have meant.
fn tidied(asked: &Asked) -> (Jobs, JobSort) {
    let short = |typed: &str| one_line(typed).chars().take(LONGEST_SEARCH).collect::<String>();
    let sort = JobSort::parse(&asked.sort).unwrap_or(JobSort::Newest);
    let here = Jobs {
        words: short(&asked.words),
        grade: short(&asked.grade),
        employer: short(&asked.employer),
        contract: ContractKind::parse(&asked.contract).map_or("", ContractKind::word).to_owned(),
        sort: if sort == JobSort::Newest { String::new() } else { sort.word().to_owned() },
        page: asked.page.parse::<i64>().unwrap_or(1).clamp(1, LAST_PAGE),
    };
    (here, sort)
}

fn filter(here: &Jobs) -> JobFilter {
    let given = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    JobFilter {
        words: given(&here.words),
        grade: given(&here.grade),
        employer: given(&here.employer),
        contract: ContractKind::parse(&here.contract),
    }
}

fn title(here: &Jobs) -> String {
    let words = if here.words.is_empty() { String::new() } else { format!(": {}", here.words) };
    let page = if here.page > 1 { format!(", page {}", here.page) } else { String::new() };
    format!("Jobs{words}{page}")
}

impl JobsPage {
    fn is_narrowed(&self) -> bool {
        filter(&self.here) != JobFilter::default()
    }

    fn count(&self) -> String {
        let page = if self.here.page > 1 { format!(" Page {}.", self.here.page) } else { String::new() };
        let said = match (self.is_narrowed(), self.total) {
            (false, 0) => "No job is open at present.".to_owned(),
            (true, 0) => "No open job matches.".to_owned(),
            (_, more) if more > MOST_COUNTED => "More than 1,000 jobs match.".to_owned(),
            (false, 1) => "1 job is open.".to_owned(),
            (true, 1) => "1 open job matches.".to_owned(),
            (false, some) => format!("{some} jobs are open."),
            (true, some) => format!("{some} open jobs match."),
        };
        said + &page
    }

    fn employers(&self) -> Vec<Choice> {
        let employers = self.facets.employers.iter().map(|one| Choice::new(&one.slug, &one.name));
        with_any("Any employer", employers, &self.here.employer)
    }

    fn grades(&self) -> Vec<Choice> {
        let grades = self.facets.grades.iter().map(|name| Choice::new(name, name));
        with_any("Any grade", grades, &self.here.grade)
    }

    fn contracts(&self) -> Vec<Choice> {
        let kinds = ContractKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label()));
        with_any("Any contract", kinds, &self.here.contract)
    }

    /// What narrows the search, each with the address of the search without it.
    fn chosen(&self) -> Vec<(String, String)> {
        let here = Jobs { page: 1, ..self.here.clone() };
        let none = String::new;
        let label = |choices: Vec<Choice>, value: &str| {
            choices.into_iter().find(|choice| choice.value == value).map_or_else(none, |choice| choice.text)
        };
        let all = [
            (here.words.clone(), Jobs { words: none(), ..here.clone() }),
            (label(self.grades(), &here.grade), Jobs { grade: none(), ..here.clone() }),
            (label(self.employers(), &here.employer), Jobs { employer: none(), ..here.clone() }),
            (label(self.contracts(), &here.contract), Jobs { contract: none(), ..here.clone() }),
        ];
        let narrowed = all.into_iter().filter(|(_, without)| *without != here);
        narrowed.map(|(label, without)| (label, without.page())).collect()
    }

    /// Each order: label, address, and whether it is the one that is shown.
    fn sorts(&self) -> Vec<(String, String, bool)> {
        let sorts = JobSort::ALL.iter().map(|sort| {
            let word = if *sort == JobSort::Newest { "" } else { sort.word() };
            let there = Jobs { sort: word.to_owned(), page: 1, ..self.here.clone() };
            (sort.label().to_lowercase(), there.page(), *sort == self.sort)
        });
        sorts.collect()
    }

    /// What the search's own form leaves as it is: the filters. And what the form of the filters leaves: the words.
    fn kept(&self, filters: bool) -> Vec<(&'static str, &str)> {
        let here = &self.here;
        let kept = match filters {
            true => vec![("grade", &here.grade), ("employer", &here.employer), ("contract", &here.contract)],
            false => vec![("words", &here.words)],
        };
        let kept = kept.into_iter().chain([("sort", &here.sort)]);
        kept.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
    }

    fn all_jobs(&self) -> String {
        Jobs::default().page()
    }

    fn previous(&self) -> Option<String> {
        (self.here.page > 1).then(|| Jobs { page: self.here.page - 1, ..self.here.clone() }.page())
    }

    fn next(&self) -> Option<String> {
        let more = self.here.page * PAGE < self.total && self.here.page < LAST_PAGE;
        more.then(|| Jobs { page: self.here.page + 1, ..self.here.clone() }.page())
    }
}

/// The choices after "any"; one that was asked for stays to be seen and taken back, even with no open advert left.
fn with_any(any: &str, choices: impl Iterator<Item = Choice>, asked: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = std::iter::once(Choice::new("", any)).chain(choices).collect();
    if all.iter().all(|choice| choice.value != asked) {
        all.push(Choice::new(asked, asked));
    }
    all
}
