-- Documents on their way in: what a person chose on a report, and many files at once that a job reads one by one.

-- Places for lines that found none, corrections that were taken, and so on: what the draft is made with.
alter table document add column choices jsonb not null default '{}';

create table upload_batch (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    uploaded_by bigint not null,
    created_at timestamptz not null,
    unique (employer_id, id),
    foreign key (employer_id, uploaded_by) references membership (employer_id, id)
);
create index upload_batch_uploaded_by on upload_batch (employer_id, uploaded_by);

create table upload (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    batch_id bigint not null,
    -- Its place among the files as they came.
    position integer not null,
    file_name text not null,
    -- Only while it waits: a file that was read is a document.
    bytes bytea,
    state text not null default 'waiting' check (state in ('waiting', 'read', 'refused')),
    -- Why it could not be read, in a sentence.
    refusal text,
    document_id bigint,
    -- Layout, title, grade and counts, so that a list of hundreds needs no extract.
    facts jsonb,
    -- Which words it holds, in short, to find documents that are nearly the same.
    likeness integer[],
    -- Chosen to become a new profile in this unit, and why that could not be.
    unit_id bigint,
    problem text,
    created_at timestamptz not null,
    unique (employer_id, id),
    unique (employer_id, batch_id, position),
    foreign key (employer_id, batch_id) references upload_batch (employer_id, id),
    foreign key (employer_id, document_id) references document (employer_id, id),
    foreign key (employer_id, unit_id) references unit (employer_id, id),
    check ((state = 'waiting') = (bytes is not null)),
    check ((state = 'refused') = (refusal is not null)),
    check ((state = 'read') = (document_id is not null and facts is not null and likeness is not null)),
    check (unit_id is null or state = 'read'),
    check (problem is null or unit_id is not null)
);
create index upload_document on upload (employer_id, document_id);
create index upload_unit on upload (employer_id, unit_id);
-- What the job looks for: to read, and to make drafts of.
create index upload_waiting on upload (id) where state = 'waiting';
create index upload_wanted on upload (id) where unit_id is not null and problem is null;
