-- Grades and what they pay, as dated data. Money is in pence a year, full time.

create table grade (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    pay_scheme text not null check (pay_scheme <> ''),
    name text not null check (name <> ''),
    -- Lowest paid first.
    position integer not null,
    -- The points of its scheme's spine that it runs over; empty where its pay is its own.
    point_from integer,
    point_to integer,
    -- Offered no more from that day on; what stands on it stays.
    ended_on date,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, pay_scheme, name),
    check ((point_from is null) = (point_to is null) and point_from <= point_to)
);

create table grade_amount (
    employer_id bigint not null,
    grade_id bigint not null,
    effective_from date not null,
    minimum_pence bigint not null check (minimum_pence > 0),
    maximum_pence bigint not null,
    -- Where the figures come from, in words.
    source text not null,
    created_at timestamptz not null,
    primary key (grade_id, effective_from),
    unique (employer_id, grade_id, effective_from),
    foreign key (employer_id, grade_id) references grade (employer_id, id),
    check (maximum_pence >= minimum_pence)
);
create index grade_amount_grade on grade_amount (employer_id, grade_id);

-- The points within a grade's pay, lowest first: what each pays from that day.
create table grade_point (
    employer_id bigint not null,
    grade_id bigint not null,
    effective_from date not null,
    position integer not null check (position > 0),
    -- As the scheme calls it: entry, top, 14.
    name text not null check (name <> ''),
    annual_pence bigint not null check (annual_pence > 0),
    -- Whole years in the grade that reach it; empty where it is not reached by time.
    years integer,
    created_at timestamptz not null,
    primary key (grade_id, effective_from, position),
    foreign key (employer_id, grade_id, effective_from) references grade_amount (employer_id, grade_id, effective_from)
);
create index grade_point_grade on grade_point (employer_id, grade_id, effective_from);

-- A pay scheme as the employer runs it. How jobs are evaluated is the employer's own choice, in employer.evaluation_scheme.
create table pay_scheme (
    employer_id bigint not null references employer (id),
    name text not null check (name <> ''),
    -- A full-time week, in hundredths of hours: 3750 are 37.5.
    week_hundredths integer not null check (week_hundredths between 1 and 16800),
    created_at timestamptz not null,
    primary key (employer_id, name)
);

-- The spine of a scheme: what each numbered point pays from each date on.
create table spine_point (
    employer_id bigint not null,
    pay_scheme text not null,
    point integer not null check (point > 0),
    effective_from date not null,
    annual_pence bigint not null check (annual_pence > 0),
    source text not null,
    created_at timestamptz not null,
    primary key (employer_id, pay_scheme, point, effective_from),
    foreign key (employer_id, pay_scheme) references pay_scheme (employer_id, name)
);

-- What a place adds to basic pay: a share of it, within limits, in pence a year full time.
create table pay_supplement (
    employer_id bigint not null,
    pay_scheme text not null,
    area text not null check (area in ('inner', 'outer', 'fringe')),
    effective_from date not null,
    percent integer not null check (percent between 1 and 100),
    minimum_pence bigint not null check (minimum_pence > 0),
    maximum_pence bigint not null,
    source text not null,
    created_at timestamptz not null,
    primary key (employer_id, pay_scheme, area, effective_from),
    foreign key (employer_id, pay_scheme) references pay_scheme (employer_id, name),
    check (maximum_pence >= minimum_pence)
);

-- Grades with everything that their pay is worked out from, lowest first, so that the one query of a version or an
-- advert brings it along. "known" is when the figures came in: what was issued before does not follow them.
create function pay_of(employer bigint, grades bigint[]) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', g.id, 'pay_scheme', g.pay_scheme, 'name', g.name, 'week', coalesce(s.week_hundredths, 3700),
        'ended_on', g.ended_on,
        'spine', case when g.point_from is not null then jsonb_build_array(g.point_from, g.point_to) end,
        'amounts', (select coalesce(jsonb_agg(jsonb_build_object('effective_from', a.effective_from,
                'minimum_pence', a.minimum_pence, 'maximum_pence', a.maximum_pence,
                'known', floor(extract(epoch from a.created_at))::bigint) order by a.effective_from), '[]')
            from grade_amount a where a.employer_id = g.employer_id and a.grade_id = g.id),
        'supplements', (select coalesce(jsonb_agg(jsonb_build_object('area', p.area, 'effective_from', p.effective_from,
                'percent', p.percent, 'minimum_pence', p.minimum_pence, 'maximum_pence', p.maximum_pence,
                'known', floor(extract(epoch from p.created_at))::bigint) order by p.effective_from), '[]')
            from pay_supplement p where p.employer_id = g.employer_id and p.pay_scheme = g.pay_scheme))
        order by g.position, g.id), '[]')
    from grade g left join pay_scheme s on s.employer_id = g.employer_id and s.name = g.pay_scheme
    where g.employer_id = employer and (grades is null or g.id = any(grades))
$$;
