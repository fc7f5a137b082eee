-- The last of the key dates that applicants ask for.
alter table advert
    -- When the job begins, in words: "1 April 2027", "as soon as possible". Often nobody knows the day yet.
    add column starts text not null default '';
