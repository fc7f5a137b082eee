//! The search for jobs: words, place and filters in the address, so that a search can be kept and sent on.

use std::sync::Arc;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use super::asked::{
    DISTANCES, LAST_PAGE, LONGEST_SEARCH, PAGE, SALARIES, SOON_DAYS, Search, USUAL_DISTANCE, has_whole_postcode,
    is_too_long, soon, tidied, understood,
};
use super::card::JobCard;
use super::head::PublicHead;
use super::loosen::{Kind, Way, further, ways, word_by_word};
use crate::db::{Counting, Facet, FoundJobs, JobFacets, JobFilter, MOST_COUNTED, Tx};
use crate::domain::advert::{ContractKind, Flexible, MOST_TERMS, Pattern};
use crate::domain::places::is_in_addresses;
use crate::domain::text::{count, pounds};
use crate::error::AppError;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Anyone, As};
use crate::web::kept::public_page;
use crate::web::page::{Frame, see_other};
use crate::web::paths::{self, Jobs};

#[derive(Template)]
#[template(path = "public/jobs.html")]
struct JobsPage {
    frame: Frame,
    form: Form,
    search: Search,
    cards: Vec<JobCard>,
    facets: JobFacets,
    /// Where nothing was found: what to do without, and what that would find.
    looser: Vec<(String, String)>,
    head: PublicHead,
    /// More letters were typed than are looked for.
    is_cut: bool,
}

pub async fn search(me: As<Anyone>, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, AppError> {
    let here = tidied(&asked);
    if has_whole_postcode(&asked) {
        return Ok(see_other(here.page()));
    }
    let mut tx = me.begin().await?;
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let search = understood(&mut tx, here, reader, me.now).await?;
    let here = &search.here;
    let filter = &search.filter;
    let pages = &me.app.pages;
    // The choices are read once until an advert changes.
    let (ticket, held) = (pages.ticket(me.now), pages.choices(me.now));
    let range = ((here.page - 1) * PAGE, PAGE);
    let counting = Counting { salaries: &SALARIES, soon: soon(me.now), with_choices: held.is_none() };
    let FoundJobs { page: found, facets, choices } =
        tx.search_jobs(filter, search.sort, range, counting, me.now).await?;
    let new = choices.map(Arc::new);
    if let Some((ticket, new)) = ticket.zip(new.clone()) {
        pages.put_choices(ticket, new);
    }
    let choices = held.or(new).unwrap_or_default();
    if found.is_empty() && here.page > 1 {
        return Ok(see_other(Jobs { page: 1, ..here.clone() }.page()));
    }
    let facets = facets.among(&choices);
    let (rows, looser) = match found.is_empty() {
        true => {
            let single = word_by_word(&search).into_iter().chain(ways(&search, plain_label)).collect();
            let single = looser(&mut tx, single, me.now).await?;
            let further = if single.is_empty() { looser(&mut tx, further(&search), me.now).await? } else { Vec::new() };
            (Vec::new(), single.into_iter().chain(further).collect())
        }
        false => (tx.jobs(&found, filter.near.as_ref()).await?, Vec::new()),
    };
    let today = me.today();
    let cards = rows.into_iter().map(|row| JobCard::new(row, today)).collect();
    let head = head(&me, &search, facets.total);
    let (frame, form, is_cut) = (me.frame(title(&search)), form(here), is_too_long(&asked));
    public_page(&me, StatusCode::OK, &JobsPage { frame, form, search, cards, facets, looser, head, is_cut })
}

fn not_on_the_map(place: &str) -> String {
    match is_in_addresses(place) {
        true => {
            format!("“{place}” is no town or postcode that we know, so this looks for it in the address of each job.")
        }
        false => format!(
            "“{place}” is no town or postcode that we know, and too short to look for in addresses: type three letters or more."
        ),
    }
}

/// The ways that find something, with how much.
async fn looser(tx: &mut Tx, ways: Vec<Way>, now: OffsetDateTime) -> Result<Vec<(String, String)>, AppError> {
    let filters: Vec<JobFilter> = ways.iter().map(|way| way.filter.clone()).collect();
    let counts = if filters.is_empty() { Vec::new() } else { tx.count_each(&filters, now).await? };
    let mut widened = false;
    let counted = ways.into_iter().zip(counts).filter(|(_, found)| *found > 0);
    // One wider circle is enough: the smallest that holds something.
    let counted = counted.filter(|(way, _)| way.kind != Kind::Wider || !std::mem::replace(&mut widened, true));
    let said = |found: i64| match found > MOST_COUNTED {
        true => "more than 1,000 jobs".to_owned(),
        false => count(found as usize, "job", "jobs"),
    };
    let way = |(way, found): (Way, i64)| {
        let label = match way.kind {
            Kind::Wider => format!("Search {}", way.label),
            Kind::Without => format!("Search without “{}”", way.label),
            Kind::WithoutSeveral => format!("Search without {}", way.label),
        };
        (format!("{label}: {}", said(found)), way.there.page())
    };
    Ok(counted.map(way).collect())
}

fn form(here: &Jobs) -> Form {
    let mut form = Form::empty();
    for (name, value) in here.pairs(true) {
        form.set(name, value);
    }
    if here.within == 0 {
        form.set("within", USUAL_DISTANCE.to_string());
    }
    form
}

fn title(search: &Search) -> String {
    let here = &search.here;
    let words = if here.words.is_empty() { String::new() } else { format!(": {}", here.words) };
    let place = match &search.place {
        Some(place) => format!(", near {}", place.name),
        None if !here.place.is_empty() => format!(", {}", here.place),
        None => String::new(),
    };
    let page = if here.page > 1 { format!(", page {}", here.page) } else { String::new() };
    format!("Jobs{words}{place}{page}")
}

/// A search that finds nothing is nothing to list.
fn head(me: &As<Anyone>, search: &Search, found: i64) -> PublicHead {
    let description =
        "Open jobs at public-sector employers: pay in pounds, the whole job description, and what you need.";
    PublicHead {
        is_indexed: found > 0,
        ..PublicHead::new(me, &search.here.page(), title(search), description.to_owned())
    }
}

/// What a filter's value is called, where the employers' own names are not at hand.
fn plain_label(field: &str, value: &str) -> String {
    let label = match field {
        "contract" => ContractKind::parse(value).map(ContractKind::label),
        "pattern" => Pattern::parse(value).map(Pattern::label),
        "flexible" => Flexible::parse(value).map(Flexible::label),
        _ => None,
    };
    label.unwrap_or(value).to_owned()
}

impl JobsPage {
    fn count(&self) -> String {
        let page = if self.search.here.page > 1 { format!(" Page {}.", self.search.here.page) } else { String::new() };
        let said = match (self.search.is_narrowed(), self.facets.total) {
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

    /// How the search was understood, where that is not plain from what was typed.
    fn understood(&self) -> Vec<String> {
        let search = &self.search;
        let words = search.corrections.iter();
        let words = words.map(|(typed, meant)| format!("No job says “{typed}”, so this looks for “{meant}”."));
        let place = match &search.place {
            Some(place) if search.place_was_meant => {
                Some(format!("We don't know “{}”, so this looks near {}.", search.here.place, place.name))
            }
            None if search.here.place.is_empty() => None,
            None => Some(not_on_the_map(&search.here.place)),
            Some(_) => None,
        };
        let cut = format!("A search has {LONGEST_SEARCH} letters at most: what came after them is left out.");
        let many = format!("This looks for the first {MOST_TERMS} words and leaves out the others.");
        let left_out = [(self.is_cut, cut), (!self.is_cut && search.has_more_words, many)];
        let left_out = left_out.into_iter().filter_map(|(is, said)| is.then_some(said));
        left_out.chain(words).chain(place).collect()
    }

    fn distances(&self) -> Vec<Choice> {
        let here = self.search.here.within;
        let own = (here > 0 && !DISTANCES.contains(&here)).then_some(here);
        let all = DISTANCES.into_iter().chain(own);
        all.map(|miles| Choice::new(miles, format!("{miles} miles"))).collect()
    }

    fn salaries(&self) -> Vec<Choice> {
        let asked = self.search.here.salary * 100;
        let own = (asked > 0 && !SALARIES.contains(&asked)).then_some(asked);
        let counts = self.facets.salaries.iter().copied().filter(|_| asked == 0).map(Some);
        let counts = counts.chain(std::iter::repeat(None));
        let choice = |(pence, count): (i64, Option<i64>)| {
            Choice::new(pence / 100, with_count(&format!("{} or more", pounds(pence)), count))
        };
        let choices = SALARIES.into_iter().chain(own).zip(counts).map(choice);
        std::iter::once(Choice::new("", "Any salary")).chain(choices).collect()
    }

    fn employers(&self) -> Vec<Choice> {
        let narrowed = !self.search.here.employer.is_empty();
        let employers =
            self.facets.employers.iter().map(|one| Choice::new(&one.value, counted(&one.name, one, narrowed)));
        with_any("Any employer", employers, &self.search.here.employer)
    }

    fn grades(&self) -> Vec<Choice> {
        let narrowed = !self.search.here.grade.is_empty();
        let grades = self.facets.grades.iter().map(|one| Choice::new(&one.value, counted(&grade(one), one, narrowed)));
        with_any("Any grade", grades, &self.search.here.grade)
    }

    fn contracts(&self) -> Vec<Choice> {
        let narrowed = !self.search.here.contract.is_empty();
        let kinds = ContractKind::ALL
            .iter()
            .map(|kind| choice(kind.word(), kind.label(), &self.facets.contracts, (narrowed, self.is_exact())));
        with_any("Any contract", kinds, &self.search.here.contract)
    }

    fn patterns(&self) -> Vec<Choice> {
        let narrowed = !self.search.here.patterns.is_empty();
        Pattern::ALL
            .iter()
            .map(|one| choice(one.word(), one.label(), &self.facets.patterns, (narrowed, self.is_exact())))
            .collect()
    }

    fn flexible(&self) -> Vec<Choice> {
        Flexible::ALL
            .iter()
            .map(|one| choice(one.word(), one.label(), &self.facets.flexible, (false, self.is_exact())))
            .collect()
    }

    /// Everything that was found is counted.
    fn is_exact(&self) -> bool {
        self.facets.total <= MOST_COUNTED
    }

    fn soon(&self) -> Vec<Choice> {
        let count = self.facets.soon.filter(|_| !self.search.here.soon);
        vec![Choice::new("yes", with_count(&format!("Closing within {SOON_DAYS} days"), count))]
    }

    /// What narrows the search, each with the address of the search without it.
    fn chosen(&self) -> Vec<(String, String)> {
        let name = |list: &[Facet], value: &str| {
            list.iter().find(|one| one.value == value).map_or_else(|| value.to_owned(), |one| one.name.clone())
        };
        let label = |field: &str, value: &str| match field {
            "employer" => name(&self.facets.employers, value),
            _ => plain_label(field, value),
        };
        let narrowing = ways(&self.search, label).into_iter().filter(|way| way.kind != Kind::Wider);
        narrowing.map(|way| (way.label, way.there.page())).collect()
    }

    /// Each order: label, address, and whether it is the one that is shown.
    fn sorts(&self) -> Vec<(String, String, bool)> {
        let sorts = self.search.sorts().into_iter().map(|sort| {
            let there = Jobs { sort: sort.word().to_owned(), page: 1, ..self.search.here.clone() };
            (sort.label().to_lowercase(), there.page(), sort == self.search.sort)
        });
        sorts.collect()
    }

    /// What the search's own form leaves as it is: the filters. And what the form of the filters leaves: words and place.
    fn kept(&self, filters: bool) -> Vec<(&'static str, String)> {
        let typed = |name: &str| ["words", "place", "within"].contains(&name);
        let pairs = Jobs { page: 1, ..self.search.here.clone() }.pairs(true);
        pairs.into_iter().filter(|(name, _)| *name == "sort" || typed(name) != filters).collect()
    }

    fn all_jobs(&self) -> &'static str {
        paths::JOBS
    }

    fn feed(&self) -> String {
        self.search.here.feed()
    }

    fn previous(&self) -> Option<String> {
        let here = &self.search.here;
        (here.page > 1).then(|| Jobs { page: here.page - 1, ..here.clone() }.page())
    }

    fn next(&self) -> Option<String> {
        let here = &self.search.here;
        let more = here.page * PAGE < self.facets.total && here.page < LAST_PAGE;
        more.then(|| Jobs { page: here.page + 1, ..here.clone() }.page())
    }
}

/// `Band 5, £31,049 to £37,796`
fn grade(facet: &Facet) -> String {
    match facet.pay {
        Some((low, high)) if low == high => format!("{}, {}", facet.name, pounds(low)),
        Some((low, high)) => format!("{}, {} to {}", facet.name, pounds(low), pounds(high)),
        None => facet.name.clone(),
    }
}

/// With how many there are; not where the filter is in use already, for then the others are not counted.
fn counted(label: &str, facet: &Facet, narrowed: bool) -> String {
    with_count(label, facet.count.filter(|_| !narrowed))
}

fn with_count(label: &str, count: Option<i64>) -> String {
    match count {
        Some(number) => format!("{label} ({number})"),
        None => label.to_owned(),
    }
}

fn choice(word: &str, label: &str, facets: &[Facet], (narrowed, exact): (bool, bool)) -> Choice {
    let found = facets.iter().find(|facet| facet.value == word);
    let none = Facet { value: String::new(), name: String::new(), count: Some(0).filter(|_| exact), pay: None };
    Choice::new(word, counted(label, found.unwrap_or(&none), narrowed))
}

/// The choices after "any"; one that was asked for stays to be seen and taken back, even with no open advert left.
fn with_any(any: &str, choices: impl Iterator<Item = Choice>, asked: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = std::iter::once(Choice::new("", any)).chain(choices).collect();
    if all.iter().all(|choice| choice.value != asked) {
        all.push(Choice::new(asked, asked));
    }
    all
}
