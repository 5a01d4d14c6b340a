//! Seed images: whether a cluster can become one, whether a target can take one, and how making one goes.

mod compatibility;
mod generator;
mod preflight;
mod wait;

pub use compatibility::{SeedImage, SeedInfo, Target, TrustBundle, compatibility};
pub use generator::{
    GeneratorState, NAME, SECRET_NAME, SecretProblem, check_secret, generator, generator_state, image_advice, secret,
};
pub use preflight::{SeedCluster, preflight};
pub use wait::{SeenSeed, WaitForSeed};
