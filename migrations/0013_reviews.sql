-- By when a review is decided, who decides while somebody is away, and what was done so that nothing waits.

alter table employer
    -- Whose bank holidays are no working days here.
    add column nation text not null default 'england-and-wales'
        check (nation in ('england-and-wales', 'scotland', 'northern-ireland')),
    -- Working days that a review may take.
    add column review_days integer not null default 10 check (review_days between 1 and 60),
    -- Working days after its date when administrators hear of a review that is still open.
    add column escalate_after integer not null default 5 check (escalate_after between 1 and 60);

alter table task
    -- Who was asked at first, where it came to somebody else.
    add column instead_of bigint,
    -- Why it came to somebody else, in words that both read.
    add column passed_because text not null default '',
    add foreign key (employer_id, instead_of) references membership (employer_id, id);
create index task_instead_of on task (employer_id, instead_of);

-- Somebody does not decide from one day to another, both included, in London.
create table absence (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    membership_id bigint not null,
    first_day date not null,
    last_day date not null,
    -- Who decides instead; null: nobody, and administrators hear of what comes.
    delegate_id bigint,
    set_by bigint not null,
    created_at timestamptz not null,
    -- Ended before its last day, or taken back before its first.
    ended_at timestamptz,
    ended_by bigint,
    unique (employer_id, id),
    foreign key (employer_id, membership_id) references membership (employer_id, id),
    foreign key (employer_id, delegate_id) references membership (employer_id, id),
    foreign key (employer_id, set_by) references membership (employer_id, id),
    foreign key (employer_id, ended_by) references membership (employer_id, id),
    check (last_day >= first_day),
    check (delegate_id <> membership_id),
    check ((ended_at is null) = (ended_by is null)),
    -- A range of one number stands for "the same person": it needs no extension of the server.
    constraint absence_once exclude using gist (
        int8range(membership_id, membership_id, '[]') with &&,
        daterange(first_day, last_day, '[]') with &&
    ) where (ended_at is null)
);
create index absence_membership on absence (employer_id, membership_id);
create index absence_delegate on absence (employer_id, delegate_id);
create index absence_set_by on absence (employer_id, set_by);
create index absence_ended_by on absence (employer_id, ended_by);

alter table outbox
    -- Whose work it is about; null for what concerns an account alone.
    add column employer_id bigint references employer (id),
    -- The act that it was written with, in words: `Send for review: JP-0042 version 3`.
    add column cause text not null default '';
create index outbox_employer on outbox (employer_id, id desc);

alter table person
    -- The mail server would not take mail for this address; cleared as soon as some arrives.
    add column mail_refused_at timestamptz,
    add column mail_refused_because text;

-- What somebody was told about an open task: each once, however many servers run the job.
create table task_reminder (
    employer_id bigint not null,
    task_id bigint not null,
    kind text not null check (kind in ('before', 'due', 'late', 'escalated', 'stuck')),
    -- Working days late; the absence, where nobody stands in; 0 for those that come once.
    step bigint not null check (step >= 0),
    created_at timestamptz not null,
    primary key (task_id, kind, step),
    foreign key (employer_id, task_id) references task (employer_id, id)
);

-- Who had a hand in what a task is about, and so may not decide on it.
create function had_a_hand(wanted bigint) returns table (membership_id bigint) language sql stable as $$
    with asked as (select * from task where id = wanted)
    select v.submitted_by from version v join asked a on a.version_id = v.id where a.kind = 'approve'
    union select e.edited_by from content_edit e join asked a on a.version_id = e.version_id where a.kind = 'approve'
    union select s.made_by from suggestion s join asked a on a.version_id = s.accepted_version_id where a.kind = 'approve'
    union select v.issued_by from version v join asked a on a.version_id = v.id where a.kind = 'review_emergency_issue'
    union select w.membership_id from advert_writer w join asked a on a.advert_id = w.advert_id where a.kind = 'confirm_advert'
$$;

-- Active people who have joined, with the manager role for a task's unit, for one above it or for the whole employer.
create function managers_of_task(wanted bigint) returns table (membership_id bigint, name text) language sql stable as $$
    with recursive asked as (
        select t.employer_id, p.unit_id from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
        where t.id = wanted),
    above as (
        select u.employer_id, u.id, u.parent_id from unit u join asked a on u.employer_id = a.employer_id and u.id = a.unit_id
        union all
        select u.employer_id, u.id, u.parent_id from unit u join above a on u.employer_id = a.employer_id and u.id = a.parent_id)
    select distinct m.id, p.name from asked a
    join membership m on m.employer_id = a.employer_id and m.deactivated_at is null and m.joined_at is not null
    join person p on p.id = m.person_id and p.deactivated_at is null
    join membership_role r on r.employer_id = m.employer_id and r.membership_id = m.id and r.role = 'manager'
        and (r.unit_id is null or r.unit_id in (select id from above))
$$;

-- No open task sits with somebody who is deactivated: each of the two writes looks at the other's row under a lock.
create function refuse_idle_task() returns trigger language plpgsql as $$
begin
    perform from membership where id = new.assigned_to and deactivated_at is null for share;
    if not found then
        raise exception 'this person is deactivated' using errcode = 'check_violation', constraint = 'task_with_deactivated';
    end if;
    return new;
end $$;
create trigger with_somebody before insert or update of assigned_to on task
    for each row when (new.closed_at is null) execute function refuse_idle_task();

create function refuse_leaving_tasks() returns trigger language plpgsql as $$
begin
    if exists (select from task where employer_id = new.employer_id and assigned_to = new.id and closed_at is null) then
        raise exception 'this person has open tasks' using errcode = 'check_violation', constraint = 'task_with_deactivated';
    end if;
    return new;
end $$;
create trigger leaves_no_task before update of deactivated_at on membership
    for each row when (old.deactivated_at is null and new.deactivated_at is not null) execute function refuse_leaving_tasks();
