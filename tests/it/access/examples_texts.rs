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
    get("/staff/{employer}/clauses/shared", "any"),
    post("/staff/{employer}/clauses/shared", "any", "share={share}&answer=decline"),
    get("/staff/{employer}/clauses/{clause}/share", "any"),
    post("/staff/{employer}/clauses/{clause}/share", "any", "employer={council}"),
    post("/staff/{employer}/clauses/{clause}/withdraw", "clause shared", "share={given}"),
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
    get("/staff/{employer}/pay", "any"),
    upload("/staff/{employer}/pay/file", "any", File { name: "award.csv", text: AWARD, ..DOCUMENT }),
    get("/staff/{employer}/pay/grades/new", "any"),
    post("/staff/{employer}/pay/grades/new", "any", "name=Band 9&new_scheme=Local&week=37&after="),
    get("/staff/{employer}/pay/grades/{grade}", "any"),
    post("/staff/{employer}/pay/grades/{grade}", "any", "name=Band 4a&before=Band 4&ended_on="),
    post("/staff/{employer}/pay/grades/{grade}/figures", "any", "from=2027-04-01&low=30000&high=31000&source=A story"),
    get("/staff/{employer}/pay/terms", "any"),
    post(
        "/staff/{employer}/pay/terms",
        "any",
        "scheme=Agenda for Change&label=Probation&text=6 months&from=2026-04-01&source=Policy",
    ),
    get("/staff/{employer}/pay/{award}", "any"),
    post("/staff/{employer}/pay/{award}/apply", "any", ""),
    get("/staff/{employer}/pay/{award}/effects.csv", "any"),
];
