-- Job profiles, their versions, and their content: section by section, item by item.

create table profile (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    -- JP-0042 is number 42.
    number integer not null,
    unit_id bigint not null,
    owner_id bigint not null,
    post_numbers text not null default '',
    review_date date,
    -- The form that made it: of two clicks on one button only the first makes a profile.
    form_key text,
    retired_at timestamptz,
    retired_by bigint,
    retired_reason text,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, number),
    constraint profile_form_key unique (employer_id, form_key),
    foreign key (employer_id, unit_id) references unit (employer_id, id),
    foreign key (employer_id, owner_id) references membership (employer_id, id),
    foreign key (employer_id, retired_by) references membership (employer_id, id),
    check ((retired_at is null) = (retired_by is null) and (retired_at is null) = (retired_reason is null))
);
create index profile_unit on profile (employer_id, unit_id);
create index profile_owner on profile (employer_id, owner_id);
create index profile_retired_by on profile (employer_id, retired_by);

create table version (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    profile_id bigint not null,
    number integer not null check (number > 0),
    -- The version whose content this one started from.
    base_id bigint,
    state text not null check (state in
        ('draft', 'in_review', 'changes_requested', 'approved', 'issued', 'superseded', 'withdrawn', 'discarded')),
    -- Advanced by every change of state; a form that names an older one is stale.
    lock_version integer not null default 1,

    -- Details: what stands in the box at the head of the document.
    details_revision integer not null default 1,
    title text not null default '',
    grade_from_id bigint,
    grade_to_id bigint,
    grade_basis text check (grade_basis in ('indicative', 'matched', 'evaluated')),
    grade_basis_reference text not null default '',
    grade_basis_date date,
    grade_change_reason text not null default '',
    -- Typed instead of worked out from the grade, and why; both empty otherwise.
    salary_text text not null default '',
    salary_reason text not null default '',
    -- Where the place adds to the pay of its scheme.
    pay_area text check (pay_area in ('inner', 'outer', 'fringe')),
    hours text not null default '',
    contract text not null default '',
    working_pattern text not null default '',
    location text not null default '',
    directorate text not null default '',
    service text not null default '',
    reports_to text not null default '',
    responsible_for text not null default '',

    change_note text not null default '',
    change_kind text check (change_kind in ('minor', 'major')),
    affects_grade boolean,

    -- Who and when, tied to the state by the checks below.
    created_by bigint not null,
    created_at timestamptz not null,
    submitted_by bigint,
    submitted_at timestamptz,
    changes_requested_by bigint,
    changes_requested_at timestamptz,
    changes_requested_reason text,
    approved_by bigint,
    approved_at timestamptz,
    -- A future date of issue: the version stays approved until a job issues it.
    issue_on date,
    issue_scheduled_by bigint,
    issued_by bigint,
    issued_at timestamptz,
    effective_from date,
    emergency_reason text,
    superseded_at timestamptz,
    withdrawn_by bigint,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    discarded_by bigint,
    discarded_at timestamptz,

    unique (employer_id, id),
    unique (employer_id, profile_id, number),
    foreign key (employer_id, profile_id) references profile (employer_id, id),
    foreign key (employer_id, base_id) references version (employer_id, id),
    foreign key (employer_id, grade_from_id) references grade (employer_id, id),
    foreign key (employer_id, grade_to_id) references grade (employer_id, id),
    foreign key (employer_id, created_by) references membership (employer_id, id),
    foreign key (employer_id, submitted_by) references membership (employer_id, id),
    foreign key (employer_id, changes_requested_by) references membership (employer_id, id),
    foreign key (employer_id, approved_by) references membership (employer_id, id),
    foreign key (employer_id, issue_scheduled_by) references membership (employer_id, id),
    foreign key (employer_id, issued_by) references membership (employer_id, id),
    foreign key (employer_id, withdrawn_by) references membership (employer_id, id),
    foreign key (employer_id, discarded_by) references membership (employer_id, id),

    constraint submitted_says_who check ((submitted_by is null) = (submitted_at is null)),
    constraint approved_says_who check ((approved_by is null) = (approved_at is null)),
    constraint issued_says_who check
        ((issued_by is null) = (issued_at is null) and (issued_at is null) = (effective_from is null)),
    constraint in_review_was_submitted check (state <> 'in_review' or submitted_by is not null),
    constraint changes_have_a_reason check (state <> 'changes_requested'
        or (changes_requested_by is not null and changes_requested_at is not null and changes_requested_reason <> '')),
    constraint approved_by_another check
        (state <> 'approved' or (approved_by is not null and approved_by <> submitted_by)),
    constraint issued_was_approved check (state not in ('issued', 'superseded')
        or (issued_by is not null and (approved_by is not null or emergency_reason <> ''))),
    constraint superseded_says_when check ((state = 'superseded') = (superseded_at is not null)),
    constraint withdrawn_says_why check (state <> 'withdrawn'
        or (withdrawn_by is not null and withdrawn_at is not null and withdrawn_reason <> '')),
    constraint discarded_says_who check ((state = 'discarded') = (discarded_by is not null)
        and (discarded_by is null) = (discarded_at is null)),
    constraint only_approved_waits check
        ((issue_on is null) = (issue_scheduled_by is null) and (issue_on is null or state = 'approved'))
);
create unique index version_one_open on version (profile_id)
    where state in ('draft', 'in_review', 'changes_requested', 'approved');
create unique index version_one_issued on version (profile_id) where state = 'issued';
create index version_profile on version (employer_id, profile_id);
create index version_base on version (employer_id, base_id);
create index version_grade_from on version (employer_id, grade_from_id);
create index version_grade_to on version (employer_id, grade_to_id);
create index version_created_by on version (employer_id, created_by);
create index version_submitted_by on version (employer_id, submitted_by);
create index version_changes_requested_by on version (employer_id, changes_requested_by);
create index version_approved_by on version (employer_id, approved_by);
create index version_issue_scheduled_by on version (employer_id, issue_scheduled_by);
create index version_issued_by on version (employer_id, issued_by);
create index version_withdrawn_by on version (employer_id, withdrawn_by);
create index version_discarded_by on version (employer_id, discarded_by);
create index version_due on version (issue_on) where issue_on is not null;
create index version_words on version using gin (to_tsvector('english', title));

-- Sections and items keep their id from version to version, so that any two versions compare item by item.
create sequence content_identity as bigint;

create table section (
    employer_id bigint not null,
    version_id bigint not null,
    section_id bigint not null,
    position integer not null,
    kind text not null check (kind in ('details', 'prose', 'duties', 'criteria', 'terms',
        'demands', 'factors', 'clauses', 'organisation_chart')),
    heading text not null default '',
    revision integer not null default 1,
    primary key (version_id, section_id),
    unique (employer_id, version_id, section_id),
    unique (version_id, position) deferrable initially deferred,
    foreign key (employer_id, version_id) references version (employer_id, id)
);

create table item (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    section_id bigint not null,
    parent_id bigint,
    -- Among its siblings, from 1.
    position integer not null,
    kind text not null check (kind in ('paragraph', 'group', 'duty', 'category', 'criterion',
        'term', 'demand', 'factor_level', 'clause', 'detail')),
    -- The number as the source printed it; no part of the text.
    number text,
    text text not null,
    -- False: read with a guess; a person confirms it before the version can be submitted.
    sure boolean not null default true,
    -- Advanced by every save; a save names the revision it was made on.
    revision integer not null default 1,
    primary key (version_id, item_id),
    unique (employer_id, version_id, item_id),
    unique nulls not distinct (version_id, section_id, parent_id, position) deferrable initially deferred,
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, version_id, section_id) references section (employer_id, version_id, section_id),
    foreign key (employer_id, version_id, parent_id) references item (employer_id, version_id, item_id)
        deferrable initially deferred,
    check (parent_id <> item_id)
);
create index item_section on item (employer_id, version_id, section_id);
create index item_parent on item (employer_id, version_id, parent_id);
create index item_words on item using gin (to_tsvector('english', text));

-- What each kind adds, one row for one item.
create table criterion (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    importance text not null check (importance in ('essential', 'desirable')),
    subheading text not null default '',
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

create table criterion_assessment (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    method text not null check (method in ('application', 'interview', 'test', 'certificate',
        'presentation', 'references', 'assessment centre', 'other')),
    primary key (version_id, item_id, method),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

create table demand (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    -- Null: not said.
    present boolean,
    frequency text not null default '',
    examples text not null default '',
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

create table factor_level (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    factor text not null,
    level text not null,
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

-- The label of a term or of a detail row.
create table term (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    label text not null,
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

create table clause_use (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    heading text not null default '',
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade
);

-- What a duty says of its work; no row where it says nothing.
create table duty_work (
    employer_id bigint not null,
    version_id bigint not null,
    item_id bigint not null,
    -- How often it is done.
    frequency text check (frequency in ('daily', 'weekly', 'monthly', 'termly', 'yearly', 'as_needed')),
    -- Of the post holder's time, in per cent.
    share smallint check (share between 1 and 100),
    systems text not null default '',
    primary key (version_id, item_id),
    foreign key (employer_id, version_id, item_id) references item (employer_id, version_id, item_id) on delete cascade,
    check (frequency is not null or share is not null or systems <> '')
);

-- Content changes only in a draft or when changes were requested: the last wall behind the workflow.
create function refuse_frozen_content() returns trigger language plpgsql as $$
declare
    row_version bigint := case when tg_op = 'DELETE' then old.version_id else new.version_id end;
begin
    -- The share lock makes a save that races with a submit wait for it, and then fail.
    perform from version where id = row_version and state in ('draft', 'changes_requested') for share;
    if not found then
        raise exception 'the content of version % is frozen', row_version using errcode = 'RB001';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

create trigger frozen before insert or update or delete on section for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on item for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on criterion for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on criterion_assessment for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on demand for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on factor_level for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on term for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on clause_use for each row execute function refuse_frozen_content();
create trigger frozen before insert or update or delete on duty_work for each row execute function refuse_frozen_content();

-- The basis of the grade may still be recorded after approval, since evaluation comes then; the rest may not.
create function refuse_frozen_details() returns trigger language plpgsql as $$
begin
    if old.state not in ('draft', 'changes_requested') and
        (old.title, old.grade_from_id, old.grade_to_id, old.salary_text, old.hours, old.contract, old.working_pattern,
         old.location, old.directorate, old.service, old.reports_to, old.responsible_for, old.number, old.profile_id,
         old.salary_reason, old.pay_area)
        is distinct from
        (new.title, new.grade_from_id, new.grade_to_id, new.salary_text, new.hours, new.contract, new.working_pattern,
         new.location, new.directorate, new.service, new.reports_to, new.responsible_for, new.number, new.profile_id,
         new.salary_reason, new.pay_area)
        or old.state in ('issued', 'superseded', 'withdrawn') and
        (old.grade_basis, old.grade_basis_reference, old.grade_basis_date, old.grade_change_reason)
        is distinct from
        (new.grade_basis, new.grade_basis_reference, new.grade_basis_date, new.grade_change_reason)
    then
        raise exception 'the details of version % are frozen', old.id using errcode = 'RB001';
    end if;
    -- What was approved never opens again, or its content could change after all.
    if old.state = 'approved' and new.state not in ('approved', 'issued', 'withdrawn')
        or old.state = 'issued' and new.state not in ('issued', 'superseded')
        or old.state in ('superseded', 'withdrawn') and new.state <> old.state
    then
        raise exception 'version % is %, and stays so', old.id, old.state using errcode = 'RB001';
    end if;
    return new;
end $$;
create trigger frozen before update on version for each row execute function refuse_frozen_details();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'RB002';
end $$;

-- Every change to a draft's content: undo, "who wrote this" and the four-eyes rule read it.
create table content_edit (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    version_id bigint not null,
    -- Null: the details; otherwise a section or an item.
    subject_id bigint,
    action text not null check (action in ('add', 'change', 'move', 'delete', 'restore', 'confirm', 'import')),
    edited_by bigint not null,
    before jsonb,
    after jsonb,
    -- The form that did it: sent twice, or late, it does nothing again. Of an act that leaves several rows, the first.
    form_key text,
    created_at timestamptz not null,
    constraint content_edit_form_key unique (version_id, form_key),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, edited_by) references membership (employer_id, id)
);
create index content_edit_version on content_edit (employer_id, version_id, id);
create index content_edit_editor on content_edit (employer_id, edited_by);
create trigger append_only before update or delete on content_edit for each row execute function refuse_change();
create trigger never_emptied before truncate on content_edit for each statement execute function refuse_change();

-- Who has a draft open, and in which section: a courtesy to others, which stops nobody.
create table presence (
    employer_id bigint not null,
    version_id bigint not null,
    membership_id bigint not null,
    -- Null: none in particular. May be one that is gone.
    section_id bigint,
    seen_at timestamptz not null,
    primary key (version_id, membership_id),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, membership_id) references membership (employer_id, id)
);
create index presence_member on presence (employer_id, membership_id);

-- Each submit freezes one of these; decisions point at it.
create table submission (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    version_id bigint not null,
    number integer not null,
    -- SHA-256 of the snapshot's bytes.
    content_hash bytea not null check (length(content_hash) = 32),
    snapshot jsonb not null,
    change_note text not null check (change_note <> ''),
    submitted_by bigint not null,
    submitted_at timestamptz not null,
    unique (employer_id, id),
    unique (version_id, number),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, submitted_by) references membership (employer_id, id)
);
create index submission_version on submission (employer_id, version_id);
create index submission_by on submission (employer_id, submitted_by);
create trigger append_only before update or delete on submission for each row execute function refuse_change();
create trigger never_emptied before truncate on submission for each statement execute function refuse_change();

-- What a step gives a person to do.
create table task (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('approve', 'review_emergency_issue', 'confirm_advert')),
    version_id bigint not null,
    submission_id bigint,
    advert_id bigint,
    assigned_to bigint not null,
    due_on date,
    created_at timestamptz not null,
    closed_at timestamptz,
    outcome text check (outcome in ('approved', 'changes_requested', 'recalled', 'confirmed', 'replaced', 'cancelled', 'reviewed')),
    unique (employer_id, id),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, submission_id) references submission (employer_id, id),
    foreign key (employer_id, assigned_to) references membership (employer_id, id),
    check ((closed_at is null) = (outcome is null)),
    check (kind <> 'approve' or submission_id is not null),
    check ((kind = 'confirm_advert') = (advert_id is not null))
);
create index task_open on task (employer_id, assigned_to) where closed_at is null;
create index task_assigned on task (employer_id, assigned_to);
create index task_version on task (employer_id, version_id);
create index task_submission on task (employer_id, submission_id);
create index task_advert on task (employer_id, advert_id);
create unique index task_one_approval on task (submission_id) where kind = 'approve' and closed_at is null;

create table decision (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    submission_id bigint not null,
    kind text not null check (kind in ('approve', 'request_changes')),
    reason text not null default '',
    decided_by bigint not null,
    decided_at timestamptz not null,
    foreign key (employer_id, submission_id) references submission (employer_id, id),
    foreign key (employer_id, decided_by) references membership (employer_id, id),
    check (kind = 'approve' or reason <> ''),
    unique (submission_id)
);
create index decision_submission on decision (employer_id, submission_id);
create index decision_by on decision (employer_id, decided_by);
create trigger append_only before update or delete on decision for each row execute function refuse_change();
create trigger never_emptied before truncate on decision for each statement execute function refuse_change();
