//! The look of documents and adverts: the employer's logo and one colour.

use askama::Template;
use axum::response::Response;

use super::subject;
use crate::db::{BrandChange, DbError, LogoChange, PublicBrand, Tx};
use crate::documents::extract::refusal::Refusal;
use crate::documents::logo::{Logo, LogoError};
use crate::domain::brand::{Accent, LONGEST_ALT};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::upload::{FormWithFile, Upload};

#[derive(Template)]
#[template(path = "admin/brand.html")]
struct BrandPage {
    frame: Frame,
    form: Form,
    slug: String,
    /// As it is kept now.
    brand: Option<PublicBrand>,
    public_page: String,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let brand = tx.brand_to_change(me.employer()).await?;
    page(&view(&me, filled(brand.as_ref()), brand))
}

pub async fn change(me: As<Admins>, sent: FormWithFile) -> Result<Response, AppError> {
    let typed = Typed::read(&sent.fields);
    let mut form = Form::again(&sent.fields);
    if let Some(problem) = &typed.problem {
        form.problem("accent", problem);
    }
    // Drawing takes its time: no transaction is open meanwhile.
    let logo = match drawn(&me, sent.file).await {
        Ok(logo) => logo,
        Err(sentence) => {
            form.problem("logo", sentence);
            None
        }
    };
    let mut tx = me.begin().await?;
    let kept = tx.brand_to_change(me.employer()).await?;
    let has_logo = kept.as_ref().is_some_and(|brand| brand.logo.is_some()) && !typed.removes;
    if (logo.is_some() || has_logo) && typed.alt.is_empty() {
        form.problem("alt", "Say in words what the logo shows, mostly the employer's name");
    }
    form.limit("alt", &typed.alt, LONGEST_ALT);
    if form.has_errors() {
        return page_again(&view(&me, form, kept));
    }
    save(&me, tx, form, &typed, logo).await
}

async fn save(
    me: &As<Admins>,
    mut tx: Tx,
    mut form: Form,
    typed: &Typed,
    logo: Option<Logo>,
) -> Result<Response, AppError> {
    let granted = grant::<act::ChangeBrand>(&me.actor(), subject(me, me.employer(), &me.who.employer.name), me.now)?;
    let change = BrandChange {
        revision: typed.revision,
        accent: typed.accent,
        alt: &typed.alt,
        logo: match &logo {
            Some(logo) => LogoChange::New(logo),
            None if typed.removes => LogoChange::Remove,
            None => LogoChange::Keep,
        },
    };
    match tx.change_brand(&granted, &change).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().brand(), "The look of documents and adverts is saved"))
        }
        Err(DbError::Stale) => {
            form.problem(
                "accent",
                "Somebody else changed the look while you had this page open. Nothing of yours was saved: below is what \
                 you typed. Compare it with what is kept now, choose the logo again, and save",
            );
            let kept = tx.brand_to_change(me.employer()).await?;
            page_again(&view(me, form, kept))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form's fields, read.
struct Typed {
    revision: i32,
    accent: Option<Accent>,
    problem: Option<String>,
    alt: String,
    removes: bool,
}

impl Typed {
    fn read(fields: &Submitted) -> Self {
        let colour = fields.line("accent");
        let (accent, problem) = match (colour.as_str(), Accent::parse(&colour)) {
            ("", _) => (None, None),
            (_, Ok(accent)) => (Some(accent), None),
            (_, Err(error)) => (None, Some(error.to_string())),
        };
        Typed {
            // A number that no page sent is the number of no revision.
            revision: fields.number("revision").unwrap_or(-1),
            accent,
            problem,
            alt: fields.line("alt"),
            removes: fields.raw("remove") == "yes",
        }
    }
}

/// The copies of the file that came with the form; an error is a sentence for the page.
async fn drawn(me: &As<Admins>, file: Upload) -> Result<Option<Logo>, String> {
    let bytes = match file {
        Upload::Nothing => return Ok(None),
        Upload::TooLarge => return Err(LogoError::TooLarge.to_string()),
        Upload::File { bytes, .. } if bytes.len() > crate::documents::logo::MOST_BYTES => {
            return Err(LogoError::TooLarge.to_string());
        }
        Upload::File { bytes, .. } => bytes,
    };
    me.app.extractor.logo(&bytes).await.map(Some).map_err(|refusal| match refusal {
        Refusal::FromChild(sentence) => sentence,
        Refusal::NotStarted => "The logo could not be read just now. Try again".to_owned(),
        _ => "The logo takes more time or memory to draw than a picture should. Save it as a plain PNG".to_owned(),
    })
}

fn filled(brand: Option<&PublicBrand>) -> Form {
    let accent = brand.and_then(|brand| brand.accent).map(|accent| accent.to_string());
    let alt = brand.and_then(|brand| brand.logo.as_ref()).map(|logo| logo.alt.clone());
    Form::filled([("accent", accent.unwrap_or_default()), ("alt", alt.unwrap_or_default())])
}

fn view(me: &As<Admins>, form: Form, brand: Option<PublicBrand>) -> BrandPage {
    let slug = me.who.employer.slug.clone();
    let frame = me.frame("Logo and colour").crumb("Settings", me.paths().settings());
    BrandPage { frame, form, public_page: crate::web::paths::employer(&slug), slug, brand }
}

impl BrandPage {
    fn revision(&self) -> i32 {
        self.brand.as_ref().map_or(0, |brand| brand.revision)
    }

    fn has_logo(&self) -> bool {
        self.brand.as_ref().is_some_and(|brand| brand.logo.is_some())
    }
}
