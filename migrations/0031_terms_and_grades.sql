-- Terms of a pay scheme: a line for each label, contract and date, which documents print where their author wrote no terms.

create table term_line (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    pay_scheme text not null,
    label text not null check (label <> '' and length(label) <= 300),
    -- Empty: takes the line of this label away, for those contracts from that day on.
    text text not null check (length(text) <= 2000),
    -- Words of domain::advert::ContractKind; none for every contract.
    contracts text[] not null default '{}',
    effective_from date not null,
    -- Where it comes from, in words.
    source text not null check (source <> '' and length(source) <= 300),
    -- Nobody for what came with the scheme.
    added_by bigint,
    created_at timestamptz not null,
    unique (employer_id, id),
    foreign key (employer_id, pay_scheme) references pay_scheme (employer_id, name),
    foreign key (employer_id, added_by) references membership (employer_id, id)
);
create index term_line_scheme on term_line (employer_id, pay_scheme);
create index term_line_added_by on term_line (employer_id, added_by);
-- What was issued stands on them: a line is followed by a later one and never changed.
create trigger append_only before update or delete on term_line for each row execute function refuse_change();
create trigger never_emptied before truncate on term_line for each statement execute function refuse_change();

-- The lines of a grade's scheme, so that the one query of a version or an advert brings them along.
create function terms_of(employer bigint, grade bigint) returns setof jsonb language sql stable rows 1 as $$
    select coalesce(jsonb_agg(jsonb_build_object('label', t.label, 'text', t.text, 'contracts', t.contracts,
        'effective_from', t.effective_from, 'source', t.source,
        'known', floor(extract(epoch from t.created_at))::bigint) order by t.id), '[]')
    from term_line t join grade g on g.employer_id = t.employer_id and g.pay_scheme = t.pay_scheme
    where t.employer_id = employer and g.id = grade
$$;

-- Finished pages of adverts carry them.
create trigger tell_of_adverts after insert on term_line for each statement execute function tell_of_adverts();

-- What grades were called: issued versions print the name of their day.
create table grade_past (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    grade_id bigint not null,
    name text not null,
    -- When it was renamed, and by whom.
    until_at timestamptz not null,
    ended_by bigint not null,
    foreign key (employer_id, grade_id) references grade (employer_id, id),
    foreign key (employer_id, ended_by) references membership (employer_id, id)
);
create index grade_past_grade on grade_past (employer_id, grade_id, until_at);
create index grade_past_of_grade on grade_past (grade_id, until_at);
create index grade_past_ended_by on grade_past (employer_id, ended_by);
create trigger append_only before update or delete on grade_past for each row execute function refuse_change();
create trigger never_emptied before truncate on grade_past for each statement execute function refuse_change();

-- What a grade was called at that time; now for null.
create function grade_name_at(which bigint, at timestamptz) returns text language sql stable as $$
    select coalesce(
        (select p.name from grade_past p where p.grade_id = which and p.until_at > at order by p.until_at, p.id limit 1),
        (select g.name from grade g where g.id = which))
$$;

-- How many months after a version came into force its profile is looked at again, where nobody set a day; 0: never.
alter table employer add column review_months integer not null default 24 check (review_months between 0 and 120);

-- Months until a version's profile is looked at again: as its template says, else as its employer does; 0 for never.
create function review_months_of(v version) returns integer language sql stable as $$
    select coalesce((select (e.layout ->> 'review_months')::integer from template_edition e
            where e.employer_id = v.employer_id and e.template_id = v.template_id and e.number = v.template_edition),
        (select e.review_months from employer e where e.id = v.employer_id))
$$;

-- Issuing sets the day of the next review where nobody set one that is still to come. Here and not in a program, since
-- a version comes into force in four ways: by a person, on its date, in an emergency, and by a roll-out.
create function set_review_date() returns trigger language plpgsql as $$
begin
    update profile p set review_date = (new.effective_from + make_interval(months => review_months_of(new)))::date
    where p.id = new.profile_id and review_months_of(new) > 0
        and (p.review_date is null or p.review_date <= new.effective_from);
    return new;
end $$;
create trigger review_date after update of state on version for each row
    when (new.state = 'issued' and old.state <> 'issued') execute function set_review_date();
