//! A version before it goes anywhere: as the document, as the reader of an advert meets it, and on a phone.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use time::Date;

use crate::db::Version;
use crate::documents::render::sheet::Sheet;
use crate::documents::render::{AdvertPaper, Html, advert};
use crate::domain::advert::{AdvertText, ApplyKind, Vacancy};
use crate::error::AppError;
use crate::printing::on_screen;
use crate::web::author::version::{At, at, open};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tab {
    #[default]
    Document,
    Advert,
    Phone,
}

impl Tab {
    const ALL: [(Tab, &'static str, &'static str); 3] = [
        (Tab::Document, "document", "As the document"),
        (Tab::Advert, "advert", "As readers of an advert"),
        (Tab::Phone, "phone", "On a phone"),
    ];
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default, rename = "as")]
    tab: Tab,
}

#[derive(Template)]
#[template(path = "author/edit/preview.html")]
struct PreviewPage<'a> {
    frame: Frame,
    version: &'a Version,
    tab: Tab,
    tabs: Vec<(String, &'static str, bool)>,
    sheet: Sheet,
    advert: AdvertPaper,
}

pub async fn preview(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let content = tx.content(version.employer, version.id).await?;
    let at = at(&me, &version);
    let employer = me.who.employer.name.clone();
    page(&PreviewPage {
        frame: super::history::frame(&me, &version, "Preview"),
        tab: asked.tab,
        tabs: Tab::ALL
            .map(|(tab, word, label)| (format!("{}?as={word}", at.act("preview")), label, tab == asked.tab))
            .into(),
        sheet: on_screen(&version, &content, &employer, me.today()),
        advert: advert(&vacancy(employer, &version, me.today()), &content),
        version: &version,
    })
}

impl PreviewPage<'_> {
    fn head(&self) -> impl std::fmt::Display {
        Html::head(&self.sheet)
    }

    fn document(&self) -> Html<'_> {
        Html::new(&self.sheet.blocks, &())
    }
}

const ABOUT: &str = "What the advert itself says of the job stands here. It is written when the advert is made.";
const APPLY: &str = "The way to apply is given in the advert.";

/// What an advert would take over from the version; its own words are still to come.
fn vacancy(employer: String, version: &Version, today: Date) -> Vacancy {
    let details = &version.printed(today);
    let text = AdvertText {
        offer: Default::default(),
        headline: String::new(),
        short_text: ABOUT.to_owned(),
        reference: String::new(),
        salary_typed: false,
        salary_text: details.salary_text.clone(),
        contract_kind: None,
        contract: details.contract.clone(),
        working_pattern: details.working_pattern.clone(),
        locations: details.location.clone(),
        contact_name: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        apply_kind: ApplyKind::Instructions,
        apply_value: APPLY.to_owned(),
        hiring_manager: None,
        opens_on: None,
        closes_on: None,
        shortlisting_on: None,
        interviews_on: None,
        starts: String::new(),
    };
    Vacancy {
        employer,
        title: version.title().to_owned(),
        grade: version.grade.clone(),
        hours: details.hours.clone(),
        directorate: details.directorate.clone(),
        service: details.service.clone(),
        reports_to: details.reports_to.clone(),
        glossary: version.glossary.clone(),
        given: version.given(today),
        printing: version.printing(),
        text,
    }
}
