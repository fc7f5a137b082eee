-- An employer's own short forms, which documents and adverts explain where each stands first.

create table glossary_entry (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    -- As it is written, capitals included: MDT, DoLS.
    short text not null check (short <> '' and length(short) <= 20),
    meaning text not null check (meaning <> '' and length(meaning) <= 200),
    -- For those who keep the list; documents do not print it.
    note text not null default '',
    changed_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, short)
);

-- The whole list as pairs, so that the one query of a version or an advert brings it along. A set of one row: such a
-- function becomes a part of the statement that asks, and is planned with it.
create function glossary_of(employer bigint) returns setof jsonb language sql stable rows 1 as $$
    select coalesce(jsonb_agg(jsonb_build_array(short, meaning) order by short), '[]') from glossary_entry
    where employer_id = employer
$$;

-- Finished pages of adverts carry it.
create trigger tell_of_adverts after insert or update or delete on glossary_entry
    for each statement execute function tell_of_adverts();
