-- The audit trail and the mail that is to leave.

create table audit (
    id bigint generated always as identity primary key,
    -- Null: an act outside any employer, such as an applicant's sign-up.
    employer_id bigint references employer (id),
    -- Null: the system itself; actor then names the job.
    person_id bigint,
    -- The name at the time: it stays when the person goes.
    actor text not null,
    action text not null,
    -- What was acted on, in words a person can read ("JP-0042 version 3").
    subject text not null,
    -- The profile, where there is one, so that its history is one query.
    profile_id bigint,
    -- Facts of the act: reason, from, to. Never form text, passwords or tokens.
    -- json, which keeps their order; jsonb does not.
    facts json not null default '{}',
    created_at timestamptz not null
);
create index audit_employer on audit (employer_id, id desc);
create index audit_profile on audit (employer_id, profile_id, id desc);
-- What one person did, and "what is stored about you".
create index audit_person on audit (person_id, id desc);
create trigger append_only before update or delete on audit for each row execute function refuse_change();
create trigger never_emptied before truncate on audit for each statement execute function refuse_change();

create table outbox (
    id bigint generated always as identity primary key,
    to_email text not null,
    subject text not null,
    body text not null,
    created_at timestamptz not null,
    -- Not before this instant: moved on after a failed try.
    due_at timestamptz not null,
    tries integer not null default 0,
    sent_at timestamptz,
    last_error text,
    -- Whom an answer reaches, where that is not us; goes with the text.
    reply_to text
);
create index outbox_due on outbox (due_at) where sent_at is null;
