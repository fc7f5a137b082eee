//! The audit trail: a row beside every act, in the same transaction, never changed.

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, PersonId};
use crate::policy::{Act, Action, Granted};

/// A row of the trail, as the page shows it.
#[derive(Debug, Clone)]
pub struct AuditRow {
    pub id: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    /// Label and value, in the order in which they were recorded.
    pub facts: Vec<(String, String)>,
    pub at: OffsetDateTime,
}

/// What to show of the trail; empty filters show everything.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub person: Option<PersonId>,
    pub action: Option<Action>,
    /// The number of a profile: `JP-0042` is 42.
    pub profile: Option<i32>,
    /// From this instant on, and before that one.
    pub from: Option<OffsetDateTime>,
    pub until: Option<OffsetDateTime>,
    /// Rows before this id: the next page.
    pub before: Option<i64>,
}

impl Tx {
    /// Writes down what was done under this permission. `facts` are short: reasons, names, from and to;
    /// never what was typed into a form's text, a password or a token.
    pub(super) async fn record<A: Act>(&mut self, granted: &Granted<A>, facts: &[(&str, &str)]) -> Result<(), DbError> {
        let subject = granted.subject();
        self.note_cause(format!("{}: {}", granted.action().label(), subject.name));
        let facts: Map<String, Value> =
            facts.iter().map(|(label, value)| ((*label).to_owned(), Value::from(*value))).collect();
        sqlx::query!(
            "insert into audit (employer_id, person_id, actor, action, subject, profile_id, facts, created_at)
            values ($1, $2, $3, $4, $5, $6, $7::text::json, $8)",
            subject.employer.map(|id| id.0),
            granted.person().map(|person| person.id.0),
            granted.actor_name(),
            granted.action().word(),
            subject.name,
            subject.profile.map(|id| id.0),
            // As text: sent as a value it would become jsonb on the way, which forgets the order.
            Value::Object(facts).to_string(),
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Writes down a sign-in, a sign-up or a reset: acts of somebody who has no permission yet.
    pub async fn record_access(
        &mut self,
        person: PersonId,
        name: &str,
        action: &'static str,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into audit (person_id, actor, action, subject, created_at) values ($1, $2, $3, $2, $4)",
            person.0,
            name,
            action,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Newest first, one page and one row more, so that the caller knows whether there is another.
    pub async fn audit_trail(
        &mut self,
        employer: EmployerId,
        filter: &AuditFilter,
        page: i64,
    ) -> Result<Vec<AuditRow>, DbError> {
        let rows = sqlx::query!(
            "select id, actor, action, subject, facts, created_at from audit
            where employer_id = $1 and ($2::bigint is null or id < $2)
                and ($3::bigint is null or person_id = $3) and ($4::text is null or action = $4)
                and ($6::int is null
                    or profile_id = (select p.id from profile p where p.employer_id = $1 and p.number = $6))
                and ($7::timestamptz is null or created_at >= $7) and ($8::timestamptz is null or created_at < $8)
            order by id desc limit $5",
            employer.0,
            filter.before,
            filter.person.map(|person| person.0),
            filter.action.map(Action::word),
            page + 1,
            filter.profile,
            filter.from,
            filter.until,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AuditRow {
                id: row.id,
                actor: row.actor,
                action: Action::parse(&row.action).map_or(row.action, |action| action.label().to_owned()),
                subject: row.subject,
                facts: read_facts(row.facts),
                at: row.created_at,
            })
            .collect())
    }
}

fn read_facts(facts: Value) -> Vec<(String, String)> {
    match facts {
        Value::Object(map) => map
            .into_iter()
            .map(|(label, value)| (label, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Vec::new(),
    }
}
