-- What one employer lets another use of its library: offered by the one, taken by the other. Neither employer's tables
-- point into the other's; this one alone stands between two.

create table library_grant (
    id bigint generated always as identity primary key,
    -- Whose it is, and who may use it.
    giver_id bigint not null references employer (id),
    taker_id bigint not null references employer (id),
    -- Each kind has its own columns beside.
    kind text not null check (kind in ('clause', 'template')),
    clause_id bigint,
    template_id bigint,
    granted_by bigint not null,
    granted_at timestamptz not null,
    -- Taken or declined, by whom; and the clause or template that it became with the taker.
    answered_by bigint,
    answered_at timestamptz,
    accepted boolean,
    copy_id bigint,
    template_copy_id bigint,
    -- Of a template: the newest version of the giver's that the taker took or left out.
    seen_number integer,
    -- The giver ends it: what stands stays, and nothing new comes.
    withdrawn_by bigint,
    withdrawn_at timestamptz,
    -- What it is, and what it became, of whatever kind.
    thing bigint not null generated always as (coalesce(clause_id, template_id)) stored,
    became bigint generated always as (coalesce(copy_id, template_copy_id)) stored,
    unique (taker_id, id),
    foreign key (giver_id, clause_id) references clause (employer_id, id),
    foreign key (giver_id, template_id) references template (employer_id, id),
    foreign key (giver_id, granted_by) references membership (employer_id, id),
    foreign key (giver_id, withdrawn_by) references membership (employer_id, id),
    foreign key (taker_id, answered_by) references membership (employer_id, id),
    foreign key (taker_id, copy_id) references clause (employer_id, id),
    foreign key (taker_id, template_copy_id) references template (employer_id, id),
    check (giver_id <> taker_id),
    check ((kind = 'clause') = (clause_id is not null)),
    check ((kind = 'template') = (template_id is not null)),
    check ((answered_by is null) = (answered_at is null) and (answered_by is null) = (accepted is null)),
    check (copy_id is null or kind = 'clause'),
    check (template_copy_id is null or kind = 'template'),
    check ((coalesce(copy_id, template_copy_id) is not null) = coalesce(accepted, false)),
    check ((template_copy_id is null) = (seen_number is null)),
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index library_grant_clause on library_grant (giver_id, clause_id);
create index library_grant_template on library_grant (giver_id, template_id);
create index library_grant_granted_by on library_grant (giver_id, granted_by);
create index library_grant_withdrawn_by on library_grant (giver_id, withdrawn_by);
create index library_grant_answered_by on library_grant (taker_id, answered_by);
create index library_grant_copy on library_grant (taker_id, copy_id);
create index library_grant_template_copy on library_grant (taker_id, template_copy_id);
-- One offer of a clause or template to an employer at a time.
create unique index library_grant_once on library_grant (taker_id, kind, thing)
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

-- A template that came from another employer: the taker's own from then on, with its source named.
alter table template
    add column shared_grant_id bigint,
    add constraint template_shared foreign key (employer_id, shared_grant_id) references library_grant (taker_id, id);
create index template_shared_grant on template (employer_id, shared_grant_id);

-- A version that began as another employer's, as its number is there.
alter table template_edition
    add column from_grant bigint,
    add column source_number integer,
    add constraint template_edition_from_grant foreign key (employer_id, from_grant) references library_grant (taker_id, id),
    add constraint template_edition_source check ((from_grant is null) = (source_number is null));
create index template_edition_grant on template_edition (employer_id, from_grant);

-- What an employer can offer, of whatever kind: its name, what is told of it, whether it is in use, and whose it is while
-- it is another's still.
create function library_thing(giver bigint, kind text, thing bigint)
    returns table (name text, about text, in_use boolean, words_of text) language sql stable rows 1 as $$
    with found as (
        select c.name, c.legal_basis as about, c.retired_at is null as in_use, c.shared_grant_id from clause c
        where kind = 'clause' and c.employer_id = giver and c.id = thing
        union all
        select t.name, '', t.retired_at is null and exists (select from template_edition e
            where e.employer_id = giver and e.template_id = thing and e.bound_at is not null), t.shared_grant_id
        from template t where kind = 'template' and t.employer_id = giver and t.id = thing)
    select f.name, f.about, f.in_use, (select e.name from library_grant g join employer e on e.id = g.giver_id
        where g.taker_id = giver and g.id = f.shared_grant_id and g.withdrawn_at is null)
    from found f
$$;

-- What it says on that day: of a clause its heading and text, of a template the headings of its sections in order.
create function library_words(giver bigint, kind text, thing bigint, day date)
    returns table (number integer, heading text, text text) language sql stable rows 1 as $$
    (select d.number, d.heading, d.text from clause_edition d
    where kind = 'clause' and d.employer_id = giver and d.clause_id = thing and d.approved_at is not null
    order by d.effective_from <= day desc, d.effective_from desc, d.number desc limit 1)
    union all
    (select e.number, 'Sections', (select string_agg(s ->> 'heading', ' · ' order by n)
        from jsonb_array_elements(e.layout -> 'sections') with ordinality as x (s, n))
    from template_edition e
    where kind = 'template' and e.employer_id = giver and e.template_id = thing and e.bound_at is not null
    order by e.number desc limit 1)
$$;
