-- How an employer's documents and adverts look: one colour, and a logo that was drawn anew by us as it came in.

create table employer_brand (
    employer_id bigint primary key references employer (id),
    -- Counts changes: a save names the one that it was made on, and addresses of pictures carry it.
    revision integer not null check (revision > 0),
    -- Null: Rolebook's own. Dark enough on white; the server works out the shades that go with it.
    accent text check (accent ~ '^#[0-9a-f]{6}$'),
    -- PNG for print and for screens: never the bytes that somebody uploaded.
    logo bytea check (octet_length(logo) <= 2000000),
    screen_logo bytea check (octet_length(screen_logo) <= 64000),
    -- In pixels of the screen that it is shown on, which may have two dots for each.
    screen_width integer,
    screen_height integer,
    -- What it shows, for those who don't see it.
    logo_alt text not null default '',
    changed_by bigint not null,
    changed_at timestamptz not null,
    foreign key (employer_id, changed_by) references membership (employer_id, id),
    check ((logo is null) = (screen_logo is null) and (logo is null) = (screen_width is null)
        and (logo is null) = (screen_height is null) and (logo is null) = (logo_alt = ''))
);
-- Finished pages of adverts carry it.
create trigger tell_of_adverts after insert or update or delete on employer_brand
    for each statement execute function tell_of_adverts();
create index employer_brand_changed_by on employer_brand (employer_id, changed_by);

-- Everything that a file needs of it, for statements that load it beside something else.
create function brand_of(employer bigint) returns jsonb language sql stable as
    'select jsonb_build_object(''accent'', accent, ''alt'', logo_alt, ''logo'', encode(logo, ''hex''))
    from employer_brand where employer_id = employer';
