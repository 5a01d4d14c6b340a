//! A live API server, as plain calls.
//!
//! [`Server`] hides that the client below is asynchronous: every call here blocks, is retried where that is safe, and
//! fails with an [`ApiError`], the one place where errors of the client become sentences. Reading goes through
//! [`Inventory`](crate::inventory::Inventory), like every other source of objects.

mod answer;
mod config;
mod connection;
mod credentials;
mod error;
mod exec;
mod follow;
mod kubeconfig;
mod lean;
mod list;
mod picture;
mod proxy;
mod pulse;
mod request;
mod server;
mod spoke;
mod unreachable;
mod watch;
mod write;

pub use connection::Connection;
pub use error::{ApiError, Problem};
pub use exec::Logins;
pub use list::Named;
pub use server::Server;
pub use spoke::AdminKubeconfig;
pub use watch::Moment;
pub use write::Write;
