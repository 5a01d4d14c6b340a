//! Objects for people to apply or to put into Git: the container partition, operators, ConfigMaps.

mod config_map;
mod operators;
mod partition;
mod value;

pub use config_map::{Content, config_map, data_key, kustomization, patch};
pub use operators::{BackupLocation, Form, Operator, data_protection_application, install, source_crs};
pub use partition::Partition;
pub use value::value;
