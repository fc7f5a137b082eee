-- Grades and what they pay, as dated data. Money is in pence a year, full time.

create table grade (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    pay_scheme text not null check (pay_scheme <> ''),
    name text not null check (name <> ''),
    -- Lowest paid first.
    position integer not null,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, pay_scheme, name)
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
    foreign key (employer_id, grade_id) references grade (employer_id, id),
    check (maximum_pence >= minimum_pence)
);
create index grade_amount_grade on grade_amount (employer_id, grade_id);
