-- Employers, their units, people, and who may do what.
-- Every table of an employer carries employer_id, and references are composite with it,
-- so that no row can point into another employer.

create table employer (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null check (name <> ''),
    kind text not null check (kind in ('nhs_trust', 'council', 'school', 'other')),
    description text not null default '',
    -- The job evaluation scheme; the pay scheme is a separate choice (see grade).
    evaluation_scheme text not null check (evaluation_scheme in ('nhs', 'njc', 'glpc', 'own')),
    -- Numbers for JP-0001 and the like; advanced under the employer's row lock.
    next_profile_number integer not null default 1,
    next_advert_number integer not null default 1,
    -- Data made by the demonstration command; everything else refuses to mix with it.
    demonstration boolean not null default false,
    created_at timestamptz not null
);

create table person (
    id bigint generated always as identity primary key,
    -- Lower case, as typed otherwise.
    email text not null unique check (email = lower(email) and email like '%_@_%'),
    name text not null check (name <> ''),
    -- argon2id in PHC form; null until an invitation or reset link has been used.
    password_hash text,
    email_confirmed_at timestamptz,
    deactivated_at timestamptz,
    created_at timestamptz not null
);

create table membership (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    person_id bigint not null references person (id),
    -- When they took up the invitation; until then their roles open nothing.
    joined_at timestamptz,
    deactivated_at timestamptz,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, person_id)
);
create index membership_person on membership (person_id);

create table unit (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    parent_id bigint,
    name text not null check (name <> ''),
    -- Who approves for this unit unless somebody else is named.
    manager_id bigint,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, name),
    foreign key (employer_id, parent_id) references unit (employer_id, id),
    foreign key (employer_id, manager_id) references membership (employer_id, id),
    check (parent_id <> id)
);
create index unit_parent on unit (employer_id, parent_id);
create index unit_manager on unit (employer_id, manager_id);

create table membership_role (
    employer_id bigint not null,
    membership_id bigint not null,
    role text not null check (role in ('author', 'manager', 'panel', 'admin')),
    -- Null: the whole employer. Otherwise the unit and everything below it.
    unit_id bigint,
    created_at timestamptz not null,
    foreign key (employer_id, membership_id) references membership (employer_id, id),
    foreign key (employer_id, unit_id) references unit (employer_id, id),
    unique nulls not distinct (membership_id, role, unit_id),
    -- An administrator acts for the whole employer.
    check (role <> 'admin' or unit_id is null)
);
create index membership_role_membership on membership_role (employer_id, membership_id);
create index membership_role_unit on membership_role (employer_id, unit_id);

-- A signed-in browser. The cookie holds the token; only its SHA-256 is kept.
create table session (
    token_hash bytea primary key check (length(token_hash) = 32),
    person_id bigint not null references person (id),
    created_at timestamptz not null,
    last_seen_at timestamptz not null
);
create index session_person on session (person_id);

-- Invitations, password resets and e-mail confirmations: each link works once.
create table single_use_link (
    token_hash bytea primary key check (length(token_hash) = 32),
    purpose text not null check (purpose in ('invitation', 'password_reset', 'email_confirmation')),
    person_id bigint not null references person (id),
    -- What an invitation invites to.
    employer_id bigint,
    membership_id bigint,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    foreign key (employer_id, membership_id) references membership (employer_id, id),
    check ((purpose = 'invitation') = (membership_id is not null) and (employer_id is null) = (membership_id is null))
);
create index single_use_link_person on single_use_link (person_id);
create index single_use_link_membership on single_use_link (employer_id, membership_id);

-- Attempts at things that must not be tried without end. Kept in the database so that a restart forgives nobody.
create table attempt (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('sign_in', 'sign_up', 'password_reset', 'question')),
    -- What the attempts are counted by: 'account:EMAIL', 'address:IP' or 'advert:ID'.
    counted_by text not null,
    created_at timestamptz not null
);
create index attempt_counted on attempt (kind, counted_by, created_at);

-- The name behind a membership: every "who" on a page.
create function member_name(member bigint) returns text language sql stable as
    'select person.name from membership join person on person.id = membership.person_id where membership.id = member';
