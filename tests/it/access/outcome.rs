//! What came of a request, in a word; and whether anything was kept of it.

use crate::support::page::Page;
use crate::support::site::Site;

/// The word for the golden table.
///
/// # Panics
/// Where no page of ours should answer so: a fault of the server, or an example that no form sends.
#[track_caller]
pub fn word(page: &Page, who: &str) -> &'static str {
    let location = page.location.as_deref().unwrap_or_default();
    let noted =
        page.headers.get_all("set-cookie").iter().any(|cookie| cookie.as_bytes().starts_with(b"rolebook_flash=n"));
    match page.status {
        200 => "ok",
        303 if location.starts_with("/sign-in?return_to=") => "sign in",
        303 if noted => "note",
        303 => "ok",
        401 => "sign in",
        403 => "403",
        404 => "404",
        409 => "409",
        422 => "form",
        status => panic!("{} answered {status} to {who}: {}", page.path, page.text()),
    }
}

/// The sums of all rows of all tables, for seeing that something changed.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    pub everything: String,
    /// Without the traces that a mere visit leaves.
    pub work: String,
}

/// The query behind [`kept`], for the tables that there are.
pub async fn kept_sql(site: &Site) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select quote_ident(c.relname) from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname",
    )
    .fetch_all(&site.db)
    .await
    .unwrap();
    let rows = tables.iter().map(|table| {
        let visit = ["session", "attempt", "presence"].contains(&table.as_str());
        format!(
            "select {visit} as visit, md5('{table}' || string_agg(t::text, '|' order by t::text)) as sum from {table} t"
        )
    });
    format!(
        "select coalesce(md5(string_agg(sum, '')), ''), coalesce(md5(string_agg(sum, '') filter (where not visit)), '') from ({}) s",
        rows.collect::<Vec<_>>().join(" union all ")
    )
}

pub async fn kept(site: &Site, sql: &str) -> Kept {
    let query = sqlx::query_as(sqlx::AssertSqlSafe(sql.to_owned()));
    let (everything, work) = query.fetch_one(&site.db).await.unwrap();
    Kept { everything, work }
}
