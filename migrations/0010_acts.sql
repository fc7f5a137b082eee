-- Acts that touch several items at once (splitting, merging, moving, pasting, undoing) leave one row of content_edit for
-- each, so that every item keeps its own history, and the rows of one act are undone together.
create sequence content_act as bigint;

alter table content_edit
    -- Shared by the rows of one act, which are counted from 1. Null: the row is an act of its own.
    add column together bigint,
    add column part integer,
    add column act text check (act in ('duplicate', 'split', 'merge', 'move', 'paste', 'confirm', 'undo')),
    -- The first row of the act that this one takes back.
    add column undoes bigint,
    add constraint content_edit_act_whole check
        ((together is null) = (part is null) and (together is null) = (act is null)),
    add constraint content_edit_undo_says_what check (undoes is null or act = 'undo'),
    drop constraint content_edit_action_check,
    -- 'remove': an act took the item out, as merging does; what a person deletes is offered to be put back.
    add constraint content_edit_action_check check
        (action in ('add', 'change', 'move', 'delete', 'restore', 'confirm', 'import', 'remove'));

create index content_edit_together on content_edit (version_id, together) where together is not null;
create index content_edit_undoes on content_edit (version_id, undoes) where undoes is not null;
create index content_edit_subject on content_edit (version_id, subject_id, id);
