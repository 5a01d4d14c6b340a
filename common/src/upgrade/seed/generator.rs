//! The SeedGenerator: how far it is, and the Secret it needs (LCA main `controllers/seedgen_controller.go`).

use base64::Engine;
use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::Finding;
use crate::upgrade::condition::{ConditionType, Conditions};
use crate::upgrade::object::LCA_NAMESPACE;

/// How far the making of a seed image is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", content = "detail", rename_all = "kebab-case")]
pub enum GeneratorState {
    /// Nothing written yet.
    New,
    /// It waits for the cluster to be healthy; the checks that fail.
    Waiting(String),
    /// It works; the step. From `Launching imager container` on the API is away and both objects called seedgen are
    /// absent: that is as it should be.
    Working(String),
    /// The image is pushed.
    Completed,
    /// It has failed, and stays so until the SeedGenerator is deleted and created again; why.
    Failed(String),
}

/// The state of a SeedGenerator.
pub fn generator_state(conditions: &Conditions) -> GeneratorState {
    use ConditionType::{SeedGenCompleted, SeedGenInProgress};
    let message = |kind| conditions.get(kind).map_or("", |c| c.message.as_str());
    if conditions.holds(&SeedGenCompleted) {
        return GeneratorState::Completed;
    }
    if conditions.denied(&SeedGenCompleted) {
        // The imager's failure carries the prefix once or twice.
        let detail = message(&SeedGenCompleted).trim_start_matches("Seed generation failed: ");
        return GeneratorState::Failed(detail.to_owned());
    }
    if !conditions.holds(&SeedGenInProgress) {
        return GeneratorState::New;
    }
    let step = message(&SeedGenInProgress);
    match step.strip_prefix("Waiting for system to stabilize") {
        Some(rest) => GeneratorState::Waiting(rest.trim_start_matches([':', ' ']).to_owned()),
        None => GeneratorState::Working(step.to_owned()),
    }
}

/// The only name that a SeedGenerator may have.
pub const NAME: &str = "seedimage";
/// The Secret with the registry auth file, in the agent's namespace.
pub const SECRET_NAME: &str = "seedgen";

/// The SeedGenerator for an image.
pub fn generator(image: &str, recert_image: Option<&str>) -> Value {
    let mut object = json!({
        "apiVersion": "lca.openshift.io/v1", "kind": "SeedGenerator", "metadata": {"name": NAME},
        "spec": {"seedImage": image},
    });
    if let Some(recert) = recert_image {
        object["spec"]["recertImage"] = recert.into();
    }
    object
}

/// The Secret with a registry auth file; `None` when the text is none. It is for the API server only: never to be shown.
pub fn secret(auth_file: &[u8]) -> Option<Value> {
    let auth: Value = serde_json::from_slice(auth_file).ok()?;
    auth.get("auths").filter(|auths| auths.is_object())?;
    let encoded = base64::engine::general_purpose::STANDARD.encode(auth_file);
    Some(json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {"name": SECRET_NAME, "namespace": LCA_NAMESPACE}, "data": {"seedAuth": encoded},
    }))
}

/// What is wrong with the Secret `seedgen`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretProblem {
    /// There is none in the agent's namespace.
    Missing,
    /// It lacks the key `seedAuth`; one of type dockerconfigjson has another key.
    NoSeedAuth,
    /// `seedAuth` is not a registry auth file.
    NotAuth,
}

impl SecretProblem {
    /// The finding for it.
    pub fn finding(self) -> Finding {
        let fact = match self {
            Self::Missing => "the Secret seedgen is missing in the namespace of the Lifecycle Agent",
            Self::NoSeedAuth => "the Secret seedgen has no key seedAuth",
            Self::NotAuth => "seedAuth in the Secret seedgen is not a registry auth file",
        };
        Finding::error("ibu/seed-secret", fact)
            .note("a Secret of type kubernetes.io/dockerconfigjson does not work")
            .fix("create it as Opaque, with a registry auth file that may push as seedAuth")
    }
}

/// Checks the Secret `seedgen`, as the API hands it out.
pub fn check_secret(secret: Option<&Value>) -> Option<SecretProblem> {
    let Some(secret) = secret else { return Some(SecretProblem::Missing) };
    let Some(encoded) = secret.pointer("/data/seedAuth").and_then(Value::as_str) else {
        return Some(SecretProblem::NoSeedAuth);
    };
    let bytes = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).unwrap_or_default();
    let auth: Option<Value> = serde_json::from_slice(&bytes).ok();
    auth.is_none_or(|a| !a.get("auths").is_some_and(Value::is_object)).then_some(SecretProblem::NotAuth)
}

/// Advice about the name of a seed image: `<seed cluster>:<release>` tells later what is inside.
pub fn image_advice(image: &str, version: &str) -> Option<Finding> {
    let last = image.rsplit('/').next().unwrap_or(image);
    let tag = last.split_once('@').map_or(last, |(name, _)| name).split_once(':').map(|(_, tag)| tag);
    if tag.is_some_and(|t| t.contains(version)) {
        return None;
    }
    let fact = format!("the tag of \"{image}\" does not tell release {version}");
    Some(Finding::warning("ibu/seed-image-name", fact).fix(format!("name it <seed cluster>:{version}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_detail_of_a_failure_loses_its_prefixes() {
        let conditions: Conditions = serde_json::from_value(json!([
            {"type": "SeedGenCompleted", "status": "False", "reason": "Failed",
             "message": "Seed generation failed: Seed generation failed: imager container status check failed: 1"},
        ]))
        .expect("conditions");
        let failed = GeneratorState::Failed("imager container status check failed: 1".into());
        assert_eq!(generator_state(&conditions), failed);
        assert_eq!(generator_state(&Conditions::default()), GeneratorState::New);
    }

    #[test]
    fn a_docker_secret_is_not_a_seed_secret() {
        let docker = json!({"data": {".dockerconfigjson": "e30="}});
        assert_eq!(check_secret(Some(&docker)), Some(SecretProblem::NoSeedAuth));
        assert_eq!(check_secret(Some(&json!({"data": {"seedAuth": "e30="}}))), Some(SecretProblem::NotAuth));
        assert_eq!(secret(b"{}"), None);
        assert_eq!(check_secret(secret(br#"{"auths": {}}"#).as_ref()), None);
        assert!(image_advice("r.example.com:5000/seed/du:4.20.3", "4.20.3").is_none());
        assert!(image_advice("r.example.com:5000/seed/du", "4.20.3").is_some());
    }
}
