-- Templates: the sections that an employer's job profiles have, in editions. A version holds the edition it was made on.

create table template (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    -- Which of the ready ones it came from; null for one of the employer's own.
    starter_key text,
    name text not null check (name <> '' and length(name) <= 200),
    -- What a new profile is offered first.
    is_default boolean not null default false,
    retired_at timestamptz,
    retired_by bigint,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, starter_key),
    foreign key (employer_id, retired_by) references membership (employer_id, id),
    check ((retired_at is null) = (retired_by is null)),
    check (not is_default or retired_at is null)
);
create unique index template_name on template (employer_id, lower(name));
create unique index template_one_default on template (employer_id) where is_default;
create index template_retired_by on template (employer_id, retired_by);

create table template_edition (
    employer_id bigint not null,
    template_id bigint not null,
    number integer not null check (number > 0),
    -- Advanced by every save while it is being written.
    revision integer not null default 1,
    -- Shape, review cycle and sections in order, as `domain::template::Layout` writes them.
    layout jsonb not null check (jsonb_typeof(layout -> 'sections') = 'array'),
    -- Why it was made, for whoever asks later.
    note text not null default '',
    -- Null: it came with Rolebook.
    made_by bigint,
    made_at timestamptz not null,
    -- From when on it binds; null while it is being written.
    bound_by bigint,
    bound_at timestamptz,
    primary key (employer_id, template_id, number),
    foreign key (employer_id, template_id) references template (employer_id, id),
    foreign key (employer_id, made_by) references membership (employer_id, id),
    foreign key (employer_id, bound_by) references membership (employer_id, id),
    check (bound_by is null or bound_at is not null)
);
create index template_edition_made_by on template_edition (employer_id, made_by);
create index template_edition_bound_by on template_edition (employer_id, bound_by);
-- One change at a time.
create unique index template_one_open on template_edition (employer_id, template_id) where bound_at is null;

-- What once bound stays as it was: versions in force were written on it.
create function refuse_changed_template() returns trigger language plpgsql as $$
begin
    if old.bound_at is not null then
        raise exception 'edition % of template % stays as it is', old.number, old.template_id using errcode = 'RB002';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger kept before update or delete on template_edition for each row execute function refuse_changed_template();

-- The edition on which a version was made; null: no template, its author decides on its sections.
alter table version
    add column template_id bigint,
    add column template_edition integer,
    add constraint version_template_whole check ((template_id is null) = (template_edition is null)),
    add constraint version_template foreign key (employer_id, template_id, template_edition)
        references template_edition (employer_id, template_id, number);
create index version_template on version (employer_id, template_id, template_edition);

create function refuse_frozen_template() returns trigger language plpgsql as $$
begin
    raise exception 'the template of version % is frozen', old.id using errcode = 'RB001';
end $$;
create trigger frozen_template before update of template_id, template_edition on version for each row
    when (old.state not in ('draft', 'changes_requested') and (old.template_id, old.template_edition) is distinct from
        (new.template_id, new.template_edition))
    execute function refuse_frozen_template();

-- The place in the template that a section fills; empty text: none, and it waits for one.
alter table section
    add column slot text,
    -- It has no place in the template of today, and stays in sight until its author places or deletes it.
    add column kept boolean not null default false,
    add constraint section_kept_was_placed check (slot is not null or not kept);
create unique index section_slot_once on section (version_id, slot) where slot is not null and not kept;

-- The section's place in the template of its version, where it has one. While a version is moved from one template to
-- another it names none, so that the walls below stand aside.
create function template_section(version bigint, section bigint) returns jsonb language sql stable as $$
    select place from section s join version v on v.id = s.version_id
    join template_edition e on e.employer_id = v.employer_id and e.template_id = v.template_id and e.number = v.template_edition
    cross join lateral jsonb_array_elements(e.layout -> 'sections') place
    where s.version_id = version and s.section_id = section and s.slot is not null and not s.kept
        and place ->> 'slot' = s.slot
    limit 1
$$;

-- Nobody but the template changes the words that it fixes.
create function refuse_fixed_words() returns trigger language plpgsql as $$
declare
    one item := case when tg_op = 'DELETE' then old else new end;
begin
    if template_section(one.version_id, one.section_id) ->> 'need' = 'locked'
        or tg_op = 'UPDATE' and template_section(old.version_id, old.section_id) ->> 'need' = 'locked'
    then
        raise exception 'the template fixes the words of section %', one.section_id
            using errcode = '23514', constraint = 'template_fixes_words';
    end if;
    return one;
end $$;
create trigger fixed_words before insert or update or delete on item for each row execute function refuse_fixed_words();

-- Nor the heading of its sections, nor whether they are there.
create function refuse_fixed_section() returns trigger language plpgsql as $$
begin
    if (tg_op = 'DELETE' or (old.heading, old.kind) is distinct from (new.heading, new.kind))
        and template_section(old.version_id, old.section_id) is not null
    then
        raise exception 'section % belongs to the template', old.section_id
            using errcode = '23514', constraint = 'template_fixes_section';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger fixed_section before update or delete on section for each row execute function refuse_fixed_section();

-- The template of a version with the places of its sections; no row where it has none.
create function template_of(version bigint) returns setof jsonb language sql stable rows 1 as $$
    select jsonb_build_object('template', e.template_id, 'name', t.name, 'edition', e.number, 'layout', e.layout,
        'latest', (select max(x.number) from template_edition x
            where x.employer_id = e.employer_id and x.template_id = e.template_id and x.bound_at is not null),
        'places', coalesce((select jsonb_agg(jsonb_build_object('section', s.section_id, 'slot', s.slot, 'kept', s.kept))
            from section s where s.version_id = v.id and s.slot is not null), '[]'))
    from version v
    join template_edition e on e.employer_id = v.employer_id and e.template_id = v.template_id and e.number = v.template_edition
    join template t on t.employer_id = e.employer_id and t.id = e.template_id
    where v.id = version
$$;
