//! What a draft takes from the library: the clauses of the day, the answers about its post, and the texts that are
//! pinned when it is sent.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use time::Date;

use super::{DbError, Tx};
use crate::domain::clause::{Answers, LibraryClause, Question, When};
use crate::domain::content::Content;
use crate::domain::ids::{ClauseId, EmployerId, VersionId};
use crate::policy::{Act, Granted, act};

impl Tx {
    /// The clauses with a text that holds on that day, by name.
    pub async fn clauses_of_day(&mut self, employer: EmployerId, today: Date) -> Result<Vec<LibraryClause>, DbError> {
        let rows = sqlx::query!(
            r#"select c.id, c.name, c.placed_when, day.number as "number!", day.heading as "heading!", day.text as "text!"
            from clause c cross join lateral clause_of_day(c.employer_id, c.id, $2) day
            where c.employer_id = $1 and c.retired_at is null and (day.expires_on is null or day.expires_on >= $2)
            order by lower(c.name)"#,
            employer.0,
            today,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| LibraryClause {
            id: ClauseId(row.id),
            name: row.name,
            edition: row.number,
            heading: row.heading,
            text: row.text,
            when: row.placed_when.iter().filter_map(|word| When::parse(word)).collect(),
        });
        Ok(made.collect())
    }

    /// The same with what was answered about the post of a version, if it was.
    pub async fn clauses_and_answers(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        today: Date,
    ) -> Result<(Vec<LibraryClause>, Option<Answers>), DbError> {
        let rows = sqlx::query!(
            r#"with said as (select (select yes from post_answers where version_id = $3) as yes),
            held as (select c.id, c.name, c.placed_when, day.number, day.heading, day.text
                from clause c cross join lateral clause_of_day(c.employer_id, c.id, $2) day
                where c.employer_id = $1 and c.retired_at is null and (day.expires_on is null or day.expires_on >= $2))
            select said.yes as "yes?", held.id as "id?", held.name as "name?", held.placed_when as "placed_when?",
                held.number as "number?", held.heading as "heading?", held.text as "text?"
            from said left join held on true order by lower(held.name)"#,
            employer.0,
            today,
            version.0,
        )
        .fetch_all(self.conn())
        .await?;
        let read = |yes: &Vec<String>| Answers { yes: yes.iter().filter_map(|word| Question::parse(word)).collect() };
        let answers = rows.first().and_then(|row| row.yes.as_ref()).map(read);
        let made = rows.into_iter().filter_map(|row| {
            Some(LibraryClause {
                id: ClauseId(row.id?),
                name: row.name?,
                edition: row.number?,
                heading: row.heading?,
                text: row.text?,
                when: row.placed_when?.iter().filter_map(|word| When::parse(word)).collect(),
            })
        });
        Ok((made.collect(), answers))
    }

    /// Keeps the answers with the version, in place of those that were there.
    pub async fn keep_answers(
        &mut self,
        granted: &Granted<act::EditContent>,
        answers: &Answers,
    ) -> Result<(), DbError> {
        let yes: Vec<String> = answers.yes.iter().map(|question| question.word().to_owned()).collect();
        sqlx::query!(
            "insert into post_answers (employer_id, version_id, yes, answered_by, answered_at)
            values ($1, $2, $3, $4, $5)
            on conflict (version_id) do update
                set yes = excluded.yes, answered_by = excluded.answered_by, answered_at = excluded.answered_at",
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            granted.id().0,
            &yes,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Writes the texts of the day, as `content` was read with them, beside the lines that stand for clauses: from now
    /// on the version keeps them. Only while its content may still change.
    pub async fn pin_clauses<A: Act<Id = VersionId>>(
        &mut self,
        granted: &Granted<A>,
        content: &Content,
    ) -> Result<(), DbError> {
        let mut seen = BTreeSet::new();
        let rows: Vec<Value> = content
            .all_items()
            .into_iter()
            .filter_map(|item| {
                let (heading, placed) = item.body.placed().filter(|(_, placed)| !placed.is_overridden())?;
                seen.insert(item.id).then(
                    || json!({"item_id": item.id, "text": item.text, "heading": heading, "edition": placed.edition}),
                )
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "with r as (select * from jsonb_to_recordset($2) as r (item_id bigint, text text, heading text, edition int)),
            u as (update clause_use u set heading = r.heading, edition = r.edition from r
                where u.version_id = $1 and u.item_id = r.item_id and (u.heading, u.edition) <> (r.heading, r.edition))
            update item i set text = r.text from r where i.version_id = $1 and i.item_id = r.item_id and i.text <> r.text",
            granted.id().0,
            Value::Array(rows),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
