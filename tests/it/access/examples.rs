//! An example for every route: in what situation it is tried, and what its form sends.
//!
//! A new route needs one line here. `{names}` in addresses and fields stand for facts of the situation, which
//! `seed.rs` prepares.

pub struct Example {
    pub method: &'static str,
    /// The route, as `web` lists it.
    pub path: &'static str,
    /// The situation in `seed.rs`.
    pub situation: &'static str,
    /// What the form sends, as in an address: `name=value&name=value`.
    pub fields: &'static str,
    pub file: Option<File>,
}

/// A file that a form sends.
#[derive(Clone, Copy)]
pub struct File {
    pub field: &'static str,
    pub name: &'static str,
    pub text: &'static str,
}

/// A document that can be read.
pub const DOCUMENT: File = File {
    field: "document",
    name: "porter.txt",
    text: "Job title: Porter\nBand: Band 4\n\nMain duties\n\n1. Moves patients.\n2. Moves equipment.\n",
};

/// A logo.
pub const LOGO: File = File { field: "logo", name: "logo.svg", text: LOGO_TEXT };
const LOGO_TEXT: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>";

/// The same among several.
pub const TOGETHER: File = File { field: "documents", ..DOCUMENT };

pub const fn get(path: &'static str, situation: &'static str) -> Example {
    Example { method: "GET", path, situation, fields: "", file: None }
}

/// A page whose address ends in a question.
pub const fn look_up(path: &'static str, situation: &'static str, fields: &'static str) -> Example {
    Example { method: "GET", path, situation, fields, file: None }
}

/// Sends one file.
pub const fn upload(path: &'static str, situation: &'static str, file: File) -> Example {
    Example { method: "POST", path, situation, fields: "", file: Some(file) }
}

pub const fn post(path: &'static str, situation: &'static str, fields: &'static str) -> Example {
    Example { method: "POST", path, situation, fields, file: None }
}

/// What the page of corrections sends, with another headline.
const CORRECTION: &str = "lock_version={lock_version}&what=A better headline.&headline=Be a nurse&short_text=You visit \
    people.&salary_from=typed&salary_text=£27,485 a year&contract_kind=permanent&locations=Millfield, HX7&\
    contact_name=Sunita Rao&contact_email=team@trust.example&apply_kind=link&apply_value=https://jobs.example/1&dbs=none&audience=public";

/// A route of one step, for the whole employer; and the same for the unit that has one.
const ROUTE: &str = "name=Short&unit=whole&keeps=no&steps=1&seen=0&do=save&step_0_place=1&step_0_kind=approve&\
    step_0_asked=unit_manager";
const ROUTE_AGAIN: &str = "name=Short&unit={other_unit}&keeps=no&steps=1&seen=1&do=save&step_0_place=1&\
    step_0_kind=approve&step_0_asked=unit_manager";

pub const EXAMPLES: &[Example] = &[
    // Public
    get("/", "any"),
    get("/accessibility", "any"),
    get("/privacy", "any"),
    get("/cookies", "any"),
    get("/health/live", "any"),
    get("/health/ready", "any"),
    get("/demonstration/mail", "any"),
    get("/jobs", "any"),
    get("/jobs.atom", "any"),
    get("/jobs/in", "any"),
    get("/jobs/in/{place}", "any"),
    get("/jobs/{advert}", "advert published"),
    get("/jobs/{advert}/self-check", "advert published"),
    post("/jobs/{advert}/self-check", "advert published", "criterion_0=yes"),
    get("/jobs/{advert}/ask", "advert published"),
    post("/jobs/{advert}/ask", "advert published", "name=Jo&email=jo@home.example&question=When?"),
    get("/jobs/{advert}/asked", "advert published"),
    get("/jobs/{advert}/dates.ics", "advert published"),
    get("/robots.txt", "any"),
    get("/sitemap.xml", "any"),
    get("/sitemaps/{part}", "any"),
    look_up("/jobs/{advert}/pack", "advert published", "as=txt"),
    look_up("/jobs/{advert}/advert", "advert published", "as=txt"),
    post("/jobs/{advert}/save", "advert published", ""),
    post("/jobs/{advert}/unsave", "advert published", ""),
    get("/employers/{slug}", "any"),
    get("/employers/{slug}/logo.png", "any"),
    get("/employers/{slug}/colours.css", "any"),
    // Accounts
    get("/sign-in", "any"),
    post("/sign-in", "any", "email=ada@home.example&password={password}"),
    post("/sign-out", "any", ""),
    post("/session/stay", "any", ""),
    get("/sign-up", "any"),
    post("/sign-up", "any", "name=Neo New&email=neo@home.example&password={password}"),
    get("/sign-up/sent", "any"),
    get("/confirm/{token}", "email_confirmation"),
    post("/confirm/{token}", "email_confirmation", "password={password}"),
    get("/invitation/{token}", "invitation"),
    post("/invitation/{token}", "invitation", "name=Ivy Invited&password={password}"),
    get("/password-reset", "any"),
    post("/password-reset", "any", "email=ada@home.example"),
    get("/password-reset/sent", "any"),
    get("/password-reset/{token}", "password_reset"),
    post("/password-reset/{token}", "password_reset", "password={password}"),
    get("/account", "any"),
    get("/account/name", "any"),
    post("/account/name", "any", "name=Another Name"),
    get("/account/password", "any"),
    post("/account/password", "any", "password={password}&new_password=another willow kettle"),
    get("/account/data", "any"),
    get("/account/data.json", "any"),
    get("/account/delete", "any"),
    post("/account/delete", "any", "password={password}"),
    post("/account/saved/{advert}/remove", "advert published", ""),
    // Profiles
    get("/staff/{employer}/work", "any"),
    get("/staff/{employer}/glossary", "any"),
    post("/staff/{employer}/glossary", "any", "short=ABC&meaning=a blue coat"),
    get("/staff/{employer}/glossary.csv", "any"),
    upload("/staff/{employer}/glossary/file", "any", File { text: "XYZ,an example\n", ..DOCUMENT }),
    get("/staff/{employer}/glossary/{entry}", "any"),
    post("/staff/{employer}/glossary/{entry}", "any", "short=SCP&meaning=stores"),
    post("/staff/{employer}/glossary/{entry}/remove", "any", ""),
    get("/staff/{employer}/profiles", "any"),
    get("/staff/{employer}/profiles.csv", "any"),
    get("/staff/{employer}/profiles.zip", "any"),
    get("/staff/{employer}/profiles/due", "any"),
    get("/staff/{employer}/profiles/due.csv", "any"),
    get("/staff/{employer}/profiles/new", "any"),
    post("/staff/{employer}/profiles/new", "any", "title=Porter&unit={unit}&form_key=k1"),
    get("/staff/{employer}/profiles/{profile}", "draft"),
    post("/staff/{employer}/profiles/{profile}/drafts", "issued", ""),
    get("/staff/{employer}/profiles/{profile}/change", "issued"),
    post("/staff/{employer}/profiles/{profile}/change", "issued", "unit={unit}&owner={author}&post_numbers=7"),
    get("/staff/{employer}/profiles/{profile}/retire", "issued"),
    post("/staff/{employer}/profiles/{profile}/retire", "issued", "reason=The ward closed."),
    // A version on its way
    get("/staff/{employer}/profiles/{profile}/versions/{version}", "draft"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/download", "draft"),
    look_up("/staff/{employer}/profiles/{profile}/versions/{version}/file", "draft", "as=txt"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/draft", "issued", ""),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/details", "draft"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/details", "draft", "revision=1&title=Porter"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/submit", "ready"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/submit",
        "ready",
        "approver={manager}&note=New.&kind=minor&affects_grade=no",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/recall", "in review", ""),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/grade-basis", "approved"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/grade-basis", "approved", "basis=indicative"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/issue", "approved"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/issue", "approved", "effective_from=2026-01-15"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/withdraw", "approved"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/withdraw", "approved", "reason=It moves."),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/discard", "draft"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/discard", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/restore", "discarded", ""),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/emergency-issue", "ready"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/emergency-issue",
        "ready",
        "reason=It opens tonight.",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/compare", "issued"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/compare-with", "issued"),
    // The editor
    get("/staff/{employer}/profiles/{profile}/versions/{version}/edit", "draft"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/here", "draft", ""),
    look_up("/staff/{employer}/profiles/{profile}/versions/{version}/kept", "draft", "key=k1"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/save",
        "draft",
        "revision=1&text=Leads a team of six.",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/confirm", "guessed", "revision=1"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/up", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/down", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/delete", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/sections/add", "draft", "section_kind=prose"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/items",
        "draft",
        "kind=duty&text=Opens the store.",
    ),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/rename",
        "draft",
        "revision=1&section_heading=What you do",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/confirm", "guessed", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/up", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/down", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/delete", "draft", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/put-back", "draft", "edit={edit}"),
    // Suggestions and comments, of the manager here
    get("/staff/{employer}/profiles/{profile}/versions/{version}/remarks", "remarked"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/comments",
        "remarked",
        "about=item-{item}&text=How many?",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/edit", "remarked"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/edit",
        "remarked",
        "text=How many of them?",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/withdraw", "remarked", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/resolve", "remarked", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/comments/{comment}/reopen", "resolved", ""),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/suggestions",
        "remarked",
        "about=item-{item}&revision=1&text=Leads a team of six.",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}", "remarked"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/withdraw", "remarked", ""),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/accept", "remarked", ""),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/suggestions/{suggestion}/reject",
        "remarked",
        "reason=It leads nobody.",
    ),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/suggestions/accept",
        "remarked",
        "",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/duplicate", "draft", ""),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/split", "draft"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/split",
        "draft",
        "revision=1&do=split&text=Leads\nthe team.",
    ),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/merge", "second line", ""),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/move", "draft"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/move",
        "draft",
        "under=section-{section}",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/history", "draft"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/changes", "draft"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/preview", "draft"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/undo", "draft", "edit={edit}"),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/paste", "draft"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/paste",
        "draft",
        "do=add&text=Opens up.",
    ),
    // Reviewing
    get("/staff/{employer}/tasks/{task}", "in review"),
    post("/staff/{employer}/tasks/{task}/approve", "in review", "submission=1"),
    post("/staff/{employer}/tasks/{task}/request-changes", "in review", "submission=1&reason=Say what it leads."),
    post("/staff/{employer}/tasks/{task}/looked", "issued in an emergency", ""),
    post("/staff/{employer}/tasks/{task}/complete", "to be read", "submission=1"),
    get("/staff/{employer}/tasks/{task}/not-me", "in review"),
    post("/staff/{employer}/tasks/{task}/not-me", "in review", "to={other_manager}&reason=I know them."),
    get("/staff/{employer}/tasks/{task}/reassign", "in review"),
    post("/staff/{employer}/tasks/{task}/reassign", "in review", "to={other_manager}&reason=On leave."),
    get("/staff/{employer}/away", "any"),
    post("/staff/{employer}/away", "any", "first_day=2026-03-02&last_day=2026-03-06&delegate=nobody"),
    post("/staff/{employer}/away/{absence}/end", "away", ""),
    get("/staff/{employer}/people/{member}/away", "any"),
    post("/staff/{employer}/people/{member}/away", "any", "first_day=2026-03-02&last_day=2026-03-06&delegate=nobody"),
    post("/staff/{employer}/people/{member}/away/{absence}/end", "away", ""),
    get("/staff/{employer}/reviews", "any"),
    get("/staff/{employer}/reviews.csv", "any"),
    get("/staff/{employer}/reviews/settings", "any"),
    post(
        "/staff/{employer}/reviews/settings",
        "any",
        "nation=scotland&review_days=5&escalate_after=3&review_months=24",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/review", "in review"),
    look_up("/staff/{employer}/profiles/{profile}/versions/{version}/review/skip", "to be read", "step={step}"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/review/skip",
        "to be read",
        "step={step}&reason=Late.",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/review/restart", "in review"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/review/restart",
        "in review",
        "reason=A page was lost.",
    ),
    get("/staff/{employer}/profiles/{profile}/versions/{version}/review/cancel", "in review"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/review/cancel", "in review", "reason=No such post."),
    get("/guest/{token}", "guest"),
    post("/guest/{token}/code", "guest", ""),
    post("/guest/{token}/enter", "guest", "code=123456"),
    // Without the code, both lead back to it, and decide nothing.
    post("/guest/{token}/done", "guest", ""),
    post("/guest/{token}/changes", "guest", "reason=It is not so."),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/review/guest", "guest", "step={step}"),
    post("/staff/{employer}/profiles/{profile}/versions/{version}/review/guest-end", "guest", "step={step}"),
    get("/staff/{employer}/routes", "any"),
    look_up("/staff/{employer}/routes/try", "to be read", "draft={draft}"),
    get("/staff/{employer}/routes/new", "any"),
    post("/staff/{employer}/routes/new", "any", ROUTE),
    get("/staff/{employer}/routes/{route}", "any"),
    post("/staff/{employer}/routes/{route}", "any", ROUTE_AGAIN),
    post("/staff/{employer}/routes/{route}/retire", "any", ""),
    // Importing
    get("/staff/{employer}/import", "any"),
    upload("/staff/{employer}/import", "any", DOCUMENT),
    get("/staff/{employer}/import/batches", "any"),
    upload("/staff/{employer}/import/batches", "any", TOGETHER),
    get("/staff/{employer}/import/batches/{batch}", "any"),
    post("/staff/{employer}/import/batches/{batch}/drafts", "any", "unit={unit}&upload={upload}"),
    get("/staff/{employer}/import/{document}", "any"),
    post("/staff/{employer}/import/{document}/choices", "any", "state={state}&place-0=new"),
    get("/staff/{employer}/import/{document}/original", "any"),
    get("/staff/{employer}/import/{document}/lines", "any"),
    post("/staff/{employer}/import/{document}/profile", "any", "unit={unit}"),
    look_up("/staff/{employer}/import/{document}/match", "issued", "profile={profile}"),
    post("/staff/{employer}/import/{document}/match", "issued", "profile={profile}&base=1&state={state}"),
    // Adverts
    post("/staff/{employer}/profiles/{profile}/versions/{version}/adverts", "issued", ""),
    get("/staff/{employer}/adverts", "any"),
    get("/staff/{employer}/adverts/{advert}", "advert written"),
    get("/staff/{employer}/adverts/{advert}/edit", "advert written"),
    post(
        "/staff/{employer}/adverts/{advert}/edit",
        "advert written",
        "lock_version={lock_version}&headline=Be a porter",
    ),
    post("/staff/{employer}/adverts/{advert}/ask", "advert written", ""),
    post("/staff/{employer}/adverts/{advert}/version", "advert outdated", ""),
    get("/staff/{employer}/adverts/{advert}/confirm", "advert asked"),
    post("/staff/{employer}/adverts/{advert}/confirm", "advert asked", "lock_version={lock_version}"),
    post("/staff/{employer}/adverts/{advert}/return", "advert asked", "lock_version={lock_version}&remark=Say where."),
    post("/staff/{employer}/adverts/{advert}/publish", "advert ready", "lock_version={lock_version}"),
    post("/staff/{employer}/adverts/{advert}/withdraw", "advert published", "reason=The post is filled."),
    get("/staff/{employer}/adverts/{advert}/correct", "advert published"),
    post("/staff/{employer}/adverts/{advert}/correct", "advert published", CORRECTION),
    post(
        "/staff/{employer}/adverts/{advert}/extend",
        "advert published",
        "lock_version={lock_version}&closes_on=2026-02-16&what=More time.",
    ),
    post(
        "/staff/{employer}/adverts/{advert}/close",
        "advert published",
        "lock_version={lock_version}&reason_for_closing=Enough people applied.",
    ),
    post("/staff/{employer}/adverts/{advert}/unschedule", "advert scheduled", "lock_version={lock_version}"),
    post("/staff/{employer}/adverts/{advert}/copy", "advert published", ""),
    // Administration
    get("/staff/{employer}/people", "any"),
    get("/staff/{employer}/people/invite", "any"),
    post("/staff/{employer}/people/invite", "any", "name=Neo New&email=neo@work.example&role=panel&unit={unit}"),
    get("/staff/{employer}/people/{member}", "any"),
    post("/staff/{employer}/people/{member}/invite-again", "invited", ""),
    post("/staff/{employer}/people/{member}/roles/give", "any", "role=manager&unit={unit}"),
    post("/staff/{employer}/people/{member}/roles/take", "any", "role=panel&unit={unit}"),
    post("/staff/{employer}/people/{member}/deactivate", "any", ""),
    post("/staff/{employer}/people/{member}/reactivate", "deactivated", ""),
    get("/staff/{employer}/units", "any"),
    get("/staff/{employer}/units/new", "any"),
    post("/staff/{employer}/units/new", "any", "name=Portering"),
    get("/staff/{employer}/units/{unit}", "any"),
    post("/staff/{employer}/units/{unit}", "any", "name=Portering&manager={manager}"),
    get("/staff/{employer}/settings", "any"),
    get("/staff/{employer}/brand", "any"),
    Example {
        method: "POST",
        path: "/staff/{employer}/brand",
        situation: "any",
        fields: "revision=1&alt=Northmoor&accent=#036",
        file: Some(LOGO),
    },
    get("/staff/{employer}/mail", "any"),
    post("/staff/{employer}/mail/{mail}/retry", "mail waits", ""),
    get("/staff/{employer}/audit", "any"),
    get("/staff/{employer}/audit.csv", "any"),
];
