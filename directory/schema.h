// The directory's tables in the database.  A released migration never changes; add the next one.
#pragma once

#include "gateway/db/migrations.h"

namespace tocsin::directory {

// `place` keeps the office's order.  Rows refer by code, as the sheets do.
inline constexpr db::Migration kMigrations[] = {
    {1, R"sql(
      create table dir_state (
        id integer primary key check (id = 1),
        version integer not null,
        next_id integer not null);
      insert into dir_state (id, version, next_id) values (1, 0, 1);
      create table dir_import (
        version integer primary key,
        at integer not null,
        digest text not null,
        asked_by text not null,
        persons integer not null, contacts integer not null, areas integer not null,
        posts integer not null, units integer not null, group_count integer not null);
      create table dir_area (
        id integer primary key,
        place integer not null,
        code text not null unique,
        name text not null,
        kind text not null,
        parent text not null,
        aliases text not null,
        latitude double precision,
        longitude double precision,
        assembly_point text not null);
      create table dir_person (
        id integer primary key,
        place integer not null,
        code text not null unique,
        name text not null,
        language text not null,
        door text not null,
        notes text not null);
      create table dir_contact (
        id integer primary key,
        place integer not null,
        person text not null,
        preference integer not null,
        kind integer not null,
        address text not null,
        extension text not null,
        agreed_when integer,
        agreed_how text not null,
        withdrawn integer);
      create table dir_post (
        place integer primary key,
        code text not null,
        name text not null,
        area text not null,
        person text not null,
        from_time integer,
        to_time integer);
      create table dir_deputy (
        place integer primary key,
        post text not null,
        preference integer not null,
        person text not null);
      create table dir_unit (
        place integer primary key,
        code text not null unique,
        name text not null,
        responsible text not null,
        area text not null);
      create table dir_unit_member (place integer primary key, unit text not null, person text not null);
      create table dir_group (place integer primary key, code text not null unique, name text not null);
      create table dir_group_member (place integer primary key, group_code text not null, person text not null);
      create table dir_area_role (
        place integer primary key,
        area text not null,
        role text not null,
        person text not null);
      create table dir_duty (
        place integer primary key,
        duty text not null,
        who text not null,
        from_time integer,
        to_time integer);
      create table dir_leave (
        place integer primary key,
        person text not null,
        from_time integer,
        to_time integer);
    )sql"},
    // `turns`: one a line, "-" for nobody's.  Days since 1970-01-01.
    {2, R"sql(
      create table dir_rotation (
        place integer primary key,
        duty text not null,
        name text not null,
        turns text not null,
        every_days integer not null check (every_days >= 1),
        handover_minute integer not null check (handover_minute between 0 and 1439),
        first_day integer not null,
        end_day integer,
        zone text not null);
      create table dir_override (
        place integer primary key,
        duty text not null,
        who text not null,
        from_time integer,
        to_time integer,
        instead_of text not null);
    )sql"},
    // Every change, and what it did row by row (delta.h).  `undoes`: the version that an undo took back.
    {3, R"sql(
      create table dir_change (
        version integer primary key,
        at integer not null,
        who text not null,
        how integer not null check (how between 1 and 3),
        reason text not null,
        digest text not null,
        undoes integer unique,
        added integer not null, changed integer not null, gone integer not null);
      create table dir_delta (
        version integer not null,
        table_name text not null,
        delta text not null,
        primary key (version, table_name)) without rowid;
      create index dir_contact_person on dir_contact (person);
    )sql"},
    // `outline`: a geometry of GeoJSON, or empty.
    {4, R"sql(
      alter table dir_area add column outline text not null default '';
      alter table dir_person add column section integer not null default 0 check (section in (0, 1));
      alter table dir_contact add column verified_when integer;
      alter table dir_contact add column verified_how text not null default '';
      alter table dir_contact add column not_at_night integer not null default 0 check (not_at_night in (0, 1));
    )sql"},
    // What was accepted of offices' lists, by file name (list_memory.h).
    {5, R"sql(
      create table dir_list (
        name text primary key,
        fold text not null,
        mapping text not null,
        header text not null,
        at integer not null,
        who text not null);
      create index dir_list_fold on dir_list (fold, at);
      create table dir_list_person (
        list text not null,
        person text not null,
        primary key (list, person)) without rowid;
    )sql"},
    // A person may be erased: a fourth way to change it.
    {6, R"sql(
      create table dir_change_anew (
        version integer primary key,
        at integer not null,
        who text not null,
        how integer not null check (how between 1 and 4),
        reason text not null,
        digest text not null,
        undoes integer unique,
        added integer not null, changed integer not null, gone integer not null);
      insert into dir_change_anew (version, at, who, how, reason, digest, undoes, added, changed, gone)
        select version, at, who, how, reason, digest, undoes, added, changed, gone from dir_change;
      drop table dir_change;
      alter table dir_change_anew rename to dir_change;
    )sql"},
};

}  // namespace tocsin::directory
