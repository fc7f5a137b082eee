-- The way to approval as an employer wants it: routes of steps, what a submission takes of them, and what was decided at
-- each step. Where an employer has no route, a submission has one step: somebody who approves it, chosen as it is sent.

create table route (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    -- Whose profiles take it: those of this unit and below; null: all of the employer's. The nearest one counts.
    unit_id bigint,
    created_at timestamptz not null,
    -- No longer taken by what is sent from then on.
    retired_at timestamptz,
    unique (employer_id, id),
    foreign key (employer_id, unit_id) references unit (employer_id, id)
);
create unique index route_one_a_unit on route (employer_id, coalesce(unit_id, 0)) where retired_at is null;
create index route_unit on route (employer_id, unit_id);

-- A route as it stood from one save to the next. What was sent goes on as it began.
create table route_version (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    route_id bigint not null,
    number integer not null check (number > 0),
    name text not null check (name <> '' and length(name) <= 200),
    -- After changes were asked for, only those are asked again whose part changed.
    keeps boolean not null,
    made_by bigint not null,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (route_id, number),
    foreign key (employer_id, route_id) references route (employer_id, id),
    foreign key (employer_id, made_by) references membership (employer_id, id)
);
create index route_version_route on route_version (employer_id, route_id);
create index route_version_maker on route_version (employer_id, made_by);

create table route_step (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    route_version_id bigint not null,
    -- Steps of one place run together, those of the next after them.
    place integer not null check (place between 1 and 20),
    position integer not null,
    kind text not null check (kind in ('review', 'approve', 'evaluate', 'agree', 'acknowledge')),
    name text not null check (length(name) <= 200),
    asked text not null check (asked in ('unit_manager', 'group', 'person', 'guest')),
    role text check (role in ('author', 'manager', 'panel', 'admin')),
    member_id bigint,
    guest_name text not null default '',
    guest_email text not null default '',
    -- Working days; null: as many as the employer gives a review.
    days integer check (days between 1 and 60),
    -- On which changes it is taken: null and empty ask nothing.
    only_new boolean,
    only_kind text check (only_kind in ('minor', 'major')),
    only_grade boolean,
    only_section text not null default '' check (length(only_section) <= 200),
    -- Grades of which the job has to have one; empty: any.
    only_grades bigint[] not null default '{}',
    questions text[] not null default '{}',
    created_at timestamptz not null,
    unique (employer_id, id),
    foreign key (employer_id, route_version_id) references route_version (employer_id, id),
    foreign key (employer_id, member_id) references membership (employer_id, id),
    check ((asked = 'group') = (role is not null)),
    check ((asked = 'person') = (member_id is not null)),
    check ((asked = 'guest') = (guest_email <> ''))
);
create index route_step_version on route_step (employer_id, route_version_id);
create index route_step_member on route_step (employer_id, member_id);

-- A step that a submission takes. It waits, is open (opened_at), and ends.
create table review_step (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    submission_id bigint not null,
    -- The route's step that it was made from; null: the one step of an employer without a route.
    route_step_id bigint,
    place integer not null,
    position integer not null,
    kind text not null check (kind in ('review', 'approve', 'evaluate', 'agree', 'acknowledge')),
    name text not null default '',
    -- Of whom it is asked: one of this role, or this person, or a guest.
    role text check (role in ('author', 'manager', 'panel', 'admin')),
    asked_id bigint,
    guest_name text not null default '',
    guest_email text not null default '',
    days integer not null,
    section text not null default '',
    questions text[] not null default '{}',
    created_at timestamptz not null,
    opened_at timestamptz,
    ended_at timestamptz,
    -- Kept: decided on an earlier submission, and its part is the same. Replaced: the review was begun again.
    ended_as text check (ended_as in ('done', 'kept', 'skipped', 'changes_requested', 'ended', 'replaced')),
    ended_because text not null default '',
    ended_by bigint,
    unique (employer_id, id),
    foreign key (employer_id, submission_id) references submission (employer_id, id),
    foreign key (employer_id, route_step_id) references route_step (employer_id, id),
    foreign key (employer_id, asked_id) references membership (employer_id, id),
    foreign key (employer_id, ended_by) references membership (employer_id, id),
    check ((ended_at is null) = (ended_as is null))
);
create index review_step_submission on review_step (employer_id, submission_id);
create index review_step_route on review_step (employer_id, route_step_id);
create index review_step_asked on review_step (employer_id, asked_id);
create index review_step_ended on review_step (employer_id, ended_by);

alter table task
    -- The step of the review that it is for.
    add column step_id bigint,
    add foreign key (employer_id, step_id) references review_step (employer_id, id),
    drop constraint task_kind_check,
    add constraint task_kind_check check (kind in
        ('approve', 'review', 'evaluate', 'agree', 'acknowledge', 'review_emergency_issue', 'confirm_advert')),
    drop constraint task_outcome_check,
    add constraint task_outcome_check check (outcome in ('approved', 'done', 'changes_requested', 'recalled', 'confirmed',
        'replaced', 'skipped', 'cancelled', 'reviewed')),
    add constraint task_of_a_step check
        ((kind in ('approve', 'review', 'evaluate', 'agree', 'acknowledge')) = (step_id is not null));
create index task_step on task (employer_id, step_id);
drop index task_one_approval;
create unique index task_one_a_step on task (step_id) where closed_at is null;

alter table submission
    -- What stood in the way as it was sent all the same, each as the page says it, and why it was sent.
    add column findings text[] not null default '{}',
    add column exception text not null default '',
    -- The largest changes, each in a line, as the messages about it tell them: worked out once, as it was sent.
    add column largest text[] not null default '{}',
    add constraint exception_says_why check ((findings = '{}') = (exception = ''));

alter table decision
    add column step_id bigint,
    -- Why what stood in the way may stand, in the words of an approver who may say so.
    add column override_reason text not null default '',
    -- What the next draft should do, or what the evaluation found.
    add column note text not null default '',
    -- What was asked at the step, with what was answered: [{"question", "answer", "note"}].
    add column answers jsonb not null default '[]',
    add foreign key (employer_id, step_id) references review_step (employer_id, id),
    drop constraint decision_submission_id_key,
    add constraint decision_once unique nulls not distinct (submission_id, step_id),
    drop constraint decision_check,
    drop constraint decision_kind_check,
    add constraint decision_kind_check
        check (kind in ('approve', 'review', 'evaluate', 'agree', 'acknowledge', 'request_changes')),
    add constraint decision_says_why check (kind <> 'request_changes' or reason <> '');
create index decision_step on decision (employer_id, step_id);

-- Who had a hand in what a task is about, and so may not decide on it.
create or replace function had_a_hand(wanted bigint) returns table (membership_id bigint) language sql stable as $$
    with asked as (select * from task where id = wanted)
    select v.submitted_by from version v join asked a on a.version_id = v.id where a.step_id is not null
    union select e.edited_by from content_edit e join asked a on a.version_id = e.version_id where a.step_id is not null
    union select s.made_by from suggestion s join asked a on a.version_id = s.accepted_version_id where a.step_id is not null
    union select v.issued_by from version v join asked a on a.version_id = v.id where a.kind = 'review_emergency_issue'
    union select w.membership_id from advert_writer w join asked a on a.advert_id = w.advert_id where a.kind = 'confirm_advert'
$$;

-- A unit and everything above it, with how far up it is.
create function units_above(employer bigint, wanted bigint) returns table (unit_id bigint, far int) language sql stable as $$
    with recursive above as (
        select u.id, u.parent_id, 0 as far from unit u where u.employer_id = employer and u.id = wanted
        union all
        select u.id, u.parent_id, a.far + 1 from unit u join above a on u.id = a.parent_id where u.employer_id = employer)
    select id, far from above
$$;

-- Active people who have joined and hold a role that covers a unit, the nearest first:
-- [{"id", "name", "groups": ["manager", …]}].
create function people_of(employer bigint, wanted bigint) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'groups', groups) order by near, name, id), '[]')
    from (
        select m.id, p.name, jsonb_agg(distinct r.role) as groups, min(coalesce(a.far, 1000)) as near
        from membership m
        join person p on p.id = m.person_id and p.deactivated_at is null
        join membership_role r on r.employer_id = m.employer_id and r.membership_id = m.id
        left join units_above(employer, wanted) a on a.unit_id = r.unit_id
        where m.employer_id = employer and m.deactivated_at is null and m.joined_at is not null
            and (r.unit_id is null or a.unit_id is not null)
        group by m.id, p.name) one
$$;

-- Who may take a task over: people whose role covers its unit, and fits what it asks.
create or replace function managers_of_task(wanted bigint) returns table (membership_id bigint, name text) language sql stable as $$
    select (one ->> 'id')::bigint, one ->> 'name'
    from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
    cross join lateral jsonb_array_elements(people_of(t.employer_id, p.unit_id)) one
    where t.id = wanted and case t.kind
        when 'evaluate' then one -> 'groups' ? 'panel'
        when 'review' then true
        when 'agree' then true
        when 'acknowledge' then true
        else one -> 'groups' ? 'manager' end
$$;

-- A step of a route with its grades by name, as they are called now.
create function route_step_of(step route_step) returns jsonb language sql stable as $$
    select to_jsonb(step) || jsonb_build_object('bands', (
        select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.id), '[]') from grade g
        where g.employer_id = step.employer_id and g.id = any(step.only_grades)))
$$;

-- The newest version of the route that profiles of a unit take, with its steps; null where there is none.
create function route_of(employer bigint, wanted bigint) returns jsonb language sql stable as $$
    select jsonb_build_object('id', v.id, 'name', v.name, 'number', v.number, 'keeps', v.keeps, 'steps', (
        select coalesce(jsonb_agg(route_step_of(s) order by s.place, s.position), '[]') from route_step s where s.route_version_id = v.id))
    from route r
    left join units_above(employer, wanted) a on a.unit_id = r.unit_id
    join route_version v on v.route_id = r.id
    where r.employer_id = employer and r.retired_at is null and (r.unit_id is null or a.unit_id is not null)
    order by coalesce(a.far, 1000), v.number desc limit 1
$$;

-- The steps of a version's last submission, in order, with who decided on each and how; empty before the first.
create function review_of(wanted bigint) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'submission', s.submission_id, 'route_step', s.route_step_id,
            'place', s.place, 'position', s.position, 'kind', s.kind, 'name', s.name, 'role', s.role, 'asked', s.asked_id,
            'asked_name', member_name(s.asked_id), 'guest_name', s.guest_name, 'guest_email', s.guest_email,
            'days', s.days, 'section', s.section, 'questions', to_jsonb(s.questions),
            'opened', floor(extract(epoch from s.opened_at))::bigint,
            'ended', floor(extract(epoch from s.ended_at))::bigint, 'ended_as', s.ended_as,
            'ended_because', s.ended_because, 'ended_by', member_name(s.ended_by),
            'task', t.id, 'assigned', t.assigned_to, 'assignee', member_name(t.assigned_to), 'due_on', t.due_on,
            'decided_by', d.decided_by, 'decider', member_name(d.decided_by), 'decided_as', d.kind, 'reason', d.reason,
            'note', d.note, 'answers', d.answers, 'waived', d.override_reason,
            'nation', (select nation from employer where id = s.employer_id))
        order by s.place, s.position, s.id), '[]')
    from review_step s
    left join task t on t.step_id = s.id and t.closed_at is null
    left join decision d on d.step_id = s.id
    where s.submission_id = (select id from submission where version_id = wanted order by number desc limit 1)
        and s.ended_as is distinct from 'replaced'
$$;

-- How somebody without an account comes to a step: a secret link for them alone. Before anything is shown, they type a
-- code that was sent to the same address.
create table guest_link (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    step_id bigint not null,
    -- SHA-256 of the secret in the link.
    token_hash bytea not null unique check (length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- The last code that was sent, hashed; how often it was tried, and how many were sent.
    code_hash bytea check (length(code_hash) = 32),
    code_sent_at timestamptz,
    code_tries integer not null default 0,
    codes_sent integer not null default 0,
    -- SHA-256 of the cookie that whoever typed the code has.
    pass_hash bytea check (length(pass_hash) = 32),
    confirmed_at timestamptz,
    unique (employer_id, id),
    foreign key (employer_id, step_id) references review_step (employer_id, id)
);
create unique index guest_link_one_a_step on guest_link (step_id) where revoked_at is null;
create index guest_link_step on guest_link (employer_id, step_id);

alter table decision
    -- The link by which a guest decided; nobody on the staff did then.
    add column guest_link_id bigint,
    alter column decided_by drop not null,
    add foreign key (employer_id, guest_link_id) references guest_link (employer_id, id),
    add constraint decision_of_somebody check ((decided_by is null) = (guest_link_id is not null));
create index decision_guest on decision (employer_id, guest_link_id);
