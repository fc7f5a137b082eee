//! An example for each route of the employer's standard clauses and of its pay.

use super::examples::{DOCUMENT, Example, File, get, look_up, post, upload};

/// A pay award.
const AWARD: &str = "grade,annual_gbp,effective_from\nBand 4,30000,2027-04-01\n";

pub const EXAMPLES: &[Example] = &[
    get("/staff/{employer}/clauses", "any"),
    get("/staff/{employer}/clauses.csv", "any"),
    get("/staff/{employer}/clauses/new", "any"),
    post(
        "/staff/{employer}/clauses/new",
        "any",
        "name=Dogs&owner={author}&heading=&text=No dogs.&note=New&effective_from=2027-01-01&when=always",
    ),
    get("/staff/{employer}/clauses/{clause}", "any"),
    get("/staff/{employer}/clauses/{clause}/change", "any"),
    post("/staff/{employer}/clauses/{clause}/change", "any", "name=Cats&owner={author}&revision=1"),
    get("/staff/{employer}/clauses/{clause}/compare", "any"),
    get("/staff/{employer}/clauses/{clause}/propose", "any"),
    post("/staff/{employer}/clauses/{clause}/propose", "any", "text=No cats.&note=New&effective_from=2027-01-01"),
    post("/staff/{employer}/clauses/{clause}/decide", "clause proposed", "edition=2&decision=approve"),
    post("/staff/{employer}/clauses/{clause}/retire", "any", ""),
    get("/staff/{employer}/clauses/{clause}/impact", "any"),
    get("/staff/{employer}/clauses/{clause}/rollout", "clause rolled out"),
    post("/staff/{employer}/clauses/{clause}/rollout", "clause approved", "edition=2&mode=silent&in_review=wait"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/clauses", "draft"),
    look_up(
        "/staff/{employer}/profiles/{profile}/versions/{version}/clauses/plan",
        "draft",
        "patients=yes&children=no&adults=no&drives=no&public=no&budget=no&on_call=no&political=no",
    ),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/clauses/take",
        "draft",
        "patients=no&children=no&adults=no&drives=no&public=no&budget=no&on_call=no&political=no",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/clauses/place", "draft", "clause={clause}"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/standard",
        "draft with its own clause",
        "revision=1",
    ),
    get("/staff/{employer}/templates", "any"),
    get("/staff/{employer}/templates/new", "any"),
    post("/staff/{employer}/templates/new", "any", "name=Porters&begins=council_post"),
    get("/staff/{employer}/templates/{template}", "any"),
    post("/staff/{employer}/templates/{template}/default", "any", ""),
    post("/staff/{employer}/templates/{template}/retire", "any", ""),
    post("/staff/{employer}/templates/{template}/change", "any", ""),
    post("/staff/{employer}/templates/{template}/drop", "template being written", ""),
    get("/staff/{employer}/templates/{template}/edit", "template being written"),
    post(
        "/staff/{employer}/templates/{template}/edit",
        "template being written",
        "revision=1&style=own&review_months=12",
    ),
    get("/staff/{employer}/templates/{template}/sections/new", "template being written"),
    post(
        "/staff/{employer}/templates/{template}/sections/new",
        "template being written",
        "revision=1&heading=Travel&kind=prose&need=required",
    ),
    get("/staff/{employer}/templates/{template}/sections/{slot}", "template being written"),
    post(
        "/staff/{employer}/templates/{template}/sections/{slot}",
        "template being written",
        "revision=1&heading=Travel&need=required",
    ),
    post("/staff/{employer}/templates/{template}/sections/{slot}/up", "template being written", "revision=1"),
    post("/staff/{employer}/templates/{template}/sections/{slot}/down", "template being written", "revision=1"),
    post("/staff/{employer}/templates/{template}/sections/{slot}/remove", "template being written", "revision=1"),
    get("/staff/{employer}/templates/{template}/preview", "template being written"),
    post("/staff/{employer}/templates/{template}/bind", "template being written", "revision=1&note=New"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/template", "draft"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/template", "draft", "template={template}"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/settle",
        "draft with a kept section",
        "into=own",
    ),
    get("/staff/{employer}/pay", "any"),
    upload("/staff/{employer}/pay/file", "any", File { name: "award.csv", text: AWARD, ..DOCUMENT }),
    get("/staff/{employer}/pay/{award}", "any"),
    post("/staff/{employer}/pay/{award}/apply", "any", ""),
    get("/staff/{employer}/pay/{award}/effects.csv", "any"),
];
