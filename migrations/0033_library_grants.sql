-- What one employer lets another use of its library: offered by the one, taken by the other. Neither employer's tables
-- point into the other's; this one alone stands between two.

create table library_grant (
    id bigint generated always as identity primary key,
    -- Whose it is, and who may use it.
    giver_id bigint not null references employer (id),
    taker_id bigint not null references employer (id),
    -- More kinds may come: each has its own column beside.
    kind text not null check (kind in ('clause')),
    clause_id bigint,
    granted_by bigint not null,
    granted_at timestamptz not null,
    -- Taken or declined, by whom; and the clause that it became with the taker.
    answered_by bigint,
    answered_at timestamptz,
    accepted boolean,
    copy_id bigint,
    -- The giver ends it: what stands stays, and nothing new comes.
    withdrawn_by bigint,
    withdrawn_at timestamptz,
    unique (taker_id, id),
    foreign key (giver_id, clause_id) references clause (employer_id, id),
    foreign key (giver_id, granted_by) references membership (employer_id, id),
    foreign key (giver_id, withdrawn_by) references membership (employer_id, id),
    foreign key (taker_id, answered_by) references membership (employer_id, id),
    foreign key (taker_id, copy_id) references clause (employer_id, id),
    check (giver_id <> taker_id),
    check ((kind = 'clause') = (clause_id is not null)),
    check ((answered_by is null) = (answered_at is null) and (answered_by is null) = (accepted is null)),
    check ((copy_id is not null) = coalesce(accepted, false)),
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index library_grant_clause on library_grant (giver_id, clause_id);
create index library_grant_granted_by on library_grant (giver_id, granted_by);
create index library_grant_withdrawn_by on library_grant (giver_id, withdrawn_by);
create index library_grant_answered_by on library_grant (taker_id, answered_by);
create index library_grant_copy on library_grant (taker_id, copy_id);
-- One offer of a clause to an employer at a time.
create unique index library_grant_once on library_grant (taker_id, clause_id)
    where withdrawn_at is null and accepted is distinct from false;

-- A clause that came from another employer. While the grant stands its words are that employer's.
alter table clause
    add column shared_grant_id bigint,
    add constraint clause_shared foreign key (employer_id, shared_grant_id) references library_grant (taker_id, id);
create index clause_shared_grant on clause (employer_id, shared_grant_id);

-- A text that came from another employer, as its number is there. Nobody here has proposed it.
alter table clause_edition
    add column from_grant bigint,
    add column source_number integer,
    add constraint clause_edition_from_grant foreign key (employer_id, from_grant) references library_grant (taker_id, id),
    add constraint clause_edition_source check ((from_grant is null) = (source_number is null)),
    drop constraint clause_edition_check1,
    add constraint clause_edition_has_a_source check (starter or proposed_by is not null or from_grant is not null);
create index clause_edition_grant on clause_edition (employer_id, from_grant);

-- Whose words a clause holds: the other employer's name, and when it stopped letting them be used. Nothing for its own.
create function clause_shared_by(employer bigint, clause bigint)
    returns table (name text, ended_at timestamptz) language sql stable rows 1 as $$
    select e.name, g.withdrawn_at from clause c
    join library_grant g on g.taker_id = c.employer_id and g.id = c.shared_grant_id
    join employer e on e.id = g.giver_id
    where c.employer_id = employer and c.id = clause
$$;
