-- What units were called and where they stood: old versions name their unit as it was on their day. And who reports to
-- whom, on any day.

create table unit_past (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    unit_id bigint not null,
    name text not null,
    parent_id bigint,
    -- When it was renamed or moved, and by whom.
    until_at timestamptz not null,
    ended_by bigint not null,
    foreign key (employer_id, unit_id) references unit (employer_id, id),
    foreign key (employer_id, parent_id) references unit (employer_id, id),
    foreign key (employer_id, ended_by) references membership (employer_id, id)
);
create index unit_past_unit on unit_past (employer_id, unit_id, until_at);
create index unit_past_of_unit on unit_past (unit_id, until_at);
create index unit_past_parent on unit_past (employer_id, parent_id);
create index unit_past_ended_by on unit_past (employer_id, ended_by);
create trigger append_only before update or delete on unit_past for each row execute function refuse_change();
create trigger never_emptied before truncate on unit_past for each statement execute function refuse_change();

-- What a unit was called and stood under at that time; now for infinity.
create function unit_at(which bigint, at timestamptz) returns table (name text, parent_id bigint)
language sql stable as $$
    select x.name, x.parent_id from (
        (select p.name, p.parent_id, 0 as later from unit_past p
            where p.unit_id = which and p.until_at > at order by p.until_at, p.id limit 1)
        union all select u.name, u.parent_id, 1 from unit u where u.id = which) x
    order by x.later limit 1
$$;

-- `District Nursing, part of Community`, as it was then. A tree is never deeper than its own units: ten say enough.
create function unit_path_at(which bigint, at timestamptz) returns text language sql stable as $$
    with recursive up (name, parent, depth) as (
        select a.name, a.parent_id, 0 from unit_at(which, at) a
        union all
        select b.name, b.parent_id, up.depth + 1 from up cross join lateral unit_at(up.parent, at) b
        where up.parent is not null and up.depth < 10)
    select string_agg(name, ', part of ' order by depth) from up
$$;

-- Posts by what they are called and by whom they report to.
create index version_post on version (employer_id, lower(title)) where issued_at is not null;
create index version_reports_to on version (employer_id, lower(reports_to)) where issued_at is not null;

-- The posts in force at that time (now for null) around one of that title: from the one that it reports to upwards, and
-- those that report to it. Posts are known by what they are called.
create function posts_around(employer bigint, own bigint, title text, reports_to text, at timestamptz)
returns jsonb language sql stable as $$
    with recursive
    moment as (select coalesce(at, 'infinity'::timestamptz) as at),
    up (name, depth, path) as (
        select btrim(reports_to), 1, array[lower(btrim(title)), lower(btrim(reports_to))]
            where btrim(reports_to) <> '' and reports_to !~ '[\n;]'
        union all
        select btrim(w.reports_to), up.depth + 1, up.path || lower(btrim(w.reports_to))
        from up cross join moment m cross join lateral (
            select v.reports_to from version v join profile p on p.id = v.profile_id
            where v.employer_id = employer and lower(v.title) = lower(up.name) and v.issued_at is not null
                and v.issued_at <= m.at and (v.superseded_at is null or v.superseded_at > m.at)
                and (p.retired_at is null or p.retired_at > m.at) and v.profile_id <> own
            order by v.issued_at desc, v.id desc limit 1) w
        where up.depth < 5 and btrim(w.reports_to) <> '' and w.reports_to !~ '[\n;]'
            and lower(btrim(w.reports_to)) <> all (up.path)
    )
    select jsonb_build_object(
        'above', (select coalesce(jsonb_agg(up.name order by up.depth), '[]') from up),
        'below', (select coalesce(jsonb_agg(b.title order by b.title), '[]') from (
            select distinct v.title from moment m, version v join profile p on p.id = v.profile_id
            where v.employer_id = employer and lower(v.reports_to) = lower(btrim(posts_around.title))
                and btrim(posts_around.title) <> '' and v.issued_at is not null
                and v.issued_at <= m.at and (v.superseded_at is null or v.superseded_at > m.at)
                and (p.retired_at is null or p.retired_at > m.at) and v.profile_id <> own and v.title <> ''
            order by v.title limit 100) b))
$$;
