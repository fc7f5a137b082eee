//! Backup and restore as an operator meets them, on a private Postgres of each test's own and through an address with a
//! password.

use std::os::unix::fs::PermissionsExt;

use rolebook::db::backup::{self, Target};
use rolebook::db::private::{self, PrivatePostgres};
use sqlx::ConnectOptions;

use crate::private_postgres::Folder;

async fn run(postgres: &PrivatePostgres, database: &str, sql: &'static str) {
    let mut connection = postgres.connect_options(database).connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
}

const CONTENT: &str = "create extension pg_trgm;
    create table profile (id int8 primary key, title text not null);
    comment on table profile is 'a job profile';
    create table gone_through (id int8 references profile);
    insert into profile select n, 'Nurse ' || n from generate_series(1, 1000) n;
    insert into gone_through values (7)";

#[tokio::test]
async fn everything_comes_back_from_a_backup_into_an_empty_database_only() {
    let folder = Folder::new();
    let file = folder.0.join("rolebook.backup");
    let postgres = private::start(&folder.0.join("data")).await.unwrap();
    postgres.ensure_database("first").await.unwrap();
    postgres.ensure_database("second").await.unwrap();
    run(&postgres, "first", CONTENT).await;
    let (first, second) = (Target::private(&postgres, "first"), Target::private(&postgres, "second"));

    let summary = backup::backup(&first, &file).await.unwrap();
    assert_eq!((summary.tables, summary.bytes), (2, std::fs::metadata(&file).unwrap().len()));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let others = std::fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(others, 2, "nothing unfinished is left beside the data folder and the backup");

    assert_eq!(backup::restore(&second, &file).await.unwrap(), 2);
    let mut connection = postgres.connect_options("second").connect().await.unwrap();
    let sum: i64 = sqlx::query_scalar("select sum(id)::int8 from profile").fetch_one(&mut connection).await.unwrap();
    assert_eq!(sum, 500_500);
    drop(connection);

    let refused = backup::restore(&second, &file).await.unwrap_err().to_string();
    assert!(refused.starts_with("The database `second` already has 2 tables, so nothing was restored"), "{refused}");
    postgres.stop().await;
}

#[tokio::test]
async fn a_password_reaches_the_programs_and_a_wrong_one_is_a_sentence() {
    let folder = Folder::new();
    let postgres = private::start(&folder.0.join("data")).await.unwrap();
    postgres.ensure_database("jobs").await.unwrap();
    run(&postgres, "jobs", "create table profile (id int8); alter role rolebook password 'p@ss'").await;
    postgres.stop().await;
    let rules = "local all postgres trust\nlocal all all scram-sha-256\n";
    std::fs::write(folder.0.join("data/pg/pg_hba.conf"), rules).unwrap();

    let postgres = private::start(&folder.0.join("data")).await.unwrap();
    let socket = postgres.socket().display().to_string();
    let url = |password: &str| format!("postgres://rolebook{password}@localhost/jobs?host={socket}");
    let file = folder.0.join("rolebook.backup");
    let right = Target::url(&url(":p%40ss")).unwrap();
    assert_eq!(backup::backup(&right, &file).await.unwrap().tables, 1);
    let wrong = Target::url(&url(":wrong")).unwrap();
    let refused = backup::backup(&wrong, &file).await.unwrap_err().to_string();
    assert!(refused.contains("password authentication failed"), "{refused}");
    postgres.stop().await;
}

#[tokio::test]
async fn a_failed_restore_leaves_the_database_empty() {
    let folder = Folder::new();
    let postgres = private::start(&folder.0.join("data")).await.unwrap();
    postgres.ensure_database("first").await.unwrap();
    postgres.ensure_database("second").await.unwrap();
    run(&postgres, "first", CONTENT).await;
    let (first, second) = (Target::private(&postgres, "first"), Target::private(&postgres, "second"));
    let whole = folder.0.join("whole");
    backup::backup(&first, &whole).await.unwrap();

    let text = folder.0.join("text");
    std::fs::write(&text, "Dear all, attached is no backup").unwrap();
    let refused = backup::restore(&second, &text).await.unwrap_err().to_string();
    assert!(refused.contains("is not a backup that can be read"), "{refused}");

    // Its list of contents is whole, its rows are not.
    let bytes = std::fs::read(&whole).unwrap();
    let cut = folder.0.join("cut");
    std::fs::write(&cut, &bytes[..bytes.len() - 400]).unwrap();
    let refused = backup::restore(&second, &cut).await.unwrap_err().to_string();
    assert!(refused.contains("nothing was changed"), "{refused}");
    assert_eq!(backup::restore(&second, &whole).await.unwrap(), 2, "the failed one left nothing behind");

    let nowhere = backup::backup(&first, &folder.0.join("missing/file")).await.unwrap_err().to_string();
    assert!(nowhere.contains("could not write"), "{nowhere}");
    let a_folder = backup::backup(&first, &folder.0).await.unwrap_err().to_string();
    assert!(a_folder.contains("is a folder"), "{a_folder}");
    postgres.stop().await;
}
