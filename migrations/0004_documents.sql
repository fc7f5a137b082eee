-- Uploaded originals: kept as they came, hashed, and linked to the version made from them.

create table document (
    employer_id bigint not null references employer (id),
    id bigint generated always as identity primary key,
    file_name text not null,
    media_type text not null,
    sha256 bytea not null check (length(sha256) = 32),
    bytes bytea not null,
    -- The rolebook.extract/1 result, as read on upload.
    extract jsonb not null,
    uploaded_by bigint not null,
    uploaded_at timestamptz not null,
    -- The version made of it, once one was.
    version_id bigint,
    unique (employer_id, id),
    foreign key (employer_id, uploaded_by) references membership (employer_id, id),
    foreign key (employer_id, version_id) references version (employer_id, id)
);
create index document_uploaded_by on document (employer_id, uploaded_by);
create index document_version on document (employer_id, version_id);
