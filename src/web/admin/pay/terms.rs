//! The terms of the employer's pay schemes: what holds today and later, and a line from a day on.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::granted;
use crate::db::{NewTerm, Tx};
use crate::domain::advert::ContractKind;
use crate::domain::terms::TermLine;
use crate::domain::text::{LONGEST_LINE, long_date, parse_date};
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_saying};

/// The longest text of a term, as the table has it.
const LONGEST_TERM: usize = 2_000;

struct Scheme {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    /// Contracts and from when: `Bank or casual, from 1 April 2026`.
    whose: String,
    text: String,
    source: String,
}

#[derive(Template)]
#[template(path = "admin/pay/terms.html")]
struct TermsPage {
    frame: Frame,
    form: Form,
    schemes: Vec<Scheme>,
    choices: Vec<Choice>,
    contracts: Vec<Choice>,
    back: String,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    show(&me, &mut tx, Form::empty()).await
}

pub async fn add(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let known = tx.scheme_terms(&me.scope()).await?;
    let mut form = Form::again(&submitted);
    let scheme = known.iter().map(|(name, _)| name).find(|name| *name == submitted.raw("scheme"));
    if scheme.is_none() {
        form.problem("scheme", "Choose the pay scheme");
    }
    let [label, source, from] = ["label", "source", "from"].map(|field| submitted.line(field));
    let text = submitted.text("text");
    form.require("label", &label, "Say what the line is about, such as Probation");
    form.limit("label", &label, LONGEST_LINE);
    form.limit("text", &text, LONGEST_TERM);
    form.require("source", &source, "Say where it comes from, such as a policy or a section of the handbook");
    form.limit("source", &source, LONGEST_LINE);
    let from = parse_date(&from);
    if from.is_none() {
        form.problem("from", "Write the date like 28 January 2026");
    }
    let contracts = submitted.all("contracts").into_iter().filter_map(ContractKind::parse).collect();
    let (Some(scheme), Some(from), false) = (scheme, from, form.has_errors()) else {
        return show(&me, &mut tx, form).await;
    };
    let said = format!("{label}: kept from {}", long_date(from));
    let term = NewTerm { label, text, contracts, from, source };
    tx.add_term(&granted(&me, scheme)?, scheme, &term).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().pay_terms(), &said))
}

async fn show(me: &As<Admins>, tx: &mut Tx, form: Form) -> Result<Response, AppError> {
    let known = tx.scheme_terms(&me.scope()).await?;
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let scheme = |(name, lines): &(String, Vec<TermLine>)| Scheme {
        name: name.clone(),
        rows: standing(lines, me.today()).into_iter().map(row).collect(),
    };
    page_with(
        status,
        &TermsPage {
            frame: me.frame("Terms").crumb("Profiles", me.paths().profiles()).crumb("Pay", me.paths().pay()),
            form,
            schemes: known.iter().map(scheme).collect(),
            choices: known.iter().map(|(name, _)| Choice::new(name, name)).collect(),
            contracts: ContractKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect(),
            back: me.paths().pay(),
        },
    )
}

/// The lines that hold today or will, those of one label together.
fn standing(lines: &[TermLine], today: Date) -> Vec<&TermLine> {
    let is_over = |line: &&TermLine| {
        lines.iter().any(|other| {
            other.label == line.label
                && other.contracts == line.contracts
                && other.effective_from <= today
                && (other.effective_from, other.known) > (line.effective_from, line.known)
        })
    };
    let first = |line: &TermLine| lines.iter().position(|one| one.label == line.label);
    let mut standing: Vec<&TermLine> = lines.iter().filter(|line| !is_over(line)).collect();
    standing.sort_by_key(|line| (first(line), line.effective_from));
    standing
}

fn row(line: &TermLine) -> Row {
    let contracts: Vec<&str> = line.contracts.iter().map(|kind| kind.label()).collect();
    let whose = if contracts.is_empty() { "Every contract".to_owned() } else { contracts.join(", ") };
    Row {
        label: line.label.clone(),
        whose: format!("{whose}, from {}", long_date(line.effective_from)),
        text: if line.text.is_empty() { "Not printed".to_owned() } else { line.text.clone() },
        source: line.source.clone(),
    }
}
