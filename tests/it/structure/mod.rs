//! What stands around the words of a version: terms of the scheme, units that move, the chart, grades, reviews, and
//! clauses of another employer.

mod documents;
mod grades;
mod reviews_due;
mod sharing;
mod sharing_templates;
mod units;

use rolebook::domain::ids::VersionId;

use crate::support::site::Site;

/// Takes every section of that kind from a draft.
async fn db_without(site: &Site, version: VersionId, kind: &str) {
    for sql in [
        "delete from term t using item i, section s where t.version_id = $1 and i.version_id = $1 and s.version_id = $1
            and i.item_id = t.item_id and s.section_id = i.section_id and s.kind = $2",
        "delete from item i using section s where i.version_id = $1 and s.version_id = $1 and s.section_id = i.section_id and s.kind = $2",
        "delete from section where version_id = $1 and kind = $2",
    ] {
        sqlx::query(sql).bind(version.0).bind(kind).execute(&site.db).await.unwrap();
    }
}
