-- Deciding in two minutes: what a version reaches beyond itself, links in mail that lead staff straight to a decision,
-- guests who are reminded, and mail that waits until its reader wants it.

-- Jobs in force by their names, however they are written.
create index version_in_force_name on version (employer_id, lower(title)) where state = 'issued';
create index version_in_force_reports_to on version (employer_id, lower(reports_to)) where state = 'issued';

-- What a change to a version reaches beyond the version: adverts made of its profile, and profiles that name its job as
-- the one they report to or have the same title, as far as whoever looks may see them. Of published adverts the last day
-- is told; whether that has come is for the reader to say.
create function reach_of(wanted bigint, whole boolean, units bigint[]) returns jsonb language sql stable as $$
    with me as (
        select v.employer_id, v.profile_id, lower(v.title) as title, lower(i.title) as title_in_force
        from version v left join version i on i.profile_id = v.profile_id and i.state = 'issued' where v.id = wanted),
    advertised as (
        select a.id, a.title, a.state, a.closes_on from me
        join version w on w.employer_id = me.employer_id and w.profile_id = me.profile_id
        join advert a on a.employer_id = w.employer_id and a.version_id = w.id
        where a.state in ('draft', 'ready', 'published')),
    others as (
        select p.number, i.title, coalesce(g.name, '') as grade,
            lower(i.reports_to) in (me.title, me.title_in_force) as reports,
            lower(i.title) in (me.title, me.title_in_force) as same
        from me
        join version i on i.employer_id = me.employer_id and i.state = 'issued' and i.profile_id <> me.profile_id
        join profile p on p.id = i.profile_id and p.retired_at is null and (whole or p.unit_id = any(units))
        left join grade g on g.id = i.grade_from_id
        where me.title <> '' and (lower(i.reports_to) in (me.title, me.title_in_force)
            or lower(i.title) in (me.title, me.title_in_force)))
    select jsonb_build_object(
        'adverts', (select coalesce(jsonb_agg(to_jsonb(a) order by a.id), '[]') from advertised a),
        'reports', (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'title', title, 'grade', grade)
            order by number), '[]') from others where reports),
        'same', (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'title', title, 'grade', grade)
            order by number), '[]') from others where same))
$$;

-- The link in a message about a task: for the person whom it was sent to and that task alone. Somebody who is not signed
-- in shows by a code sent to the same address that they read that mail, and may then decide on that task and nothing else.
create table task_link (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    task_id bigint not null,
    -- Whom it was sent to. Once the task is somebody else's it opens nothing.
    membership_id bigint not null,
    -- SHA-256 of the secret in the link.
    token_hash bytea not null unique check (length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- The last code that was sent, hashed; how often it was tried, and how many were sent.
    code_hash bytea check (length(code_hash) = 32),
    code_sent_at timestamptz,
    code_tries integer not null default 0,
    codes_sent integer not null default 0,
    -- SHA-256 of the cookie that whoever typed the code has.
    pass_hash bytea unique check (length(pass_hash) = 32),
    confirmed_at timestamptz,
    unique (employer_id, id),
    foreign key (employer_id, task_id) references task (employer_id, id),
    foreign key (employer_id, membership_id) references membership (employer_id, id),
    check ((pass_hash is null) or (confirmed_at is not null))
);
create index task_link_task on task_link (employer_id, task_id);
create index task_link_member on task_link (employer_id, membership_id);
create index task_link_expires on task_link (expires_at);

-- Further secrets that lead to a guest's link: each reminder holds one of its own, since of the first only a hash is kept.
create table guest_link_secret (
    employer_id bigint not null,
    link_id bigint not null,
    -- SHA-256 of the secret.
    token_hash bytea primary key check (length(token_hash) = 32),
    created_at timestamptz not null,
    foreign key (employer_id, link_id) references guest_link (employer_id, id)
);
create index guest_link_secret_link on guest_link_secret (employer_id, link_id);

-- What a guest was told about a step that waits for them, as task_reminder for staff: each once.
create table guest_reminder (
    employer_id bigint not null,
    step_id bigint not null,
    kind text not null check (kind in ('before', 'due', 'late', 'escalated')),
    -- Working days late; 0 for those that come once.
    step bigint not null check (step >= 0),
    created_at timestamptz not null,
    primary key (step_id, kind, step),
    foreign key (employer_id, step_id) references review_step (employer_id, id)
);
create index guest_reminder_step on guest_reminder (employer_id, step_id);
create index review_step_guest on review_step (id) where guest_email <> '' and opened_at is not null and ended_at is null;

-- When somebody wants the mail about their work; who has no row gets each message at once.
create table mail_preference (
    person_id bigint primary key references person (id) on delete cascade,
    -- One message each working day, from this hour on, in London; null: each message by itself.
    digest_hour integer check (digest_hour between 0 and 23),
    -- Nothing from this hour on until that one, in London; over midnight where it ends before it begins.
    quiet_from integer check (quiet_from between 0 and 23),
    quiet_until integer check (quiet_until between 0 and 23),
    changed_at timestamptz not null,
    check ((quiet_from is null) = (quiet_until is null)),
    check (quiet_from <> quiet_until)
);

alter table outbox
    -- Whether its reader's preferences count: `no` for accounts, codes and what is urgent; `ask` until they were asked;
    -- `digest` while it waits to be told in one message with others.
    add column waits text not null default 'no' check (waits in ('no', 'ask', 'digest')),
    -- The digest in which it was told; no reference, since both are forgotten in their time.
    add column told_in bigint,
    -- What is written once, however many servers write it: `digest:calder-vale:17:2026-11-23T8`.
    add column key text unique,
    add constraint told_is_over check (told_in is null or sent_at is not null);
-- The next message is found without sorting all that wait since the same instant.
drop index outbox_due;
create index outbox_due on outbox (due_at, id) where sent_at is null;
create index outbox_digest on outbox (due_at) where sent_at is null and waits = 'digest';
