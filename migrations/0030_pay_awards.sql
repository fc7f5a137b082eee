-- Pay awards: a file of new figures, looked at before it is applied, and what it changed, each profile and advert once.

create table pay_award (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    pay_scheme text not null check (pay_scheme <> ''),
    file_name text not null,
    -- The first day on which its figures hold.
    effective_from date not null,
    -- The lines of the file as they were read and found good; they become amounts when it is applied.
    lines jsonb not null,
    uploaded_by bigint not null,
    created_at timestamptz not null,
    applied_by bigint,
    applied_at timestamptz,
    -- How many drafts and open adverts it reaches; set when its effects are written down.
    reaches integer,
    finished_at timestamptz,
    unique (employer_id, id),
    foreign key (employer_id, uploaded_by) references membership (employer_id, id),
    foreign key (employer_id, applied_by) references membership (employer_id, id),
    foreign key (employer_id, pay_scheme) references pay_scheme (employer_id, name),
    constraint applied_says_who check ((applied_by is null) = (applied_at is null)),
    constraint finished_was_applied check (finished_at is null or applied_at is not null and reaches is not null)
);
create index pay_award_uploaded_by on pay_award (employer_id, uploaded_by);
create index pay_award_applied_by on pay_award (employer_id, applied_by);
create index pay_award_scheme on pay_award (employer_id, pay_scheme);
-- What the job looks for.
create index pay_award_waiting on pay_award (effective_from) where applied_at is not null and finished_at is null;

-- One draft or one open advert that the award reaches, before and after. The row is what makes it happen exactly once.
create table pay_effect (
    employer_id bigint not null,
    award_id bigint not null,
    id bigint generated always as identity primary key,
    version_id bigint,
    advert_id bigint,
    before text not null,
    after text not null,
    -- What the new salary means for a full-time year, in pence.
    low_pence bigint not null,
    high_pence bigint not null,
    created_at timestamptz not null,
    done_at timestamptz,
    -- False where somebody changed the advert's pay first, or it closed: it was left as it is.
    changed boolean,
    unique (award_id, version_id),
    unique (award_id, advert_id),
    foreign key (employer_id, award_id) references pay_award (employer_id, id),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, advert_id) references advert (employer_id, id),
    check ((version_id is null) <> (advert_id is null)),
    check ((done_at is null) = (changed is null))
);
create index pay_effect_award on pay_effect (employer_id, award_id);
create index pay_effect_version on pay_effect (employer_id, version_id);
create index pay_effect_advert on pay_effect (employer_id, advert_id);
create index pay_effect_waiting on pay_effect (award_id, id) where done_at is null;

-- What the last award changed about a draft: shown where its salary stands.
create function award_note(version bigint) returns text language sql stable as $$
    select 'The pay award from ' || to_char(a.effective_from, 'FMDD FMMonth YYYY') || ' changed the salary from '
        || case when e.before = '' then 'nothing' else e.before end || ' to ' || e.after || '.'
    from pay_effect e join pay_award a on a.id = e.award_id and a.employer_id = e.employer_id
    where e.version_id = version and e.done_at is not null order by e.id desc limit 1
$$;
create index pay_effect_of_version on pay_effect (version_id, id) where version_id is not null;
