//! A version's content as rows: one statement loads it, whatever its size; a few write it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DbError, Tx};
use crate::domain::clause::Placed;
use crate::domain::content::{Assessment, Body, Content, Importance, Item, ItemKind, Section, SectionKind};
use crate::domain::ids::{ClauseId, EmployerId, ItemId, SectionId, VersionId};
use crate::domain::work::{Frequency, Work};

/// A row of the one query that loads content: a section, with one of its items where it has any.
struct Row {
    version_id: i64,
    section_id: i64,
    section_kind: String,
    heading: String,
    section_revision: i32,
    item_id: Option<i64>,
    parent_id: Option<i64>,
    item_kind: Option<String>,
    number: Option<String>,
    text: Option<String>,
    sure: Option<bool>,
    revision: Option<i32>,
    importance: Option<String>,
    subheading: Option<String>,
    methods: Option<Vec<String>>,
    present: Option<bool>,
    frequency: Option<String>,
    examples: Option<String>,
    factor: Option<String>,
    level: Option<String>,
    label: Option<String>,
    clause_heading: Option<String>,
    clause_id: Option<i64>,
    edition: Option<i32>,
    reason: Option<String>,
    /// The last day of a clause that no longer holds.
    ended: Option<time::Date>,
    /// The standard text of a line with words of its own.
    standard: Option<String>,
    work_frequency: Option<String>,
    share: Option<i16>,
    systems: Option<String>,
}

impl Tx {
    pub async fn content(&mut self, employer: EmployerId, version: VersionId) -> Result<Content, DbError> {
        Ok(self.contents(employer, &[version]).await?.remove(&version).unwrap_or_default())
    }

    /// The contents of several versions in one statement; a version without sections is absent. `offset 0` there keeps
    /// the text of the day from being looked for where a line has no clause.
    pub async fn contents(
        &mut self,
        employer: EmployerId,
        versions: &[VersionId],
    ) -> Result<BTreeMap<VersionId, Content>, DbError> {
        let ids: Vec<i64> = versions.iter().map(|version| version.0).collect();
        let day = self.day();
        let rows = sqlx::query_as!(
            Row,
            r#"select s.version_id, s.section_id, s.kind as section_kind, s.heading, s.revision as section_revision,
                i.item_id as "item_id?", i.parent_id as "parent_id?", i.kind as "item_kind?", i.number as "number?",
                case when day.number is null then i.text else day.text end as "text?", i.sure as "sure?", i.revision as "revision?",
                c.importance as "importance?", c.subheading as "subheading?",
                (select array_agg(a.method order by a.method) from criterion_assessment a
                    where a.version_id = i.version_id and a.item_id = i.item_id) as "methods?",
                d.present as "present?", d.frequency as "frequency?", d.examples as "examples?",
                f.factor as "factor?", f.level as "level?", t.label as "label?",
                case when day.number is null then u.heading else day.heading end as "clause_heading?",
                u.clause_id as "clause_id?", coalesce(day.number, u.edition) as "edition?", u.reason as "reason?",
                case when u.clause_id is not null
                    then clause_ended(u.employer_id, u.clause_id, coalesce(day.number, u.edition), $3) end as "ended?",
                case when u.reason <> '' then clause_standard(u.employer_id, u.clause_id, u.edition, $3) end as "standard?",
                w.frequency as "work_frequency?", w.share as "share?", w.systems as "systems?"
            from section s
            left join item i on i.version_id = s.version_id and i.section_id = s.section_id
            left join criterion c on c.version_id = i.version_id and c.item_id = i.item_id
            left join demand d on d.version_id = i.version_id and d.item_id = i.item_id
            left join factor_level f on f.version_id = i.version_id and f.item_id = i.item_id
            left join term t on t.version_id = i.version_id and t.item_id = i.item_id
            left join clause_use u on u.version_id = i.version_id and u.item_id = i.item_id
            left join version v on v.id = s.version_id and u.clause_id is not null and u.reason = ''
                and v.state in ('draft', 'changes_requested')
            left join lateral (select d.* from clause_of_day(v.employer_id, u.clause_id, $3) d where v.id is not null offset 0) day on true
            left join duty_work w on w.version_id = i.version_id and w.item_id = i.item_id
            where s.employer_id = $1 and s.version_id = any($2)
            order by s.version_id, s.position, i.position"#,
            employer.0,
            &ids,
            day,
        )
        .fetch_all(self.conn())
        .await?;
        assemble(rows)
    }

    /// Fresh identities for sections and items, in one statement.
    pub async fn new_identities(&mut self, how_many: usize) -> Result<Vec<i64>, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select nextval('content_identity') as "id!" from generate_series(1, $1::bigint)"#,
            how_many as i64
        )
        .fetch_all(self.conn())
        .await?)
    }

    /// Writes the whole content of a version that has none yet.
    pub(super) async fn write_content(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        content: &Content,
    ) -> Result<(), DbError> {
        let sections: Vec<Value> = content
            .sections
            .iter()
            .enumerate()
            .map(|(n, section)| {
                json!({"section_id": section.id, "position": n + 1, "kind": section.kind.word(), "heading": section.heading})
            })
            .collect();
        sqlx::query!(
            "insert into section (employer_id, version_id, section_id, position, kind, heading)
            select $1, $2, s.section_id, s.position, s.kind, s.heading
            from jsonb_to_recordset($3) as s (section_id bigint, position int, kind text, heading text)",
            employer.0,
            version.0,
            Value::Array(sections),
        )
        .execute(self.conn())
        .await?;
        let rows: Vec<Value> =
            content.sections.iter().flat_map(|section| item_rows(section.id, None, &section.items)).collect();
        self.write_items(employer, version, &Value::Array(rows)).await
    }

    /// Writes items with what their kinds add; the positions are those in the rows.
    pub(super) async fn write_items(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        rows: &Value,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into item (employer_id, version_id, item_id, section_id, parent_id, position, kind, number, text,
                sure, revision)
            select $1, $2, i.item_id, i.section_id, i.parent_id, i.position, i.kind, i.number, i.text, i.sure,
                coalesce(i.revision, 1)
            from jsonb_to_recordset($3) as i (item_id bigint, section_id bigint, parent_id bigint, position int,
                kind text, number text, text text, sure boolean, revision int)",
            employer.0,
            version.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        self.write_bodies(employer, version, rows).await
    }

    /// What the kinds of those items add.
    pub(super) async fn write_bodies(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        rows: &Value,
    ) -> Result<(), DbError> {
        self.write_criteria(employer, version, rows).await?;
        self.write_other_kinds(employer, version, rows).await
    }

    async fn write_criteria(&mut self, employer: EmployerId, version: VersionId, rows: &Value) -> Result<(), DbError> {
        sqlx::query!(
            "insert into criterion (employer_id, version_id, item_id, importance, subheading)
            select $1, $2, i.item_id, i.importance, i.subheading
            from jsonb_to_recordset($3) as i (item_id bigint, kind text, importance text, subheading text)
            where i.kind = 'criterion'",
            employer.0,
            version.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "insert into criterion_assessment (employer_id, version_id, item_id, method)
            select distinct $1::bigint, $2::bigint, i.item_id, method
            from jsonb_to_recordset($3) as i (item_id bigint, kind text, assessment jsonb),
                jsonb_array_elements_text(i.assessment) as method
            where i.kind = 'criterion'",
            employer.0,
            version.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_other_kinds(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        rows: &Value,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with i as (select * from jsonb_to_recordset($3) as i (item_id bigint, kind text, present boolean,
                    frequency text, examples text, factor text, level text, label text, heading text,
                    share smallint, systems text, clause_id bigint, edition int, reason text)),
                demands as (insert into demand (employer_id, version_id, item_id, present, frequency, examples)
                    select $1, $2, item_id, present, frequency, examples from i where kind = 'demand'),
                factors as (insert into factor_level (employer_id, version_id, item_id, factor, level)
                    select $1, $2, item_id, factor, level from i where kind = 'factor_level'),
                terms as (insert into term (employer_id, version_id, item_id, label)
                    select $1, $2, item_id, label from i where kind in ('term', 'detail')),
                duties as (insert into duty_work (employer_id, version_id, item_id, frequency, share, systems)
                    select $1, $2, item_id, nullif(frequency, ''), share, systems from i
                    where kind = 'duty' and (frequency <> '' or share is not null or systems <> ''))
            insert into clause_use (employer_id, version_id, item_id, heading, clause_id, edition, reason)
                select $1, $2, item_id, heading, clause_id, edition, coalesce(reason, '') from i where kind = 'clause'",
            employer.0,
            version.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The lines of a version about criminal record checks.
    pub async fn said_of_checks(&mut self, employer: EmployerId, version: VersionId) -> Result<String, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select coalesce(string_agg(l.text, E'\n' order by l.item_id), '') as "said!" from item l
            where l.employer_id = $1 and l.version_id = $2
                and l.text ~* '\mdbs\M|\mcrb\M|criminal record|disclosure|barred list'"#,
            employer.0,
            version.0,
        )
        .fetch_one(self.conn())
        .await?)
    }
}

/// Rows of items and of everything below them, siblings numbered from 1.
pub(super) fn item_rows(section: SectionId, parent: Option<ItemId>, items: &[Item]) -> Vec<Value> {
    let mut rows = Vec::new();
    for (n, item) in items.iter().enumerate() {
        rows.push(item_row(section, parent, n + 1, item));
        rows.extend(item_rows(section, Some(item.id), &item.children));
    }
    rows
}

pub(super) fn item_row(section: SectionId, parent: Option<ItemId>, position: usize, item: &Item) -> Value {
    let mut row = json!({
        "item_id": item.id, "section_id": section, "parent_id": parent, "position": position,
        "kind": item.kind().word(), "number": item.number, "text": item.text, "sure": item.sure,
    });
    let added = match &item.body {
        Body::Paragraph | Body::Group | Body::Category => json!({}),
        Body::Duty(work) => {
            json!({"frequency": work.frequency.map_or("", Frequency::word), "share": work.share, "systems": work.systems})
        }
        Body::Criterion { importance, subheading, assessment } => {
            let methods: Vec<&str> = assessment.iter().map(|method| method.word()).collect();
            json!({"importance": importance.word(), "subheading": subheading, "assessment": methods})
        }
        Body::Term { label } | Body::Detail { label } => json!({ "label": label }),
        Body::Demand { present, frequency, examples } => {
            json!({"present": present, "frequency": frequency, "examples": examples})
        }
        Body::FactorLevel { factor, level } => json!({"factor": factor, "level": level}),
        Body::Clause { heading, placed: None } => json!({"heading": heading, "reason": ""}),
        Body::Clause { heading, placed: Some(placed) } => json!({
            "heading": heading, "clause_id": placed.clause, "edition": placed.edition, "reason": placed.reason,
        }),
    };
    if let (Value::Object(row), Value::Object(added)) = (&mut row, added) {
        row.extend(added);
    }
    row
}

/// Builds the trees out of rows that come in order of section and position.
fn assemble(rows: Vec<Row>) -> Result<BTreeMap<VersionId, Content>, DbError> {
    let mut contents: BTreeMap<VersionId, Content> = BTreeMap::new();
    let mut children: BTreeMap<(i64, Option<i64>, i64), Vec<Item>> = BTreeMap::new();
    for row in rows {
        let content = contents.entry(VersionId(row.version_id)).or_default();
        if content.sections.last().is_none_or(|last| last.id.0 != row.section_id) {
            let kind = SectionKind::parse(&row.section_kind).ok_or_else(|| odd("section", row.section_id))?;
            let id = SectionId(row.section_id);
            let heading = row.heading.clone();
            content.sections.push(Section { id, kind, heading, revision: row.section_revision, items: Vec::new() });
        }
        let place = (row.version_id, row.parent_id, row.section_id);
        if let Some(item) = item(row)? {
            children.entry(place).or_default().push(item);
        }
    }
    for (version, content) in &mut contents {
        for section in &mut content.sections {
            section.items = take_below(&mut children, version.0, None, section.id.0);
        }
    }
    Ok(contents)
}

fn take_below(
    children: &mut BTreeMap<(i64, Option<i64>, i64), Vec<Item>>,
    version: i64,
    parent: Option<i64>,
    section: i64,
) -> Vec<Item> {
    let mut items = children.remove(&(version, parent, section)).unwrap_or_default();
    for item in &mut items {
        item.children = take_below(children, version, Some(item.id.0), section);
    }
    items
}

fn item(row: Row) -> Result<Option<Item>, DbError> {
    let (Some(id), Some(kind), Some(text), Some(sure), Some(revision)) =
        (row.item_id, &row.item_kind, &row.text, row.sure, row.revision)
    else {
        return Ok(None);
    };
    let kind = ItemKind::parse(kind).ok_or_else(|| odd("item", id))?;
    let (number, text) = (row.number.clone(), text.clone());
    let body = body(kind, row).ok_or_else(|| odd("item", id))?;
    Ok(Some(Item { id: ItemId(id), revision, number, text, sure, body, children: Vec::new() }))
}

/// None where the row of the kind is missing: a row that the program can't have written.
fn body(kind: ItemKind, row: Row) -> Option<Body> {
    Some(match kind {
        ItemKind::Paragraph => Body::Paragraph,
        ItemKind::Group => Body::Group,
        ItemKind::Duty => Body::Duty(Work {
            frequency: row.work_frequency.as_deref().and_then(Frequency::parse),
            share: row.share.and_then(|share| share.try_into().ok()),
            systems: row.systems.unwrap_or_default(),
        }),
        ItemKind::Category => Body::Category,
        ItemKind::Criterion => Body::Criterion {
            importance: Importance::parse(&row.importance?)?,
            subheading: row.subheading?,
            assessment: row.methods.unwrap_or_default().iter().filter_map(|word| Assessment::parse(word)).collect(),
        },
        ItemKind::Term => Body::Term { label: row.label? },
        ItemKind::Detail => Body::Detail { label: row.label? },
        ItemKind::Demand => Body::Demand { present: row.present, frequency: row.frequency?, examples: row.examples? },
        ItemKind::FactorLevel => Body::FactorLevel { factor: row.factor?, level: row.level? },
        ItemKind::Clause => {
            let reason = row.reason.unwrap_or_default();
            let placed = row.clause_id.zip(row.edition).map(|(id, edition)| {
                let clause = ClauseId(id);
                Placed { clause, edition, reason, ended: row.ended, standard: row.standard }
            });
            Body::Clause { heading: row.clause_heading?, placed }
        }
    })
}

fn odd(table: &'static str, id: i64) -> DbError {
    DbError::Inconsistent { table, id, what: "a kind without its row" }
}
