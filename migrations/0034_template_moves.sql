-- Drafts on their way to a version of a template that was brought into use: a row each, written when it binds. The job
-- locks a row, moves the draft and marks the row in one transaction, so that each is moved once.

create table template_move (
    employer_id bigint not null,
    template_id bigint not null,
    edition integer not null,
    version_id bigint not null,
    created_at timestamptz not null,
    -- Moved, or left as it is: it is no draft on that template any more, or a later version took its place.
    outcome text check (outcome in ('moved', 'left')),
    done_at timestamptz,
    primary key (employer_id, template_id, edition, version_id),
    foreign key (employer_id, template_id, edition) references template_edition (employer_id, template_id, number),
    foreign key (employer_id, version_id) references version (employer_id, id),
    check ((outcome is null) = (done_at is null))
);
create index template_move_version on template_move (employer_id, version_id);
create index template_move_waits on template_move (employer_id, template_id, edition, version_id) where done_at is null;
