//! What waits for somebody beside their tasks: remarks on their drafts, and what is decided and wants its next step.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::{AdvertId, ClauseId};
use crate::domain::worded::worded;
use crate::policy::Scope;

worded! {
    WaitsFor {
        Answer = "answer", "Suggestions and comments";
        Issue = "issue", "Issue";
        Publish = "publish", "Publish the advert";
        Writing = "writing", "Finish the advert";
        Clause = "clause", "Decide on the clause’s new text";
        Shared = "shared", "Take or decline what is shared";
    }
}

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub what: WaitsFor,
    pub profile_number: i32,
    pub version_number: i32,
    pub title: String,
    pub advert: Option<AdvertId>,
    pub clause: Option<ClauseId>,
    /// Who decided last, and when: approved, confirmed or returned it.
    pub decided: Option<(String, OffsetDateTime)>,
    pub suggestions: i64,
    pub comments: i64,
}

impl Tx {
    /// Clauses' texts and shared clauses that this person can decide on;
    /// open remarks on the profiles whose open version is this person's to work on, approved versions of theirs that
    /// nobody has issued, and adverts of theirs that nobody has published; the longest waiting first.
    pub async fn waiting_for(&mut self, scope: &Scope) -> Result<Vec<Waiting>, DbError> {
        let rows = sqlx::query!(
            r#"with mine as (select p.id as profile_id, p.number, p.owner_id, v.id, v.number as version_number, v.state, v.title,
                    v.created_by, v.submitted_by, v.approved_by, v.approved_at, v.issue_on, p.retired_at
                from profile p join version v on v.profile_id = p.id
                where p.employer_id = $1 and ($3 or p.unit_id = any($4)))
            select 'answer' as "what!", m.number as "number!", m.version_number as "version_number!", m.title as "title!",
                null::bigint as "advert?", null::text as "who?", null::timestamptz as "at?",
                (select count(*) from suggestion s where s.profile_id = m.profile_id and s.state = 'open') as "suggestions!",
                (select count(*) from comment c where c.employer_id = $1 and c.profile_id = m.profile_id
                    and c.reply_to is null and c.resolved_at is null and c.withdrawn_at is null) as "comments!"
            from mine m where m.state in ('draft', 'in_review', 'changes_requested', 'approved')
                and $2 in (m.owner_id, m.created_by)
            union all
            select 'issue', m.number, m.version_number, m.title, null, member_name(m.approved_by), m.approved_at, 0, 0
            from mine m where m.state = 'approved' and m.issue_on is null and m.retired_at is null
                and $2 in (m.owner_id, m.created_by, m.submitted_by)
            union all
            select case a.state when 'ready' then 'publish' else 'writing' end, m.number, m.version_number, a.title, a.id,
                member_name(case a.state when 'ready' then a.confirmed_by else a.returned_by end),
                case a.state when 'ready' then a.confirmed_at else a.returned_at end, 0, 0
            from mine m join advert a on a.employer_id = $1 and a.version_id = m.id
            where a.state in ('draft', 'ready') and $2 in (a.written_by, a.asked_by) and m.retired_at is null
                and not exists (select from task t where t.employer_id = $1 and t.advert_id = a.id
                    and t.kind = 'confirm_advert' and t.closed_at is null)
            union all
            select 'clause', 0, 0, c.name, c.id, coalesce(member_name(e.proposed_by), s.name, ''), e.proposed_at, 0, 0
            from clause_edition e join clause c on c.employer_id = e.employer_id and c.id = e.clause_id
            left join lateral clause_shared_by(c.employer_id, c.id) s on e.from_grant is not null
            where e.employer_id = $1 and e.approved_at is null and e.refused_at is null and c.retired_at is null
                and e.proposed_by is distinct from $2
                and (c.owner_id = $2 or exists (select from membership_role r where r.membership_id = $2 and r.role = 'admin'))
            union all
            select 'shared', 0, 0, k.name, null, e.name, g.granted_at, 0, 0
            from library_grant g join employer e on e.id = g.giver_id
            cross join lateral library_thing(g.giver_id, g.kind, g.thing) k
            where g.taker_id = $1 and g.answered_at is null and g.withdrawn_at is null
                and exists (select from membership_role r where r.membership_id = $2 and r.role = 'admin')
            order by 7 nulls last, 2"#,
            scope.employer().0,
            scope.membership().0,
            scope.whole(),
            scope.units(),
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "version", id: row.number.into(), what: "an unknown step" };
                let what = WaitsFor::parse(&row.what).ok_or(odd)?;
                let is_clause = what == WaitsFor::Clause;
                Ok(Waiting {
                    what,
                    profile_number: row.number,
                    version_number: row.version_number,
                    title: row.title,
                    advert: row.advert.filter(|_| !is_clause).map(AdvertId),
                    clause: row.advert.filter(|_| is_clause).map(ClauseId),
                    decided: row.who.zip(row.at),
                    suggestions: row.suggestions,
                    comments: row.comments,
                })
            })
            .collect()
    }
}
