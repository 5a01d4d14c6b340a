//! What a Prep is asked for: the seed image and its release, content, and settings of the automatic rollback.

use std::collections::BTreeMap;

use semver::Version;
use serde_json::{Map, Value, json};

use super::decide::guarded;
use super::object::{ConfigMapRef, SeedImageRef};

/// What people name for a Prep; what they leave out stays as it is in the object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The seed image.
    pub seed: Option<Seed>,
    /// The Secret to pull it with.
    pub pull_secret: Option<String>,
    /// ConfigMaps with Backups and Restores; none named leaves them.
    pub oadp: Vec<ConfigMapRef>,
    /// ConfigMaps with extra manifests; none named leaves them.
    pub extra_manifests: Vec<ConfigMapRef>,
    /// Seconds until the init monitor rolls back.
    pub init_monitor_seconds: Option<u32>,
    /// Annotations to set, or to remove (`None`).
    pub annotations: BTreeMap<&'static str, Option<String>>,
}

/// A seed image and the release in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// What to pull.
    pub image: String,
    /// The release in it.
    pub version: String,
}

/// Why a text is no seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// It is empty or has blanks in it.
    #[error("it is not the name of an image")]
    NotAnImage,
    /// Neither tag nor anything else tells the release.
    #[error("its tag does not tell the release; write IMAGE:TAG:VERSION or add --seed-version")]
    NoVersion,
}

impl Seed {
    /// Reads `IMAGE:VERSION`, where the tag is the release, or `IMAGE:TAG:VERSION` and `IMAGE@DIGEST:VERSION`.
    /// `version` is what was said elsewhere and wins.
    ///
    /// # Errors
    /// It is no image, or nothing tells the release.
    pub fn parse(text: &str, version: Option<&str>) -> Result<Self, SeedError> {
        if text.is_empty() || text.contains(char::is_whitespace) {
            return Err(SeedError::NotAnImage);
        }
        let name_from = text.rfind('/').map_or(0, |slash| slash + 1);
        let name = text.get(name_from..).unwrap_or_default();
        if name.is_empty() || name.starts_with([':', '@']) {
            return Err(SeedError::NotAnImage);
        }
        // A digest has a colon of its own, as a name with a tag has: one more comes before a release.
        let digest = name.split_once('@').map(|(_, digest)| digest);
        let (image, written) = match (digest.unwrap_or(name).matches(':').count(), text.rsplit_once(':')) {
            (2.., Some((image, version))) => (image, Some(version)),
            (1, Some((_, tag))) if digest.is_none() && Version::parse(tag).is_ok() => (text, Some(tag)),
            _ => (text, None),
        };
        let version = version.or(written).ok_or(SeedError::NoVersion)?;
        Ok(Self { image: image.to_owned(), version: version.to_owned() })
    }
}

impl Settings {
    /// The merge patch that sets this and asks for Prep, good only for the version of the object that was looked at.
    pub fn patch(&self, object: &Value) -> Value {
        let mut spec = Map::new();
        spec.insert("stage".into(), "Prep".into());
        let mut seed = Map::new();
        if let Some(wanted) = &self.seed {
            seed.insert("image".into(), wanted.image.clone().into());
            seed.insert("version".into(), wanted.version.clone().into());
        }
        if let Some(name) = &self.pull_secret {
            seed.insert("pullSecretRef".into(), json!({"name": name}));
        }
        if !seed.is_empty() {
            spec.insert("seedImageRef".into(), seed.into());
        }
        for (field, maps) in [("oadpContent", &self.oadp), ("extraManifests", &self.extra_manifests)] {
            if !maps.is_empty() {
                let items: Vec<Value> =
                    maps.iter().map(|m| json!({"name": m.name, "namespace": m.namespace})).collect();
                spec.insert(field.into(), items.into());
            }
        }
        if let Some(seconds) = self.init_monitor_seconds {
            spec.insert("autoRollbackOnFailure".into(), json!({"initMonitorTimeoutSeconds": seconds}));
        }
        let mut patch = Map::new();
        if !self.annotations.is_empty() {
            let annotations: Map<String, Value> = self
                .annotations
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone().map_or(Value::Null, Value::from)))
                .collect();
            patch.insert("metadata".into(), json!({"annotations": annotations}));
        }
        patch.insert("spec".into(), spec.into());
        guarded(object, patch.into())
    }

    /// What is asked for differently from what the object holds: names of fields.
    pub fn differs(&self, old: &super::object::Spec, annotations: &BTreeMap<String, String>) -> Vec<&'static str> {
        let SeedImageRef { image, version, pull_secret_ref } = &old.seed_image_ref;
        let seed = self.seed.as_ref().is_some_and(|s| s.image != *image || s.version != *version);
        let secret = self.pull_secret.as_ref().is_some_and(|s| pull_secret_ref.as_ref().map(|r| &r.name) != Some(s));
        let timeout = old.auto_rollback_on_failure.as_ref().and_then(|a| a.init_monitor_timeout_seconds);
        let seconds = self.init_monitor_seconds.is_some_and(|s| Some(i64::from(s)) != timeout);
        let switches = self.annotations.iter().any(|(key, value)| annotations.get(*key) != value.as_ref());
        [
            (seed, "the seed image"),
            (secret, "the pull secret"),
            (!self.oadp.is_empty() && self.oadp != old.oadp_content, "the OADP content"),
            (!self.extra_manifests.is_empty() && self.extra_manifests != old.extra_manifests, "the extra manifests"),
            (seconds, "the init monitor"),
            (switches, "the automatic rollback"),
        ]
        .into_iter()
        .filter_map(|(differs, what)| differs.then_some(what))
        .collect()
    }
}

/// Reads `NAMESPACE/NAME`.
pub fn config_map(text: &str) -> Option<ConfigMapRef> {
    let (namespace, name) = text.split_once('/')?;
    let good = |part: &str| !part.is_empty() && !part.contains(['/', ' ']);
    (good(namespace) && good(name)).then(|| ConfigMapRef { name: name.to_owned(), namespace: namespace.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, String) {
        let seed = Seed::parse(text, None).expect(text);
        (seed.image, seed.version)
    }

    #[test]
    fn a_seed_tells_its_release() {
        let plain = "registry.example.com:5000/seed/du:4.20.3";
        assert_eq!(parsed(plain), (plain.into(), "4.20.3".into()));
        assert_eq!(parsed("r/du:latest:4.20.3-rc.1"), ("r/du:latest".into(), "4.20.3-rc.1".into()));
        assert_eq!(parsed("r/du@sha256:ab:4.20.3"), ("r/du@sha256:ab".into(), "4.20.3".into()));
        assert_eq!(parsed("r/du:x@sha256:ab:4.20.3"), ("r/du:x@sha256:ab".into(), "4.20.3".into()));
        assert_eq!(Seed::parse("r:5000/du", None), Err(SeedError::NoVersion));
        assert_eq!(Seed::parse("r/du@sha256:4", None), Err(SeedError::NoVersion));
        assert_eq!(Seed::parse("r/du:latest", Some("4.20.3")).map(|s| s.version), Ok("4.20.3".into()));
        assert_eq!(Seed::parse("a b", None), Err(SeedError::NotAnImage));
    }

    #[test]
    fn what_is_not_named_stays() {
        let settings = Settings { pull_secret: Some("pull".into()), ..Settings::default() };
        let patch = settings.patch(&json!({"metadata": {"resourceVersion": "3"}}));
        let expected = json!({"spec": {"stage": "Prep", "seedImageRef": {"pullSecretRef": {"name": "pull"}}},
            "metadata": {"resourceVersion": "3"}});
        assert_eq!(patch, expected);
        let (spec, mut annotations) = (super::super::object::Spec::default(), BTreeMap::new());
        assert_eq!(settings.differs(&spec, &annotations), ["the pull secret"]);
        let switch = BTreeMap::from([("a/init-monitor", Some("Disabled".to_owned()))]);
        let settings = Settings { annotations: switch, ..Settings::default() };
        assert_eq!(settings.differs(&spec, &annotations), ["the automatic rollback"]);
        annotations.insert("a/init-monitor".to_owned(), "Disabled".to_owned());
        assert!(settings.differs(&spec, &annotations).is_empty());
        assert_eq!(config_map("a/b").map(|m| m.name), Some("b".into()));
        assert_eq!(config_map("b"), None);
    }
}
