//! HR authors at work: their tasks, the library, drafts and the way of a version to being issued.

pub mod adverts;
mod change_profile;
mod clauses;
mod details;
mod details_clash;
mod discard;
mod download;
pub(super) mod edit;
mod emergency_issue;
mod glossary;
mod grade_basis;
mod import;
mod issue;
mod library_file;
pub mod life_line;
mod new_profile;
mod pay;
pub mod pay_line;
pub mod profile;
mod profiles;
mod profiles_csv;
pub(super) mod reason;
mod recall;
mod restore;
mod retire;
mod reviews_due;
mod sent;
mod start_draft;
mod submit;
pub(super) mod templates;
pub mod version;
mod version_file;
mod withdraw;
mod work;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/work", work::work)
        .page("/staff/{employer}/profiles", profiles::list)
        .page("/staff/{employer}/profiles.csv", profiles_csv::download)
        .page("/staff/{employer}/profiles.zip", library_file::download)
        .page("/staff/{employer}/profiles/due", reviews_due::list)
        .page("/staff/{employer}/profiles/due.csv", reviews_due::file)
        .page("/staff/{employer}/profiles/new", new_profile::form)
        .action("/staff/{employer}/profiles/new", new_profile::create)
        .area(profile_routes)
        .area(version_routes)
        .area(edit::routes)
        .area(adverts::routes)
        .area(import::routes)
        .area(glossary::routes)
        .area(clauses::routes)
        .area(templates::routes)
        .area(pay::routes)
}

fn profile_routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}", profile::read)
        .action("/staff/{employer}/profiles/{profile}/drafts", start_draft::start)
        .page("/staff/{employer}/profiles/{profile}/change", change_profile::form)
        .action("/staff/{employer}/profiles/{profile}/change", change_profile::change)
        .page("/staff/{employer}/profiles/{profile}/retire", retire::form)
        .action("/staff/{employer}/profiles/{profile}/retire", retire::retire)
}

fn version_routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}/versions/{version}", version::read)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/download", download::choose)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/file", version_file::download)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/draft", start_draft::start_from)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/details", details::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/details", details::save)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/submit", submit::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/submit", submit::submit)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/recall", recall::recall)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/grade-basis", grade_basis::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/grade-basis", grade_basis::record)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/issue", issue::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/issue", issue::issue)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/withdraw", withdraw::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/withdraw", withdraw::withdraw)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/discard", discard::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/discard", discard::discard)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/restore", restore::restore)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/emergency-issue", emergency_issue::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/emergency-issue", emergency_issue::issue)
}
