//! ConfigMaps for OADP content and extra manifests, as objects and as kustomize makes them.

use serde_json::{Value as Json, json};

use super::value::value;
use crate::upgrade::object::{API_VERSION, ConfigMapRef, KIND, NAME};
use crate::yaml::Value;

/// What a ConfigMap is for: the field of the ImageBasedUpgrade that names it. Catalog sources are extra manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Backups and Restores.
    Oadp,
    /// Manifests for after the reboot.
    ExtraManifests,
}

impl Content {
    /// The field in `spec`.
    pub fn field(self) -> &'static str {
        match self {
            Self::Oadp => "oadpContent",
            Self::ExtraManifests => "extraManifests",
        }
    }
}

/// The key for a file in a ConfigMap: its name without folders, with `-` for what a key may not have.
pub fn data_key(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect()
}

/// A ConfigMap of texts: path and content of each file.
///
/// # Errors
/// Two files would have the same key.
pub fn config_map(reference: &ConfigMapRef, files: &[(&str, &str)]) -> Result<Value, String> {
    let mut data = serde_json::Map::new();
    for (path, text) in files {
        let key = data_key(path);
        if data.insert(key.clone(), Json::from(*text)).is_some() {
            return Err(format!("two files would be {key:?} in ConfigMap {:?}: rename one", reference.name));
        }
    }
    Ok(value(json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": reference.name, "namespace": reference.namespace},
        "data": data,
    })))
}

/// A kustomization that makes the ConfigMap from files in Git, without a hash behind its name.
pub fn kustomization(reference: &ConfigMapRef, paths: &[&str]) -> Value {
    value(json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "configMapGenerator": [{"name": reference.name, "namespace": reference.namespace, "files": paths}],
        "generatorOptions": {"disableNameSuffixHash": true},
    }))
}

/// The part of an ImageBasedUpgrade that names ConfigMaps. Applied, it replaces the whole list; the API server takes
/// it only at rest or together with stage Idle.
pub fn patch(content: Content, references: &[ConfigMapRef]) -> Value {
    let list: Vec<Json> = references.iter().map(|r| json!({"name": r.name, "namespace": r.namespace})).collect();
    let mut spec = serde_json::Map::new();
    spec.insert(content.field().into(), list.into());
    value(json!({"apiVersion": API_VERSION, "kind": KIND, "metadata": {"name": NAME}, "spec": spec}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_do_not_overwrite_each_other() {
        let reference = ConfigMapRef { name: "oadp-cm".into(), namespace: "openshift-adp".into() };
        assert!(config_map(&reference, &[("a/x.yaml", "1"), ("b/x.yaml", "2")]).is_err());
        let map = config_map(&reference, &[("a/x y.yaml", "1")]).expect("one file");
        assert_eq!(map.at(&["data", "x-y.yaml"]).and_then(Value::as_str), Some("1"));
    }
}
