//! What programs that index the web ask for: where they may go, and what there is.

use std::fmt::Write;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use crate::clock::london_date;
use crate::domain::text::iso_date;
use crate::error::AppError;
use crate::reference::places::towns;
use crate::web::gate::{Anyone, As};
use crate::web::kept::kept;
use crate::web::paths;

const XML: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMES: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

pub async fn robots(me: As<Anyone>) -> Result<Response, AppError> {
    let site = &me.app.config.public_url;
    let closed = ["/staff/", "/account", "/sign-in", "/sign-up", "/password-reset", "/confirm/", "/invitation/"];
    let mut text = "User-agent: *\n".to_owned();
    closed.iter().for_each(|path| text.push_str(&format!("Disallow: {path}\n")));
    text.push_str(&format!("\nSitemap: {site}{}\n", paths::SITEMAP));
    Ok(kept(&me, StatusCode::OK, "text/plain; charset=utf-8", text, None))
}

/// The list of the map's parts: the pages, and the open adverts in lots.
pub async fn index(me: As<Anyone>) -> Result<Response, AppError> {
    let site = &me.app.config.public_url;
    let parts = me.begin().await?.sitemap_parts(me.now).await?;
    let mut xml = format!("{HEAD}<sitemapindex {NAMES}>\n");
    write_row(&mut xml, "sitemap", &format!("{site}{}", paths::sitemap("pages")), None);
    for (part, changed) in &parts {
        write_row(&mut xml, "sitemap", &format!("{site}{}", paths::sitemap(&part.to_string())), Some(*changed));
    }
    xml.push_str("</sitemapindex>\n");
    let changed = parts.iter().map(|(_, changed)| *changed).max();
    Ok(kept(&me, StatusCode::OK, XML, xml, changed))
}

pub async fn part(me: As<Anyone>, Path(part): Path<String>) -> Result<Response, AppError> {
    let site = &me.app.config.public_url;
    let mut tx = me.begin().await?;
    let mut xml = format!("{HEAD}<urlset {NAMES}>\n");
    let mut last = None;
    match part.as_str() {
        "pages" => {
            let fixed = [paths::JOBS, paths::JOBS_BY_PLACE, "/accessibility", "/privacy", "/cookies"];
            fixed.iter().for_each(|path| write_row(&mut xml, "url", &format!("{site}{path}"), None));
            for town in towns() {
                write_row(&mut xml, "url", &format!("{site}{}", paths::jobs_in(&town.slug)), None);
            }
            for slug in tx.employers_with_jobs(me.now).await? {
                write_row(&mut xml, "url", &format!("{site}{}", paths::employer(&slug)), None);
            }
        }
        number => {
            let number: i64 =
                number.parse().ok().filter(|number| (0..1_000_000).contains(number)).ok_or(AppError::NotFound)?;
            let adverts = tx.sitemap_adverts(number, me.now).await?;
            if adverts.is_empty() {
                return Err(AppError::NotFound);
            }
            for (advert, changed) in adverts {
                last = last.max(Some(changed));
                write_row(&mut xml, "url", &format!("{site}{}", paths::job(advert)), Some(changed));
            }
        }
    }
    xml.push_str("</urlset>\n");
    Ok(kept(&me, StatusCode::OK, XML, xml, last))
}

/// Addresses are ours, of letters, digits, slashes and dashes: nothing in them needs escaping.
fn write_row(xml: &mut String, kind: &str, address: &str, changed: Option<OffsetDateTime>) {
    let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", iso_date(london_date(at)))).unwrap_or_default();
    // Writing to a String does not fail.
    let _ = writeln!(xml, "<{kind}><loc>{address}</loc>{changed}</{kind}>");
}
