-- Adverts: vacancies published from one issued version, with their own dates and short text.

-- Words that are typed with a slip are compared by their three-letter pieces.
create extension if not exists pg_trgm;

create table advert (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    number integer not null,
    version_id bigint not null,
    -- Scheduled, open and closed are derived from the dates of a published advert.
    state text not null check (state in ('draft', 'ready', 'published', 'withdrawn')),
    lock_version integer not null default 1,
    reference text not null default '',
    -- What the search reads of the version; an issued version does not change, so neither do these.
    title text not null,
    grade_from text not null default '',
    -- The top of a career grade; otherwise empty.
    grade_to text not null default '',
    headline text not null default '',
    short_text text not null default '',
    -- From the grade's dated amounts, or typed and marked so.
    salary_typed boolean not null default false,
    salary_text text not null default '',
    contract_kind text check (contract_kind in ('permanent', 'fixed_term', 'temporary', 'secondment', 'apprenticeship', 'bank')),
    -- More about the contract: until when, for whom.
    contract text not null default '',
    working_pattern text not null default '',
    -- What the salary's words mean, in pence for a full-time year; empty where they name no amount.
    salary_min_pence bigint check (salary_min_pence > 0),
    salary_max_pence bigint,
    -- How the work can be arranged: words of domain::advert::Pattern and domain::advert::Flexible.
    patterns text[] not null default '{}',
    flexible text[] not null default '{}',
    -- The criminal record check, as domain::advert::Dbs names it, `none` among them; empty until somebody chose.
    dbs text,
    -- Others can apply from this day on; until its eve it is kept for staff whose own posts go.
    audience text not null default 'public' check (audience in ('public', 'internal')),
    redeployment_until date,
    -- Said to applicants beforehand: without that nobody closes it before its day.
    may_close_early boolean not null default false,
    -- A place a line.
    locations text not null default '',
    contact_name text not null default '',
    contact_email text not null default '',
    contact_phone text not null default '',
    -- Questions come by a form on the page, and the e-mail address is shown to nobody.
    contact_by_form boolean not null default false,
    apply_kind text not null default 'link' check (apply_kind in ('link', 'address', 'instructions')),
    apply_value text not null default '',
    hiring_manager_id bigint,
    -- Days on which the advert is open, both included, in London.
    opens_on date,
    closes_on date,
    shortlisting_on date,
    interviews_on date,
    -- The instants those days mean; set on publishing.
    opens_at timestamptz,
    closes_at timestamptz,
    -- The instant from which everybody can read it; never for an internal one.
    public_at timestamptz,
    -- The last time that what its readers see changed after publishing.
    changed_at timestamptz,
    written_by bigint not null,
    created_at timestamptz not null,
    -- The last time that somebody asked for confirmation.
    asked_by bigint,
    asked_at timestamptz,
    -- The hiring manager's remark, until somebody asks again.
    returned_by bigint,
    returned_at timestamptz,
    returned_remark text,
    confirmed_by bigint,
    confirmed_at timestamptz,
    published_by bigint,
    published_at timestamptz,
    withdrawn_by bigint,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    unique (employer_id, id),
    unique (employer_id, number),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, hiring_manager_id) references membership (employer_id, id),
    foreign key (employer_id, written_by) references membership (employer_id, id),
    foreign key (employer_id, asked_by) references membership (employer_id, id),
    foreign key (employer_id, returned_by) references membership (employer_id, id),
    foreign key (employer_id, confirmed_by) references membership (employer_id, id),
    foreign key (employer_id, published_by) references membership (employer_id, id),
    foreign key (employer_id, withdrawn_by) references membership (employer_id, id),
    constraint confirmed_by_another check (confirmed_by is null or confirmed_by <> written_by),
    constraint asked_says_who check ((asked_by is null) = (asked_at is null)),
    constraint returned_says_why check ((returned_by is null) = (returned_at is null)
        and (returned_by is null) = (returned_remark is null) and returned_remark <> ''),
    constraint confirmed_says_who check ((confirmed_by is null) = (confirmed_at is null)),
    constraint ready_was_confirmed check (state not in ('ready', 'published') or confirmed_by is not null),
    constraint published_is_whole check (state <> 'published'
        or (published_by is not null and published_at is not null and changed_at is not null and opens_at < closes_at)),
    constraint salary_in_order check ((salary_min_pence is null) = (salary_max_pence is null)
        and salary_min_pence <= salary_max_pence),
    constraint withdrawn_says_why check (state <> 'withdrawn'
        or (withdrawn_by is not null and withdrawn_at is not null and withdrawn_reason <> ''))
);
-- Two clicks on "make an advert" find the first one.
create unique index advert_one_in_work on advert (version_id) where state in ('draft', 'ready');
create index advert_version on advert (employer_id, version_id);
create index advert_hiring_manager on advert (employer_id, hiring_manager_id);
create index advert_written_by on advert (employer_id, written_by);
create index advert_asked_by on advert (employer_id, asked_by);
create index advert_returned_by on advert (employer_id, returned_by);
create index advert_confirmed_by on advert (employer_id, confirmed_by);
create index advert_published_by on advert (employer_id, published_by);
create index advert_withdrawn_by on advert (employer_id, withdrawn_by);
create index advert_open on advert (closes_at, id) where state = 'published';
create index advert_of_employer on advert (employer_id, closes_at) where state = 'published';
-- For places that the list of places does not know, and for their misspellings.
create index advert_locations on advert using gin (locations gin_trgm_ops) where state = 'published';
create index advert_of_reference on advert (lower(reference)) where state = 'published';

-- When the next one can be read by everybody.
create index advert_public on advert (public_at) where state = 'published';

-- What the search looks through of each published advert, kept by the triggers below: narrow rows, so that a search for a
-- common word, which meets tens of thousands of them, reads a few megabytes and not the adverts' own hundreds. Words lie
-- beside the rows, and ready to be read: a search for words in a row looks into those of each advert that has them all.
create table advert_search (
    employer_id bigint not null,
    advert_id bigint primary key,
    title text not null,
    grade_from text not null,
    grade_to text not null,
    contract_kind text,
    patterns text[] not null,
    flexible text[] not null,
    salary_min_pence bigint,
    salary_max_pence bigint,
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    public_at timestamptz,
    -- Outward codes, and names of places whose code nobody wrote: see advert_place.
    places text[] not null,
    -- Everything that a search can be narrowed by, and the drawers that the advert lies in: see marks_of.
    marks text[] not null,
    words tsvector not null,
    kept_at timestamptz not null,
    foreign key (employer_id, advert_id) references advert (employer_id, id) on delete cascade
);
alter table advert_search alter column words set storage external;

-- One look finds what has the words, the filters and lies in a drawer: of two days' opening, of two days' closing, of
-- four thousand pounds. A search opens drawer after drawer in its order and stops when it has enough, so that a word
-- which every second advert has costs no more among a hundred thousand than among ten thousand.
create index advert_search_found on advert_search using gin (words, marks);
create index advert_search_newest on advert_search (opens_at desc, advert_id desc);
create index advert_search_closing on advert_search (closes_at, advert_id);
create index advert_search_salary on advert_search (salary_max_pence desc nulls last, advert_id desc);
create index advert_search_employer on advert_search (employer_id, advert_id);
create index advert_search_of_employer on advert_search (employer_id, opens_at desc);
create index advert_search_grade on advert_search (grade_from, closes_at);
-- Similar jobs: those of the same name come first.
create index advert_search_title on advert_search (title, opens_at desc);

-- Where an advert's places are on the map: a centre for each outward code that its lines name.
create table advert_place (
    employer_id bigint not null,
    advert_id bigint not null,
    outcode text not null,
    latitude double precision not null,
    longitude double precision not null,
    primary key (advert_id, outcode),
    foreign key (employer_id, advert_id) references advert (employer_id, id)
);
create index advert_place_advert on advert_place (employer_id, advert_id);
-- A search names the codes that lie within its circle, which the program knows from its map.
create index advert_place_outcode on advert_place (outcode, advert_id);

create function places_of(a advert) returns text[] language sql stable as $$
    select coalesce(array_agg(p.outcode order by p.outcode), '{}')
    from advert_place p where p.employer_id = a.employer_id and p.advert_id = a.id
$$;

-- The marks of an advert. src/db/advert_drawers.rs asks for them by the same names and measures.
create function marks_of(a advert) returns text[] language sql stable as $$
    select array_agg(distinct mark) filter (where mark is not null) from (
        select 'employer:' || a.employer_id as mark
        union all select 'opened:' || floor(extract(epoch from a.opens_at) / 172800)
        union all select 'closes:' || floor(extract(epoch from a.closes_at) / 172800)
        union all select 'pay:' || coalesce(least(a.salary_max_pence / 400000, 50)::text, 'none')
        union all select 'grade:' || g from unnest(array[a.grade_from, a.grade_to]) g where g <> ''
        union all select 'contract:' || a.contract_kind where a.contract_kind is not null
        union all select 'pattern:' || p from unnest(a.patterns) p
        union all select 'flexible:' || f from unnest(a.flexible) f
        union all select 'cell:' || floor(p.latitude * 4)::integer || ':' || floor(p.longitude * 4)::integer
            from advert_place p where p.employer_id = a.employer_id and p.advert_id = a.id
        union all select 'at:' || p.outcode
            from advert_place p where p.employer_id = a.employer_id and p.advert_id = a.id
        union all select 'sample' where hashint8(a.id) & 31 = 0) marks
$$;

-- One advert in thirty-two is in the sample: how many of those match says about how many do in all. To look through a
-- thousand at once, and twice as many as are wanted beside them, costs less than to open drawers.
create function are_many(sampled bigint, wanted bigint) returns boolean language sql immutable as $$
    select sampled * 32 > 1000 + 2 * wanted
$$;

create function words_of(a advert) returns tsvector language sql stable as $$
    select setweight(to_tsvector('english', a.title || ' ' || a.headline), 'A')
        || setweight(to_tsvector('english', a.reference || ' ' || a.locations), 'B')
        || to_tsvector('english', a.short_text)
$$;

create function keep_advert_search() returns trigger language plpgsql as $$
begin
    if new.state <> 'published' then
        delete from advert_search where advert_id = new.id;
        return null;
    end if;
    insert into advert_search (employer_id, advert_id, title, grade_from, grade_to, contract_kind, patterns, flexible,
        salary_min_pence, salary_max_pence, opens_at, closes_at, public_at, places, marks, words, kept_at)
    select new.employer_id, new.id, new.title, new.grade_from, new.grade_to, new.contract_kind, new.patterns,
        new.flexible, new.salary_min_pence, new.salary_max_pence, new.opens_at, new.closes_at, new.public_at,
        places_of(new), marks_of(new), words_of(new), clock_timestamp()
    on conflict (advert_id) do update set title = excluded.title, grade_from = excluded.grade_from,
        grade_to = excluded.grade_to, contract_kind = excluded.contract_kind, patterns = excluded.patterns,
        flexible = excluded.flexible, salary_min_pence = excluded.salary_min_pence,
        salary_max_pence = excluded.salary_max_pence, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
        public_at = excluded.public_at, places = excluded.places, marks = excluded.marks, words = excluded.words,
        kept_at = excluded.kept_at;
    return null;
end $$;
-- At the end of the transaction, when a new advert has its places: its row goes into the index once.
create constraint trigger search after insert or update on advert deferrable initially deferred
    for each row execute function keep_advert_search();

create function keep_advert_places() returns trigger language plpgsql as $$
begin
    update advert_search s set marks = marks_of(a), places = places_of(a)
    from advert a where a.id = s.advert_id and a.id in (select moved.advert_id from moved)
        and (s.places <> places_of(a) or s.marks <> marks_of(a));
    return null;
end $$;
create trigger search_placed after insert on advert_place referencing new table as moved
    for each statement execute function keep_advert_places();
create trigger search_unplaced after delete on advert_place referencing old table as moved
    for each statement execute function keep_advert_places();

-- Servers keep finished pages and hear from here that they have to be made anew.
create function tell_of_adverts() returns trigger language plpgsql as $$
begin
    perform pg_notify('adverts', '');
    return null;
end $$;
create trigger tell after insert or update or delete on advert for each statement execute function tell_of_adverts();
create trigger tell_of_adverts after update of name, slug, description on employer
    for each statement execute function tell_of_adverts();

-- Every word that an advert's title, headline or place ever had: what a typed word may have meant.
create table advert_word (
    word text primary key,
    -- As the search compares it.
    stem text not null,
    added_at timestamptz not null
);
create index advert_word_stem on advert_word (stem);
create index advert_word_like on advert_word using gist (word gist_trgm_ops);

-- What changed after publishing, for its readers and the record.
create table advert_change (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    advert_id bigint not null,
    kind text not null check (kind in ('corrected', 'extended', 'closed_early')),
    -- In words that applicants read.
    what text not null check (what <> ''),
    changed_by bigint not null,
    changed_at timestamptz not null,
    foreign key (employer_id, advert_id) references advert (employer_id, id),
    foreign key (employer_id, changed_by) references membership (employer_id, id)
);
create index advert_change_advert on advert_change (employer_id, advert_id, id);
create index advert_change_by on advert_change (employer_id, changed_by);

-- How often a page was looked at, by London day and the kind of place that people came from. No person is in it.
create table advert_view (
    employer_id bigint not null,
    advert_id bigint not null,
    day date not null,
    source text not null check (source in ('search_here', 'own_pages', 'search_engine', 'social', 'other_site', 'direct')),
    views integer not null check (views > 0),
    primary key (advert_id, day, source),
    foreign key (employer_id, advert_id) references advert (employer_id, id)
);
create index advert_view_advert on advert_view (employer_id, advert_id);

-- Everybody who wrote on the text: none of them can confirm it.
create table advert_writer (
    employer_id bigint not null,
    advert_id bigint not null,
    membership_id bigint not null,
    primary key (advert_id, membership_id),
    foreign key (employer_id, advert_id) references advert (employer_id, id),
    foreign key (employer_id, membership_id) references membership (employer_id, id)
);
create index advert_writer_advert on advert_writer (employer_id, advert_id);
create index advert_writer_member on advert_writer (employer_id, membership_id);

alter table task add foreign key (employer_id, advert_id) references advert (employer_id, id);
create unique index task_one_confirmation on task (advert_id) where kind = 'confirm_advert' and closed_at is null;

create table saved_advert (
    employer_id bigint not null,
    advert_id bigint not null,
    person_id bigint not null references person (id),
    saved_at timestamptz not null,
    primary key (person_id, advert_id),
    foreign key (employer_id, advert_id) references advert (employer_id, id)
);
create index saved_advert_advert on saved_advert (employer_id, advert_id);
