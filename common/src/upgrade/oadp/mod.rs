//! OADP content: the Backups and Restores with which applications survive an image-based upgrade.
//!
//! What the agent checks at Prep, what it only finds out after the reboot, and what the product documentation asks for
//! (chapter "Image-based upgrade for single-node OpenShift clusters"). One file per group of rules; [`check`] runs all.

mod apply_label;
mod check;
mod content;
mod dpa;
mod klusterlet;
mod order;
mod pairing;
mod resource_name;
mod resources;
mod storage;

pub use check::{Unread, check, check_read, check_sources};
pub use content::{Context, Storage};
