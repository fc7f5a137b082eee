//! What of a template a version and a new draft read.

use serde::Deserialize;
use serde_json::Value;

use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, SectionId, TemplateId};
use crate::domain::template::{Fitted, Layout, Place, Printing};

/// A template that a draft may be made on.
#[derive(Debug, Clone)]
pub struct TemplateChoice {
    pub id: TemplateId,
    pub name: String,
    pub is_default: bool,
    /// The edition that binds.
    pub edition: i32,
    pub layout: Layout,
}

impl TemplateChoice {
    /// The edition that binds, as the template of a version that has no place in it yet.
    pub fn fitted(&self) -> Fitted {
        Fitted {
            template: self.id,
            name: self.name.clone(),
            edition: self.edition,
            latest: self.edition,
            layout: self.layout.clone(),
            places: Default::default(),
        }
    }
}

/// `template_of` as it writes it.
#[derive(Deserialize)]
struct Told {
    template: TemplateId,
    name: String,
    edition: i32,
    latest: i32,
    layout: Layout,
    places: Vec<ToldPlace>,
}

#[derive(Deserialize)]
struct ToldPlace {
    section: SectionId,
    #[serde(flatten)]
    place: Place,
}

/// What `template_of` says of a version.
///
/// # Errors
/// [`DbError::Inconsistent`] where it can't be read.
pub fn read_fitted(told: Option<Value>) -> Result<Option<Fitted>, DbError> {
    let Some(told) = told else { return Ok(None) };
    let odd =
        |_| DbError::Inconsistent { table: "template_edition", id: 0, what: "an unreadable template of a version" };
    let told: Told = serde_json::from_value(told).map_err(odd)?;
    Ok(Some(Fitted {
        template: told.template,
        name: told.name,
        edition: told.edition,
        latest: told.latest,
        layout: told.layout,
        places: told.places.into_iter().map(|one| (one.section, one.place)).collect(),
    }))
}

/// How a document of a version looks, by `template_of`. What can't be read says nothing: an advert that is open stays so.
pub(super) fn printing(told: Option<Value>) -> Printing {
    read_fitted(told).ok().flatten().map(|fitted| fitted.printing()).unwrap_or_default()
}

impl Tx {
    /// Gives versions the template of those they go on from, whose sections they have.
    pub(super) async fn carry_template(&mut self, versions: &[i64]) -> Result<(), DbError> {
        sqlx::query!(
            "update version v set template_id = b.template_id, template_edition = b.template_edition from version b
            where v.id = any($1) and b.id = v.base_id and b.template_id is not null",
            versions,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The templates in use, the one that is offered first at the head, then by name.
    pub async fn template_choices(&mut self, employer: EmployerId) -> Result<Vec<TemplateChoice>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.name, t.is_default, e.number, e.layout
            from template t join lateral (select * from template_edition x
                where x.employer_id = t.employer_id and x.template_id = t.id and x.bound_at is not null
                order by x.number desc limit 1) e on true
            where t.employer_id = $1 and t.retired_at is null order by not t.is_default, lower(t.name)"#,
            employer.0,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| {
            let odd = DbError::Inconsistent { table: "template_edition", id: row.id, what: "an unreadable layout" };
            Ok(TemplateChoice {
                id: TemplateId(row.id),
                name: row.name,
                is_default: row.is_default,
                edition: row.number,
                layout: serde_json::from_value(row.layout).map_err(|_| odd)?,
            })
        });
        made.collect()
    }
}
