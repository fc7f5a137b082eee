-- What people say about a version (comments) and what they propose (suggestions). Both belong to the profile and to the
-- identity of a section or an item, which stays from version to version: so they carry over to the next one while open.

create table comment (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    profile_id bigint not null,
    -- The version that it was made on.
    version_id bigint not null,
    -- Identities, not rows: the line may be deleted, the comment stays. Neither: about the whole version.
    section_id bigint,
    item_id bigint,
    -- The comment that this one answers. One level: an answer has no answers.
    reply_to bigint,
    text text not null check (text <> '' and length(text) <= 4000),
    -- The form that it came from: of two clicks on one button only the first says it.
    form_key text,
    written_by bigint not null,
    written_at timestamptz not null,
    -- Where it came in with a document: who wrote it there and when, as the file tells it. The writer here is then the
    -- person who brought it in.
    told_by text check (told_by <> '' and length(told_by) <= 200),
    told_at timestamptz,
    -- The last time that its writer reworded it; what it said before is in comment_wording.
    edited_at timestamptz,
    -- Taken back by its writer; the text is no longer shown.
    withdrawn_at timestamptz,
    resolved_by bigint,
    resolved_at timestamptz,
    unique (employer_id, id),
    constraint comment_form_key unique (employer_id, form_key),
    foreign key (employer_id, profile_id) references profile (employer_id, id),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, reply_to) references comment (employer_id, id),
    foreign key (employer_id, written_by) references membership (employer_id, id),
    foreign key (employer_id, resolved_by) references membership (employer_id, id),
    constraint comment_stands_once check (item_id is null or section_id is not null),
    constraint resolved_says_who check ((resolved_by is null) = (resolved_at is null)),
    constraint only_threads_resolve check (reply_to is null or resolved_by is null)
);
create index comment_profile on comment (employer_id, profile_id, id);
create index comment_version on comment (employer_id, version_id);
create index comment_reply on comment (employer_id, reply_to);
create index comment_writer on comment (employer_id, written_by);
create index comment_resolver on comment (employer_id, resolved_by);

-- What a comment said before its writer changed it.
create table comment_wording (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    comment_id bigint not null,
    text text not null,
    replaced_at timestamptz not null,
    foreign key (employer_id, comment_id) references comment (employer_id, id)
);
create index comment_wording_comment on comment_wording (employer_id, comment_id);
create trigger append_only before update or delete on comment_wording for each row execute function refuse_change();
create trigger never_emptied before truncate on comment_wording for each statement execute function refuse_change();

-- Who is called in a comment: each got a mail.
create table comment_mention (
    employer_id bigint not null,
    comment_id bigint not null,
    membership_id bigint not null,
    primary key (comment_id, membership_id),
    foreign key (employer_id, comment_id) references comment (employer_id, id),
    foreign key (employer_id, membership_id) references membership (employer_id, id)
);
create index comment_mention_comment on comment_mention (employer_id, comment_id);
create index comment_mention_member on comment_mention (employer_id, membership_id);

create table suggestion (
    employer_id bigint not null,
    id bigint generated always as identity primary key,
    profile_id bigint not null,
    -- The version that it was made on.
    version_id bigint not null,
    kind text not null check (kind in ('reword', 'add', 'remove')),
    -- Identities, as above. A new item gets its own when it is accepted.
    section_id bigint not null,
    item_id bigint,
    -- Where a new item is to stand: after one, below one, or at the section's end.
    after_item bigint,
    under_item bigint,
    -- What it was made against, with its revision; a removal holds what stands below the item too.
    before jsonb,
    proposed jsonb,
    reason text not null default '' check (length(reason) <= 4000),
    form_key text,
    made_by bigint not null,
    made_at timestamptz not null,
    -- As told_by and told_at of a comment.
    told_by text check (told_by <> '' and length(told_by) <= 200),
    told_at timestamptz,
    state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
    decided_by bigint,
    decided_at timestamptz,
    decided_reason text not null default '',
    -- The version that took it in: whoever proposed it does not approve that version.
    accepted_version_id bigint,
    unique (employer_id, id),
    constraint suggestion_form_key unique (employer_id, form_key),
    foreign key (employer_id, profile_id) references profile (employer_id, id),
    foreign key (employer_id, version_id) references version (employer_id, id),
    foreign key (employer_id, accepted_version_id) references version (employer_id, id),
    foreign key (employer_id, made_by) references membership (employer_id, id),
    foreign key (employer_id, decided_by) references membership (employer_id, id),
    constraint suggestion_is_whole check (
        kind = 'reword' and item_id is not null and before is not null and proposed is not null
        or kind = 'remove' and item_id is not null and before is not null and proposed is null
        or kind = 'add' and before is null and proposed is not null),
    constraint suggestion_decided_says_who check ((state = 'open') = (decided_by is null)
        and (decided_by is null) = (decided_at is null)),
    constraint suggestion_accepted_says_where check ((state = 'accepted') = (accepted_version_id is not null)),
    constraint suggestion_rejected_says_why check (state <> 'rejected' or decided_reason <> ''),
    constraint suggestion_withdrawn_by_its_maker check (state <> 'withdrawn' or decided_by = made_by)
);
create index suggestion_profile on suggestion (employer_id, profile_id, id);
create index suggestion_version on suggestion (employer_id, version_id);
create index suggestion_accepted on suggestion (employer_id, accepted_version_id);
create index suggestion_maker on suggestion (employer_id, made_by);
create index suggestion_decider on suggestion (employer_id, decided_by);
create index suggestion_open on suggestion (profile_id) where state = 'open';

-- Whom a remark names: the person, or who wrote it in a document, with the person who brought it in.
create function remark_name(told text, member bigint) returns text language sql stable as $$
    select case when told is null then member_name(member)
        else told || ' (in the document, brought in by ' || member_name(member) || ')' end
$$;

-- Everything that stands beside a version, as one value: pages load it together with what else they need. Open threads
-- and suggestions of earlier versions come along; what was settled shows with the version that it was made on or that
-- took it in. With `people`, also those who can read the profile, for the form that calls somebody.
create function remarks_of(shown bigint, people boolean) returns json language sql stable as $$
    with v as (select * from version where id = shown),
    threads as (
        select c.id from comment c join v on c.profile_id = v.profile_id and c.employer_id = v.employer_id
            join version made on made.id = c.version_id
        where c.reply_to is null and made.number <= v.number
            and (c.version_id = v.id or c.resolved_at is null and c.withdrawn_at is null)),
    said as (
        select c.*, made.number as made_on from comment c join v on c.profile_id = v.profile_id and c.employer_id = v.employer_id
            join version made on made.id = c.version_id
        where c.id in (select id from threads) or c.reply_to in (select id from threads)),
    proposed as (
        select s.*, made.number as made_on, taken.number as taken_in from suggestion s
            join v on s.profile_id = v.profile_id and s.employer_id = v.employer_id
            join version made on made.id = s.version_id
            left join version taken on taken.id = s.accepted_version_id
        where made.number <= v.number
            and (s.state = 'open' or s.version_id = v.id or s.accepted_version_id = v.id)),
    above as (
        with recursive up as (
            select u.id, u.parent_id, u.employer_id from unit u join profile p on p.unit_id = u.id join v on v.profile_id = p.id
            union all select u.id, u.parent_id, u.employer_id from unit u join up on up.parent_id = u.id and up.employer_id = u.employer_id
        ) select id from up)
    select json_build_object(
        'comments', (select coalesce(json_agg(json_build_object(
                'id', id, 'made_on', made_on, 'section', section_id, 'item', item_id, 'reply_to', reply_to,
                'text', case when withdrawn_at is null then text else '' end, 'by', written_by,
                'writer', remark_name(told_by, written_by), 'at', extract(epoch from coalesce(told_at, written_at))::bigint,
                'edited', edited_at is not null, 'told', told_by is not null, 'withdrawn', withdrawn_at is not null,
                'resolver', member_name(resolved_by),
                'mentions', (select coalesce(json_agg(m.membership_id), '[]') from comment_mention m where m.comment_id = said.id)
            ) order by id), '[]') from said),
        'suggestions', (select coalesce(json_agg(json_build_object(
                'id', id, 'made_on', made_on, 'kind', kind, 'section', section_id, 'item', item_id,
                'after', after_item, 'under', under_item, 'before', before, 'proposed', proposed, 'reason', reason,
                'by', made_by, 'maker', remark_name(told_by, made_by), 'at', extract(epoch from coalesce(told_at, made_at))::bigint,
                'state', state, 'decider', member_name(decided_by), 'decided_reason', decided_reason, 'taken_in', taken_in
            ) order by id), '[]') from proposed),
        'people', case when people then (select coalesce(json_agg(json_build_object('id', m.id, 'name', p.name) order by p.name, m.id), '[]')
            from v join membership m on m.employer_id = v.employer_id and m.deactivated_at is null
                and m.joined_at is not null
            join person p on p.id = m.person_id and p.deactivated_at is null
            where exists (select from membership_role r where r.membership_id = m.id
                and (r.unit_id is null or r.unit_id in (select id from above)))) else '[]'::json end)
$$;
