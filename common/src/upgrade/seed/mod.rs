//! Seed images: whether a cluster can become one, whether a target can take one, and how making one goes.

mod compatibility;
mod generator;
mod preflight;

pub use compatibility::{SeedImage, SeedInfo, Target, TrustBundle, compatibility};
pub use generator::{GeneratorState, SecretProblem, check_secret, generator_state, image_advice};
pub use preflight::{SeedCluster, preflight};
