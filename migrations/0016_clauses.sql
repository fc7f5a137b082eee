-- Standard clauses: kept once with editions, placed in many profiles, changed by two people, rolled out.

create table clause (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    -- Its row in the starter library; null for one of the employer's own.
    starter_key text,
    name text not null check (name <> '' and length(name) <= 200),
    -- Who looks after it; null until somebody took it on.
    owner_id bigint,
    legal_basis text not null default '',
    -- The answers and levels of check that place it in a profile; empty: placed by hand alone.
    placed_when text[] not null default '{}',
    review_on date,
    retired_at timestamptz,
    retired_by bigint,
    revision integer not null default 1,
    changed_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, starter_key),
    foreign key (employer_id, owner_id) references membership (employer_id, id),
    foreign key (employer_id, retired_by) references membership (employer_id, id),
    check ((retired_at is null) = (retired_by is null))
);
create unique index clause_name on clause (employer_id, lower(name));
create index clause_owner on clause (employer_id, owner_id);
create index clause_retired_by on clause (employer_id, retired_by);

create table clause_edition (
    employer_id bigint not null,
    clause_id bigint not null,
    number integer not null check (number > 0),
    heading text not null default '',
    text text not null check (text <> ''),
    -- What is new in it and why, for whoever approves it.
    note text not null default '',
    effective_from date not null,
    -- The last day on which it holds; null: until a later one.
    expires_on date,
    -- Came with the starter library, and nobody here has approved it.
    starter boolean not null default false,
    proposed_by bigint,
    proposed_at timestamptz not null,
    approved_by bigint,
    approved_at timestamptz,
    refused_by bigint,
    refused_at timestamptz,
    refused_reason text not null default '',
    primary key (employer_id, clause_id, number),
    foreign key (employer_id, clause_id) references clause (employer_id, id),
    foreign key (employer_id, proposed_by) references membership (employer_id, id),
    foreign key (employer_id, approved_by) references membership (employer_id, id),
    foreign key (employer_id, refused_by) references membership (employer_id, id),
    check (expires_on >= effective_from),
    check (starter or proposed_by is not null),
    check ((refused_by is null) = (refused_at is null)),
    check (approved_at is null or refused_at is null),
    constraint clause_four_eyes check
        (approved_at is null or starter or (approved_by is not null and approved_by <> proposed_by))
);
-- A clause has one proposal at a time.
create unique index clause_one_proposal on clause_edition (employer_id, clause_id)
    where approved_at is null and refused_at is null;
create index clause_edition_day on clause_edition (employer_id, clause_id, effective_from desc, number desc)
    where approved_at is not null;
create index clause_edition_proposed_by on clause_edition (employer_id, proposed_by);
create index clause_edition_approved_by on clause_edition (employer_id, approved_by);
create index clause_edition_refused_by on clause_edition (employer_id, refused_by);

-- The words and days of an edition never change, and neither does what was decided of it.
create function refuse_changed_edition() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.approved_at is not null or old.refused_at is not null or
        (old.heading, old.text, old.note, old.effective_from, old.expires_on, old.proposed_by, old.proposed_at) is distinct from
        (new.heading, new.text, new.note, new.effective_from, new.expires_on, new.proposed_by, new.proposed_at)
    then
        raise exception 'edition % of clause % stays as it is', old.number, old.clause_id using errcode = 'RB002';
    end if;
    return new;
end $$;
create trigger kept before update or delete on clause_edition for each row execute function refuse_changed_edition();

-- A line of a profile that stands for a clause. Its text is beside it: in a draft the edition of the day is read
-- instead, from the submission on what was pinned there.
alter table clause_use
    add column clause_id bigint,
    add column edition integer,
    -- Why the text differs here; empty: it is the standard text.
    add column reason text not null default '',
    add constraint clause_use_whole check ((clause_id is null) = (edition is null) and (clause_id is not null or reason = '')),
    add constraint clause_use_edition foreign key (employer_id, clause_id, edition)
        references clause_edition (employer_id, clause_id, number);
create index clause_use_clause on clause_use (employer_id, clause_id, edition);

alter table content_edit
    drop constraint content_edit_act_check,
    add constraint content_edit_act_check
        check (act in ('duplicate', 'split', 'merge', 'move', 'paste', 'confirm', 'undo', 'clauses'));

-- What was answered about the post: which clauses and which level of check follow is worked out from it.
create table post_answers (
    employer_id bigint not null,
    version_id bigint primary key,
    -- The questions answered with yes; a row says that all were answered.
    yes text[] not null,
    answered_by bigint not null,
    answered_at timestamptz not null,
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, answered_by) references membership (employer_id, id)
);
create index post_answers_version on post_answers (employer_id, version_id);
create index post_answers_by on post_answers (employer_id, answered_by);
create trigger answers_frozen before insert or update or delete on post_answers for each row execute function refuse_frozen_content();

-- An approved edition on its way into the profiles that use its clause.
create table clause_rollout (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    clause_id bigint not null,
    edition integer not null,
    -- Silent: a minor version comes into force. Controlled: a draft waits for its approval.
    mode text not null check (mode in ('silent', 'controlled')),
    -- What happens to a version in review: it is recalled, or the roll-out waits for it.
    in_review text not null check (in_review in ('recall', 'wait')),
    started_by bigint not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    unique (employer_id, id),
    unique (employer_id, clause_id, edition),
    foreign key (employer_id, clause_id, edition) references clause_edition (employer_id, clause_id, number),
    foreign key (employer_id, started_by) references membership (employer_id, id)
);
create index clause_rollout_by on clause_rollout (employer_id, started_by);
create index clause_rollout_open on clause_rollout (id) where finished_at is null;

-- One row a profile: a profile whose row is done is never touched again by the same roll-out.
create table clause_rollout_profile (
    employer_id bigint not null,
    rollout_id bigint not null,
    profile_id bigint not null,
    outcome text check (outcome in ('issued', 'drafted', 'taken_by_draft', 'overridden', 'up_to_date')),
    -- Why it is not done yet: what it waits for.
    waits_for text,
    looked_at timestamptz,
    done_at timestamptz,
    primary key (rollout_id, profile_id),
    foreign key (employer_id, rollout_id) references clause_rollout (employer_id, id),
    foreign key (employer_id, profile_id) references profile (employer_id, id),
    check ((outcome is null) = (done_at is null))
);
create index clause_rollout_profile_rollout on clause_rollout_profile (employer_id, rollout_id);
create index clause_rollout_profile_profile on clause_rollout_profile (employer_id, profile_id);
create index clause_rollout_profile_open on clause_rollout_profile (rollout_id, profile_id) where done_at is null;

-- The minor versions of a roll-out come to be and into force in one transaction, beside an open draft if need be.
alter table version
    add column rollout_id bigint,
    add constraint version_rollout foreign key (employer_id, rollout_id) references clause_rollout (employer_id, id),
    add constraint rolled_out_never_waits check
        (rollout_id is null or state not in ('in_review', 'changes_requested', 'approved'));
create index version_rollout_id on version (employer_id, rollout_id);
drop index version_one_open;
create unique index version_one_open on version (profile_id)
    where state in ('draft', 'in_review', 'changes_requested', 'approved') and rollout_id is null;

-- The edition of a day: of those that have begun, the one that began last. It may have ended.
create function clause_of_day(employer bigint, clause bigint, day date)
    returns table (number integer, heading text, text text, expires_on date) language sql stable rows 1 as $$
    select e.number, e.heading, e.text, e.expires_on from clause_edition e
    where e.employer_id = employer and e.clause_id = clause and e.approved_at is not null and e.effective_from <= day
    order by e.effective_from desc, e.number desc limit 1
$$;

-- The last day of an edition that has ended before `day`, or the day on which its clause left the library.
create function clause_ended(employer bigint, clause bigint, edition integer, day date) returns date language sql stable as $$
    select least(case when e.expires_on < day then e.expires_on end,
        case when c.retired_at is not null then (c.retired_at at time zone 'Europe/London')::date end)
    from clause_edition e join clause c on c.employer_id = e.employer_id and c.id = e.clause_id
    where e.employer_id = employer and e.clause_id = clause and e.number = edition and day is not null
$$;

-- The standard text beside words of a profile's own: the text of the day, else that of the edition that they left.
create function clause_standard(employer bigint, clause bigint, edition integer, day date) returns text language sql stable as $$
    select coalesce((select text from clause_of_day(employer, clause, day)),
        (select e.text from clause_edition e where e.employer_id = employer and e.clause_id = clause and e.number = edition))
$$;
